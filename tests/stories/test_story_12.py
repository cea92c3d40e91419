"""Story 12: a new officer's certificate, from the application over its loss to its return (5.6; R-9, R-25 to R-28)."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from pyramid.traversal import find_resource

from govrepo import clock
from govrepo.trust.authorities import serial_of
from govrepo.trust.chain import Untrusted, load_certificate
from govrepo.trust.data import verify_here
from govrepo.trust.signatures import verify_text
from tests.app import site
from tests.desk import Desk, journaled, row_link, words
from tests.pki import certificate_login, found_authorities, new_key

PASSWORD = "yangli-2013-p12"
ISSUE = {
    "way": "made_here", "password": PASSWORD, "password_again": PASSWORD, "undertaking": "2013-01-07",
    "receipt_signed": "yes",
}  # fmt: skip
FORM = {"kind": "personal", "purpose": "登录系统，签收公文"}


def handed_out(app):
    """Applied for, reviewed, issued, activated; its address, and the key and certificate in the officer's hand."""
    officer, technician, security, _auditor = (
        Desk(app, name) for name in ("zh2.officer", "tech", "security", "auditor")
    )

    # A new officer applies; the technical service group reviews.
    officer.post("/certificate_application", FORM)
    path = row_link(officer.get("/my_certificates"), FORM["purpose"])
    officer.act(path, "approve", status=403)
    security.post(f"{path}/issue", ISSUE, status=403)
    assert journaled(app, "certificate.issue", "refused")
    assert "证书申请：待审核" in words(technician.get("/"))
    technician.act(path, "approve", note="材料齐全")

    # The security officer issues: the key leaves once.
    technician.post(f"{path}/issue", ISSUE, status=403)
    sealed = pkcs12.load_pkcs12(security.post(f"{path}/issue", ISSUE, status=200).body, PASSWORD.encode())
    assert "我的证书：待启用" in words(officer.get("/"))

    # The officer activates with the fingerprint of what is in hand.
    fingerprint = sealed.cert.certificate.fingerprint(hashes.SHA256()).hex()
    Desk(app, "zh1.officer").act(path, "activate", status=404, fingerprint=fingerprint[:8])
    assert not binding(app, path)
    officer.act(path, "activate", fingerprint=fingerprint[:8])
    assert binding(app, path) == officer_id(app)
    return path, sealed


def test_story_12(app, at):
    at("2013-01-07 09:00")
    found_authorities(app)
    path, sealed = handed_out(app)
    signature = sealed.key.sign("一份回执".encode(), ec.ECDSA(hashes.SHA256()))
    assert counts(app, path)

    # Lost on Tuesday: suspended, the open session ends, a signature attempt is refused.
    at("2013-01-08 08:40")
    browser, answer = certificate_login(app, sealed.key, sealed.cert.certificate)
    assert answer.status_int == 303
    assert browser.get("/").status_int == 200
    assert journaled(app, "session.login", "allowed")[-1].certificate == serial_of(sealed.cert.certificate)
    Desk(app, "zh2.officer").act(path, "report_loss", note="公文包遗失")
    assert "/login" in browser.get("/", status=303).location
    assert not counts(app, path)
    assert refused_login(app, sealed.key, sealed.cert.certificate)
    security = Desk(app, "security")
    security.act(path, "restore", status=403, note="已找到")

    # Found on Thursday: restored with the auditor's note.
    at("2013-01-10 09:00")
    security, auditor = Desk(app, "security"), Desk(app, "auditor")
    auditor.act(path, "note", note="经核实由本人在办公室找到")
    auditor.act(path, "restore", status=403, note="x")
    security.act(path, "restore", note="介质已找到")
    assert counts(app, path)
    assert "经核实由本人在办公室找到" in words(security.get(f"{path}/"))

    # Its owner logs in with it again; as another person's it is refused.
    assert certificate_login(app, sealed.key, sealed.cert.certificate)[1].status_int == 303
    with site(app) as root:
        other = root.logins["zh1.officer"]
    as_another = app.registry.authorities.issue_user(sealed.key.public_key(), other.id, other.name, 365)
    assert refused_login(app, sealed.key, as_another)
    assert refused_login(app, new_key(), sealed.cert.certificate), "who has not the key"

    # What was signed before still verifies.
    verify_text("一份回执", signature, certificate(app, path))
    acts = [
        entry.action
        for entry in journaled(app)
        if entry.action.startswith("certificate.") and entry.result == "allowed"
    ]
    assert acts == [
        f"certificate.{name}" for name in ["apply", "approve", "issue", "activate", "report_loss", "note", "restore"]
    ]


def certificate(app, path):
    with site(app) as root:
        return load_certificate(find_resource(root, path).der)


def counts(app, path):
    """What login and signing ask: chain, lists of revoked certificates, hold."""
    with site(app) as root:
        try:
            return bool(verify_here(root, app.registry, load_certificate(find_resource(root, path).der), clock.now()))
        except Untrusted:
            return False


def binding(app, path):
    with site(app) as root:
        return root.trust.bindings.get(find_resource(root, path).serial)


def officer_id(app):
    with site(app) as root:
        return root.logins["zh2.officer"].id


def refused_login(app, key, certificate):
    """A login that must fail, and leave its entry."""
    before = len(journaled(app, "session.login", "refused"))
    answer = certificate_login(app, key, certificate)[1]
    return answer.status_int == 401 and len(journaled(app, "session.login", "refused")) == before + 1
