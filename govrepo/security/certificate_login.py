"""Logging in by certificate: proof that the key is held, chain and lists, whose it is, and whether it is in use elsewhere.

The proof is a signed challenge, or the TLS connection that nginx has made (R-25.1). Another person's certificate is refused, and one
certificate used from two addresses at once raises an alarm or is refused (R-27.1).
"""

from datetime import timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo import clock
from govrepo.i18n import _
from govrepo.journal import ALLOWED, Entry, Event
from govrepo.security import accounts, proxy
from govrepo.security.logins import LOGIN, Attempt, address_of, begin
from govrepo.security.refusals import flag
from govrepo.trust import challenge, envelope
from govrepo.trust.authorities import serial_of
from govrepo.trust.chain import WORDS as CHAIN_WORDS
from govrepo.trust.chain import Untrusted, Verified, load_certificate
from govrepo.trust.data import verify_here
from govrepo.trust.signatures import BadSignatureError, verify_text

ALARM = "certificate.alarm"
REFUSE = "refuse"
WORDS = {
    **CHAIN_WORDS,
    **challenge.WORDS,
    "bad_envelope": _("没有读到签名。请选择或粘贴签名程序给出的全部内容。"),
    "bad_signature": _("签名与证书不符。请确认密钥和证书是一对。"),
    "not_shown": _("浏览器没有出示证书。请插入证书载体或导入证书，重新打开浏览器后再试。"),
    "not_bound": _("该证书没有发放给本系统的任何人员。"),
    "other_person": _("该证书是发给另一个人的。"),
    "no_account": _("该账户不能登录。"),
    "elsewhere": _("该证书正在另一个地址使用。请先在那里退出，再在这里登录；如非本人使用，请立即挂失。"),
}


class _RefusedError(Exception):
    """A login that is refused; ``code`` is a key of WORDS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def log_in_with_signature(request: Any, signed: str) -> Attempt:
    """Check a signed challenge (govrepo.trust.envelope) and open a session; a failure is flagged for the journal."""
    try:
        found = envelope.unpack(signed)
        certificate = load_certificate(found.certificate)
    except (envelope.BadEnvelopeError, Untrusted) as error:
        return _failed(request, getattr(error, "code", "bad_envelope"))
    return _log_in(request, certificate, lambda: _prove(request, found, certificate))


def log_in_over_tls(request: Any) -> Attempt:
    """Open a session with the certificate that nginx has had proved; a failure is flagged for the journal."""
    shown = proxy.presented(request)
    if not shown:
        return _failed(request, "not_shown")
    try:
        certificate = load_certificate(shown)
    except Untrusted as error:
        return _failed(request, error.code)
    return _log_in(request, certificate, lambda: None)


def _log_in(request: Any, certificate: x509.Certificate, prove: Any) -> Attempt:
    serial, address = serial_of(certificate), address_of(request)
    # Counted by certificate and address together, so nobody can lock another's certificate from elsewhere.
    wait = request.registry.throttle.admit(f"{serial} {address}", address)
    if wait:
        return _failed(request, "no_account", serial, wait)
    try:
        verified = verify_here(request.root, request.registry, certificate, clock.now())
        prove()
        account = _account(request, verified)
        _look_elsewhere(request, account, serial)
    except (Untrusted, challenge.BadChallengeError, _RefusedError) as error:
        return _failed(request, error.code, serial)
    request.registry.throttle.succeeded(f"{serial} {address}", address)
    return Attempt(headers=begin(request, account, LOGIN, certificate.public_bytes(Encoding.DER), serial))


def _prove(request: Any, found: envelope.Envelope, certificate: x509.Certificate) -> None:
    try:
        verify_text(found.text, found.signature, certificate)
    except BadSignatureError as error:
        raise _RefusedError("bad_signature") from error
    challenge.spend(request.root, request.registry, found.text, request.host_url, challenge.LOGIN, clock.now())


def _account(request: Any, verified: Verified) -> accounts.Account:
    """Whose certificate it is, by the site's own word; the name inside must say the same."""
    holder: accounts.Account | None = request.registry.accounts.certificate_holder(request.root, verified.serial)
    if holder is None:
        raise _RefusedError("not_bound")
    if holder.id != verified.person_id:
        raise _RefusedError("other_person")
    if holder.status != accounts.ACTIVE:
        raise _RefusedError("no_account")
    return holder


def _look_elsewhere(request: Any, account: accounts.Account, serial: str) -> None:
    """Raise the alarm for a certificate in use at another address (R-27.1), and refuse it where the site says so."""
    here = address_of(request)
    hours = timedelta(hours=accounts.rule(request, "session_hours"))
    since = clock.micros(clock.now() - hours)
    sessions = [each for each in account.sessions.values() if each.get("certificate") == serial]
    others = sorted({each["address"] for each in sessions if each["opened"] > since and each["address"] != here})
    if not others:
        return
    refused = request.registry.govrepo_settings.concurrent_certificate == REFUSE
    _alarm(request, account, serial, {"here": here, "elsewhere": others, "refused": refused})
    if refused:
        raise _RefusedError("elsewhere")


def _alarm(request: Any, account: accounts.Account, serial: str, where: dict[str, Any]) -> None:
    person = accounts.person(account)
    request.root.trust.alarms[clock.micros(clock.now())] = {"person": account.id, "certificate": serial, **where}
    entry = Entry(
        ALARM, person, subject=person, certificate=serial, address=where["here"], reason="R-27.1", details=where
    )
    request.registry.journal.append(entry, request.root)


def _failed(request: Any, code: str, serial: str = "", wait: int = 0) -> Attempt:
    flag(request, action=LOGIN, reason=code, certificate=serial)
    return Attempt(problem=code, wait=wait)


def includeme(config: Any) -> None:
    """Declare what the journal says of it."""
    said = {"here": _("登录地址"), "elsewhere": _("同时使用的地址"), "refused": _("是否拒绝")}
    config.add_journal_events("certificate", _("证书"), Event("alarm", _("证书在两处使用"), said, (ALLOWED,)))
