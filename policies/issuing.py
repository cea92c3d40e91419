"""Handing out a certificate (R-28.1): a key pair made here, a key the applicant handed in, or an outside authority's certificate.

A key pair made here leaves once, as PKCS#12 under a password; it is stored nowhere. :func:`issue_first` serves the founding act.
"""

from collections.abc import Callable
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from content_types.certificate import Application, Certificate, CertificateKind, Issuance
from govrepo import clock, rules
from govrepo.catalog import Eq, register
from govrepo.database import site
from govrepo.i18n import _
from govrepo.trust.authorities import USERS, serial_of
from govrepo.trust.chain import Untrusted, load_certificate
from govrepo.trust.data import verify_here
from govrepo.trust.lists import fingerprint
from policies import keys
from policies.actor import Actor, system_actor
from policies.certificate import put
from policies.engine import Act, act

OWN_KEY, MADE_HERE, OUTSIDE = "own_key", "made_here", "outside"
WAYS = {
    MADE_HERE: _("在本机生成密钥，一次性下载证书文件（PKCS#12）"),
    OWN_KEY: _("签发申请人提交的证书请求或公钥"),
    OUTSIDE: _("登记外部CA签发的证书"),
}
LONGEST_PASSWORD = 200

Made = tuple[x509.Certificate | None, dict[str, Any]]
"""A certificate, or by form field what stands against it."""


def issue(
    certificate: Certificate,
    actor: Actor,
    way: str,
    *,
    password: str = "",
    repeated: str = "",
    file: bytes = b"",
    **given: Any,
) -> bytes:
    """Issue an approved application; answers the PKCS#12 for a key pair made here, else nothing.

    ``given`` holds ``receipt_signed`` and ``undertaking``. Raises Refused; nothing has been kept then.
    """
    key = keys.new_key() if way == MADE_HERE else None
    faults = _password_faults(actor.registry, password, repeated) if key else {}
    made: list[x509.Certificate] = []

    def keep(done: Act) -> None:
        made.append(_make(done, way, key, file))
        _keep(done, made[0])

    faults |= _faults(certificate, actor, way, file)
    act(certificate, "issue", actor, put=keep, faults=faults, **given)
    return _sealed(actor.registry, key, made[0], certificate, password) if key else b""


def _sealed(registry: Any, key: Any, made: x509.Certificate, certificate: Certificate, password: str) -> bytes:
    above = (registry.authorities.certificate(USERS), *registry.authorities.anchors)
    return keys.sealed(key, made, certificate.person.name, password, above)


def _password_faults(registry: Any, password: str, repeated: str) -> dict[str, Any]:
    least = registry.govrepo_settings.password_min_length
    if least <= len(password) <= LONGEST_PASSWORD:
        return {} if password == repeated else {"password_again": _("两次输入的密码不一致。")}
    return {"password": _("证书文件的密码至少${least}个字符。", mapping={"least": least})}


def _faults(certificate: Certificate, actor: Actor, way: str, file: bytes) -> dict[str, Any]:
    """What stands against a way of issuing, by form field."""
    checks: dict[str, Callable[[], dict[str, Any]]] = {
        MADE_HERE: lambda: _authority_faults(actor.registry),
        OWN_KEY: lambda: _authority_faults(actor.registry) or _own_key_faults(certificate),
        OUTSIDE: lambda: _outside_faults(certificate, actor.registry, file),
    }
    return checks[way]() if way in checks else {"way": _("请选择发放方式。")}


def _authority_faults(registry: Any) -> dict[str, Any]:
    return {} if registry.authorities else {"way": _("本站点没有自己的CA，只能登记外部CA签发的证书。")}


def _own_key_faults(certificate: Certificate) -> dict[str, Any]:
    if not certificate.application.public_key:
        return {"way": _("申请人没有提交证书请求或公钥。")}
    key = keys.read_public_key(certificate.application.public_key)
    return _taken(certificate, "key_digest", keys.key_digest(key), "way")


def _outside_faults(certificate: Certificate, registry: Any, file: bytes) -> dict[str, Any]:
    """An outside certificate must count here, name this very person where it names one of ours, and be nobody's yet."""
    try:
        outside = load_certificate(file)
        verified = verify_here(site(certificate), registry, outside, clock.now())
    except Untrusted as error:
        return {"file": error.words}
    if verified.person_id != certificate.person.id:
        return {"file": _("该证书是发给另一个人的。")}
    digest = keys.key_digest(outside.public_key())
    return _taken(certificate, "serial", serial_of(outside), "file") or _taken(
        certificate, "key_digest", digest, "file"
    )


def _taken(certificate: Certificate, index: str, value: str, field: str) -> dict[str, Any]:
    found = register(site(certificate), "certificates").query(Eq(index, value), sort="applied", limit=5).objects
    taken = any(each.person is not certificate.person or index == "serial" for each in found)
    return {field: _("该证书或公钥已登记在另一份证书上，一证只能一人使用。")} if taken else {}


def _make(done: Act, way: str, key: Any, file: bytes) -> x509.Certificate:
    if way == OUTSIDE:
        return load_certificate(file)
    certificate, registry = done.context, done.actor.registry
    public = key.public_key() if key else keys.read_public_key(certificate.application.public_key)
    return _signed(certificate, public, registry)


def _signed(certificate: Certificate, public: Any, registry: Any) -> x509.Certificate:
    person = certificate.person
    days = int(rules.value(person, registry.govrepo_settings, "certificate_days"))
    made: x509.Certificate = registry.authorities.issue_user(public, person.id, person.name, days)
    return made


def _keep(done: Act, made: x509.Certificate) -> None:
    """Write the certificate's own facts, who handed it to whom, and the undertaking (R-26.1)."""
    certificate = done.context
    certificate.serial = serial_of(made)
    certificate.issuer = made.issuer.rfc4514_string()
    certificate.valid_from, certificate.valid_to = made.not_valid_before_utc, made.not_valid_after_utc
    certificate.der = made.public_bytes(Encoding.DER)
    certificate.fingerprint = fingerprint(made)
    certificate.key_digest = keys.key_digest(made.public_key())
    certificate.undertaking = done.given["undertaking"]
    signed = bool(done.given["receipt_signed"])
    certificate.issued = Issuance(done.actor.person, done.now, certificate.person, signed)


def issue_first(root: Any, registry: Any, person: Any, password: str) -> bytes:
    """The founding act's certificate of a person, in use at once; its PKCS#12. Raises LookupError without an authority.

    It is handed over on the spot, with receipt and undertaking; there is nobody yet who could review it (design.md sect. 4).
    """
    if registry.authorities is None:
        raise LookupError("the site has no authority of its own")
    application = Application("系统创始", person.unit, clock.today())
    certificate = Certificate(person, CertificateKind.PERSONAL, application)
    key, actor, now = keys.new_key(), system_actor(registry), clock.now()
    made = _signed(certificate, key.public_key(), registry)
    _keep(Act(certificate, actor, now, {"undertaking": clock.today(), "receipt_signed": True}), made)
    certificate.state = "active"
    put(root, certificate, actor, "found")
    root.trust.bind(certificate.serial, person.id)
    return _sealed(registry, key, made, certificate, password)
