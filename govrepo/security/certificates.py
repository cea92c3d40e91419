"""What a certificate means for a session (R-9.3, R-25.1, R-27.1, SOD-14).

A session opened with a certificate stands only as long as the certificate counts: chain, lists of revoked ones and binding are looked at
with each request, in its transaction, so a loss report ends the session at once. Behind nginx the certificate must also be the one that
the connection shows. Where ``certificate_required`` is set, a password alone opens nothing but the way to the certificate.
"""

from typing import Any

from pyramid.events import ContextFound
from pyramid.httpexceptions import HTTPForbidden

from govrepo import clock, rules
from govrepo.i18n import _
from govrepo.journal import REFUSED, Event
from govrepo.security import accounts, paths, proxy
from govrepo.trust.chain import Untrusted, load_certificate
from govrepo.trust.data import verify_here
from govrepo.trust.lists import fingerprint

STILL_OPEN = frozenset({paths.LOGIN, paths.LOGOUT, paths.PASSWORD, paths.LANGUAGE, paths.CERTIFICATE, paths.CHALLENGE})


class CertificateRequiredError(HTTPForbidden):
    """A password alone is not enough here (SOD-14)."""

    reasons = ((_("密码只用于首次登录。办理业务须用数字证书登录。"), "SOD-14"),)

    def __init__(self, path: str) -> None:
        super().__init__("certificate required")
        self.refusal = {"action": "session.certificate", "subject": path, "reason": "certificate required (SOD-14)"}


def stands(registry: Any, root: Any, account: accounts.Account, serial: str) -> bool:
    """Whether an account holds a session, and the certificate it was opened with, if any, still counts."""
    if not accounts.holds_session(account, serial, rules.value(root, registry.govrepo_settings, "session_hours")):
        return False
    session = account.sessions[serial]
    der = session.get("certificate_der")
    return der is None or _counts(registry, root, account, der)


def is_enough(registry: Any, account: accounts.Account, serial: str) -> bool:
    """Whether a session was opened with all that the site asks for (SOD-14)."""
    return not registry.govrepo_settings.certificate_required or bool(certificate_of(account, serial))


def certificate_of(account: accounts.Account, serial: str) -> str:
    """The serial of the certificate a session was opened with, or nothing."""
    return str(account.sessions[serial].get("certificate", ""))


def is_shown(request: Any, account: accounts.Account, serial: str) -> bool:
    """Behind nginx: whether the connection shows the session's own certificate; a stolen cookie comes without it."""
    der = account.sessions[serial].get("certificate_der")
    if der is None or proxy.mode(request.registry.govrepo_settings) != proxy.PROXY:
        return True
    try:
        return fingerprint(load_certificate(proxy.presented(request))) == fingerprint(load_certificate(der))
    except Untrusted:
        return False


def _counts(registry: Any, root: Any, account: accounts.Account, der: bytes) -> bool:
    try:
        verified = verify_here(root, registry, load_certificate(der), clock.now())
    except Untrusted:
        return False
    holder = registry.accounts.certificate_holder(root, verified.serial)
    return holder is not None and holder.id == account.id == verified.person_id


def ask_for_certificate(event: Any) -> None:
    """Before any view: raise CertificateRequiredError for a session opened with a password alone (SOD-14)."""
    request = event.request
    if not request.registry.govrepo_settings.certificate_required or is_open(request):
        return
    if request.identity is not None and not request.identity.certificate:
        raise CertificateRequiredError(request.path)


def is_open(request: Any) -> bool:
    """Whether a path may be used without a certificate: static files, logging in and out, and what was declared."""
    path = paths.path_of(request)
    if paths.is_public(request) or path in STILL_OPEN:
        return True
    return any(path == each or path.startswith(f"{each}/") for each in request.registry.uncertified_paths)


def add_uncertified_path(config: Any, path: str) -> None:
    """Directive: this path, and what is below it, may be used without a certificate (portal pages; SOD-14)."""
    config.action(("govrepo uncertified path", path), lambda: config.registry.uncertified_paths.add(path))


def includeme(config: Any) -> None:
    """Add the directive and subscribe."""
    config.add_journal_events("session", _("登录"), Event("certificate", _("无证书办理业务"), results=(REFUSED,)))
    config.registry.uncertified_paths = set()
    config.add_directive("add_uncertified_path", add_uncertified_path)
    config.add_subscriber(ask_for_certificate, ContextFound)
