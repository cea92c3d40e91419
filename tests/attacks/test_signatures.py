"""Signatures over HTTP, as clerks make them and as attackers would like them (R-9.3, R-25.1, R-27.1, P-30, story 12)."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pyramid.traversal import find_resource, resource_path
from webtest import Upload

from govrepo import clock
from govrepo.trust import data
from govrepo.trust.authorities import serial_of
from govrepo.trust.envelope import Envelope, pack, unpack
from govrepo.trust.signatures import sign_text
from tests.app import running, site
from tests.attacks import scene
from tests.desk import Desk, journaled, words
from tests.pki import found_authorities
from tests.policies.bench import Bench, local
from tests.signer import Signer

CLERK, OTHER = "jm.clerk", "jm.approver"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running(tmp_path_factory.mktemp("signatures")) as app:
        clock.travel(local("2013-01-07 10:00"))
        found_authorities(app)
        yield app
    clock.reset()


@pytest.fixture(scope="module")
def clerk(app):
    return Desk(app, CLERK), Signer.of(app, CLERK)


@pytest.fixture(scope="module")
def approver(app):
    return Desk(app, OTHER), Signer.of(app, OTHER)


@pytest.fixture
def waiting(app):
    """An opened delivery in the clerk's box: its address."""
    return scene.make(app, "opened_jm")["opened_jm"]


def state_of(app, path):
    with site(app) as root:
        context = root
        for name in path.strip("/").split("/"):
            context = context[name]
        return context.state


def opened(app, login, box):
    """A delivery that this clerk has opened, from people without certificates: its address."""
    with site(app) as root:
        bench = Bench(root, app.registry)
        sent = bench.delivered("sz.clerk", "shenzhen", (box,), by="sz.approver", **scene.ELEMENTS)
        bench.act(login, sent.tracking.deliveries[box], "open")
        return resource_path(sent.tracking.deliveries[box])


def refused(app, path, answer, why, state="pending"):
    """Nothing has happened; the person and the journal are told why."""
    assert answer.status_int == 403
    assert why in words(answer)
    assert state_of(app, path) == state
    entry = journaled(app, "delivery.sign_for" if state == "pending" else None, "refused")[-1]
    assert why in entry.reason
    assert entry.subject == path


def test_r_25_1_a_signed_sign_for_bears_certificate_and_text(app, clerk, waiting):
    desk, signer = clerk
    (text,) = signer.texts(desk, waiting, "sign_for")
    lines = text["text"].splitlines()
    assert lines[0] == "govrepo-attestation v1"
    assert lines[1:4] == ["站点: http://localhost", "办理: 签收 (delivery.sign_for)", "对象: 关于春运工作的通知"]
    assert f"位置: {waiting}" in lines
    assert "身份: 单位收发员" in lines
    desk.post(f"{waiting}/act", [("act", "sign_for"), *signer.brought([text])])
    assert state_of(app, waiting) == "signed"
    entry = journaled(app, "delivery.sign_for", "allowed")[-1]
    assert entry.certificate == serial_of(signer.certificate)
    assert entry.details["algorithm"] == "ES256"
    assert len(entry.details["attested"]) == 64
    page = words(desk.get(f"{waiting}/receipt"))
    assert "签名有效" in page
    assert entry.certificate in page
    assert "govrepo-attestation v1" in page


def test_who_has_a_certificate_does_not_act_without_it(app, clerk, waiting):
    desk, _signer = clerk
    refused(app, waiting, desk.act(waiting, "sign_for", status="*"), "须用您的数字证书签名")


def test_without_a_certificate_the_system_alone_attests_and_says_so(app):
    path = scene.make(app, "opened_office")["opened_office"]
    registry = Desk(app, "office.registry1")
    assert "formaction" not in registry.get(f"{path}/").text
    registry.act(path, "sign_for")
    assert "未用证书签名" in words(registry.get(f"{path}/receipt"))
    assert journaled(app, "delivery.sign_for", "allowed")[-1].details["attested"] == "system"


def test_a_signature_counts_once(app, clerk, waiting):
    desk, signer = clerk
    again = scene.make(app, "opened_jm")["opened_jm"]
    signed = signer.brought(signer.texts(desk, waiting, "sign_for"))
    desk.post(f"{waiting}/act", [("act", "sign_for"), *signed])
    refused(app, again, desk.post(f"{again}/act", [("act", "sign_for"), *signed], status="*"), "已经用过")


def test_a_signature_counts_for_its_object_only(app, clerk, waiting):
    desk, signer = clerk
    other = scene.make(app, "opened_jm")["opened_jm"]
    signed = signer.brought(signer.texts(desk, other, "sign_for"))
    refused(app, waiting, desk.post(f"{waiting}/act", [("act", "sign_for"), *signed], status="*"), "另一件事")


def test_r_27_1_another_persons_certificate_does_not_sign(app, clerk, approver, waiting):
    desk, signer = clerk
    stranger = approver[1]
    signed = stranger.brought(signer.texts(desk, waiting, "sign_for"))
    refused(app, waiting, desk.post(f"{waiting}/act", [("act", "sign_for"), *signed], status="*"), "不是您本人的")


def test_another_persons_text_is_not_taken(app, clerk, approver):
    path = scene.make(app, "submitted")["submitted"]
    theirs = approver[1].brought(approver[1].texts(approver[0], path, "release"))
    waiting = scene.make(app, "opened_jm")["opened_jm"]
    answer = clerk[0].post(f"{waiting}/act", [("act", "sign_for"), *theirs], status="*")
    refused(app, waiting, answer, "不是为您准备的")


def test_a_certificate_that_is_bound_to_nobody_does_not_sign(app, clerk, waiting):
    desk, signer = clerk
    with site(app) as root:
        person = root.logins[CLERK]
        loose = app.registry.authorities.issue_user(signer.key.public_key(), person.id, person.name, 30)
    signed = Signer(signer.key, loose).brought(signer.texts(desk, waiting, "sign_for"))
    refused(app, waiting, desk.post(f"{waiting}/act", [("act", "sign_for"), *signed], status="*"), "不是您本人的")


@pytest.mark.parametrize("change", ["关于春运", "sign_for", "\n", "govrepo"])
def test_an_altered_text_does_not_count(app, clerk, waiting, change):
    desk, signer = clerk
    (text,) = signer.texts(desk, waiting, "sign_for")
    signed = signer.brought([text | {"text": text["text"].replace(change, change + "x", 1)}])
    refused(app, waiting, desk.post(f"{waiting}/act", [("act", "sign_for"), *signed], status="*"), "签名与原文不符")


@pytest.mark.parametrize("nonsense", ["", "AAAA", "不是签名", "A" * 9_000])
def test_nonsense_is_no_signature(app, clerk, waiting, nonsense):
    desk, _signer = clerk
    answer = desk.post(f"{waiting}/act", {"act": "sign_for", "signed": nonsense}, status="*")
    refused(app, waiting, answer, "不是本系统签名原文的签名")


@pytest.mark.parametrize(("field", "why"), [("signature", "签名与原文不符"), ("certificate", "不是有效的数字证书")])
def test_nonsense_in_an_envelope_is_refused(app, clerk, waiting, field, why):
    desk, signer = clerk
    fields = dict(signer.brought(signer.texts(desk, waiting, "sign_for")))
    envelope = unpack(fields["signed"])._replace(**{field: b"nonsense"})
    answer = desk.post(f"{waiting}/act", {"act": "sign_for", "signed": pack(envelope)}, status="*")
    refused(app, waiting, answer, why)


def test_what_changed_meanwhile_is_signed_anew(app, clerk, waiting):
    desk, signer = clerk
    signed = signer.brought(signer.texts(desk, waiting, "sign_for"))
    with site(app) as root:
        for each in root.logins[CLERK].values():
            if getattr(each, "role", "") == "unit_clerk":
                each.capacity = type(each.capacity)("acting")
    answer = desk.post(f"{waiting}/act", [("act", "sign_for"), *signed], status="*")
    refused(app, waiting, answer, "内容有变")
    (text,) = signer.texts(desk, waiting, "sign_for")
    assert "身份: 单位收发员（代理）" in text["text"]


def test_a_title_cannot_pretend_to_be_another_line(app, approver):
    path = scene.make(app, "submitted")["submitted"]
    with site(app) as root:
        context = root
        for name in path.strip("/").split("/"):
            context = context[name]
        context.document.title = "通知\n身份: 厅领导\u2028\u202e"
    (text,) = approver[1].texts(approver[0], path, "release")
    assert "对象: 通知 身份: 厅领导" in text["text"].splitlines()
    assert len(text["text"].splitlines()) == 12


def test_a_text_grows_old_after_five_minutes(app):
    desk, signer = Desk(app, "zh.clerk"), Signer.of(app, "zh.clerk")
    path = opened(app, "zh.clerk", "zhuhai")
    signed = signer.brought(signer.texts(desk, path, "sign_for"))
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        answer = desk.post(f"{path}/act", [("act", "sign_for"), *signed], status="*")
    refused(app, path, answer, "已过期")


def test_story_12_a_lost_certificate_signs_nothing_and_a_restored_one_does(app):
    """Lost on Tuesday: a signature attempt is refused. Found on Thursday: restored."""
    desk, signer = Desk(app, "gz.clerk"), Signer.of(app, "gz.clerk")
    path, serial = opened(app, "gz.clerk", "guangzhou"), serial_of(signer.certificate)
    signed = signer.brought(signer.texts(desk, path, "sign_for"))
    with site(app) as root:
        data.hold(root, serial, clock.now())
    refused(app, path, desk.post(f"{path}/act", [("act", "sign_for"), *signed], status="*"), "挂失")
    assert "挂失" in desk.post(f"{path}/prepare", {"act": "sign_for"}, status=403).text
    assert "挂失" in words(desk.get(f"{path}/"))
    with site(app) as root:
        data.release(root, serial, clock.now())
    desk.post(f"{path}/act", [("act", "sign_for"), *signed])
    assert state_of(app, path) == "signed"
    with site(app) as root:
        data.revoke(root, serial, "keyCompromise", clock.now())
    assert "签名有效" in words(desk.get(f"{path}/receipt")), "a signature made before the revocation stays good"


def test_an_attempt_with_a_revoked_certificate_is_refused(app):
    desk, signer = Desk(app, "fs.clerk"), Signer.of(app, "fs.clerk")
    path = opened(app, "fs.clerk", "foshan")
    signed = signer.brought(signer.texts(desk, path, "sign_for"))
    with site(app) as root:
        data.revoke(root, serial_of(signer.certificate), "cessationOfOperation", clock.now())
    refused(app, path, desk.post(f"{path}/act", [("act", "sign_for"), *signed], status="*"), "已被挂失或注销")


def test_p_30_a_release_is_signed(app, approver):
    desk, signer = approver
    path = scene.make(app, "submitted")["submitted"]
    assert f'formaction="{path}/sign"' in desk.get(f"{path}/").text
    assert desk.act(path, "release", status=403)
    signer.act(desk, path, "release")
    assert state_of(app, path) == "released"
    assert journaled(app, "dispatch.release", "allowed")[-1].certificate == serial_of(signer.certificate)


def test_bulk_signs_each_delivery_for_itself(app, clerk):
    desk, signer = clerk
    made = [scene.make(app, "pending_jm") for _ in range(2)]
    chosen = [("selected", each["uid"]) for each in made]
    assert 'data-sign="/exchange/jiangmen/prepare"' in desk.get("/exchange/jiangmen/waiting").text
    signer.act(desk, "/exchange/jiangmen", "sign_for", chosen)
    digests = {each.details["attested"] for each in journaled(app, "delivery.sign_for", "allowed")[-2:]}
    assert len(digests) == 2
    assert {state_of(app, each["pending_jm"]) for each in made} == {"signed"}


def test_bulk_with_one_signature_too_few_signs_nothing(app, clerk):
    desk, signer = clerk
    made = [scene.make(app, "pending_jm") for _ in range(2)]
    chosen = [("selected", each["uid"]) for each in made]
    texts = signer.texts(desk, "/exchange/jiangmen", "sign_for", chosen)
    fields = [("act", "sign_for"), *chosen, *signer.brought(texts[:1])]
    assert "已经用过" in words(desk.post("/exchange/jiangmen/act", fields, status=403))
    assert {state_of(app, each["pending_jm"]) for each in made} == {"pending"}


def test_only_who_may_act_is_given_a_text(app, clerk, approver, waiting):
    approver[0].post(f"{waiting}/prepare", {"act": "sign_for"}, status=403)
    assert journaled(app, "delivery.sign_for", "refused")[-1].actor.startswith("person:")
    for act in ("note", "nothing", ""):
        clerk[0].post(f"{waiting}/prepare", {"act": act}, status=400)
    clerk[0].post("/exchange/jiangmen/prepare", {"act": "sign_for"}, status=400)
    clerk[0].browser.post(f"{waiting}/prepare", {"act": "sign_for"}, status=400)


def test_the_way_without_scripts(app, clerk, approver, waiting):
    """The button leads to the texts; each is a file to take away; signature and certificate come back as files."""
    desk, signer = clerk
    page = desk.post(f"{waiting}/sign", {"act": "sign_for"}, status=200)
    form = next(each for each in page.forms.values() if each.action == f"{waiting}/act")
    (link,) = (each["href"] for each in page.html.select("a") if "to_sign" in each["href"])
    text = desk.get(link)
    assert text.headers["Content-Disposition"].startswith("attachment")
    approver[0].get(link, status=404)
    words = text.body.decode()
    made = pack(Envelope(words, sign_text(words, signer.key), signer.certificate.public_bytes(Encoding.DER)))
    form["signed"] = Upload("text.signed", made.encode())
    form.submit("act", status=303)
    assert state_of(app, waiting) == "signed"
    desk.get(link, status=404)


# The same for permission changes.


@pytest.fixture(scope="module")
def auditor(app):
    return Desk(app, "auditor"), Signer.of(app, "auditor")


def test_r_7_4_an_approval_bears_the_auditors_signature_over_what_was_asked(app, auditor):
    desk, signer = auditor
    path = scene.make(app, "change")["change"]
    answer = desk.post(f"{path}/act", {"act": "approve"}, status=403)
    assert "须用您的数字证书签名" in words(answer)
    (text,) = signer.texts(desk, path, "approve")
    with site(app) as root:
        change = find_resource(root, path)
        assert f"版本摘要: {change.digest()}" in text["text"].splitlines()
        assert f"对象: {change.title} grant {change.person.login} {change.principal}" in text["text"].splitlines()
    desk.post(f"{path}/act", [("act", "approve"), ("note", "同意"), *signer.brought([text])])
    assert state_of(app, path) == "approved"
    assert journaled(app, "permission_change.approve", "allowed")[-1].certificate == serial_of(signer.certificate)
    assert "证书签名" in words(desk.get(f"{path}/"))


def test_an_approval_of_one_request_approves_no_other(app, auditor):
    desk, signer = auditor
    first, second = (scene.make(app, "change")["change"] for _each in (1, 2))
    signed = signer.brought(signer.texts(desk, first, "approve"))
    desk.post(f"{second}/act", [("act", "approve"), *signed], status=403)
    assert (state_of(app, first), state_of(app, second)) == ("submitted", "submitted")


def test_a_request_altered_after_the_text_was_made_is_not_approved(app, auditor):
    desk, signer = auditor
    path = scene.make(app, "change")["change"]
    signed = signer.brought(signer.texts(desk, path, "approve"))
    with site(app) as root:
        find_resource(root, path).reason = "另一个理由"
    desk.post(f"{path}/act", [("act", "approve"), *signed], status=403)
    assert state_of(app, path) == "submitted"


def test_r_8_2_an_execution_bears_the_administrators_signature(app, auditor):
    desk, signer = Desk(app, "admin"), Signer.of(app, "admin")
    path = scene.make(app, "change")["change"]
    auditor[1].act(auditor[0], path, "approve")
    page = desk.post(f"{path}/sign", {"act": "execute", "note": "照准"}, status=200)
    assert page.html.select_one("input[name=note]")["value"] == "照准"
    desk.post(f"{path}/act", {"act": "execute"}, status=403)
    signer.act(desk, path, "execute")
    assert state_of(app, path) == "executed"
