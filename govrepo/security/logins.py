"""Logging in and out, and changing one's own password.

The same words, the same status and the same work answer an unknown name, a wrong password and a suspended account;
only the journal knows which it was. A login renews everything: session, serial, form token (S11).
"""

from dataclasses import dataclass
from typing import Any

from pyramid.security import forget, remember

from govrepo.i18n import _
from govrepo.journal import ALLOWED, Entry, Event
from govrepo.security import accounts, passwords
from govrepo.security.refusals import flag

LOGIN = "session.login"
LOGOUT = "session.logout"
CHANGE = "password.change"
WRONG_PASSWORD = "wrong_password"  # noqa: S105 - A code, no password.
NOT_REPEATED = "not_repeated"


@dataclass(frozen=True)
class Attempt:
    """How a login or change of password went: headers to send if it succeeded, else a problem or seconds to wait."""

    headers: Any = None
    problem: str | None = None
    wait: int = 0


def log_in(request: Any, login: str, password: str) -> Attempt:
    """Check name and password and open a session; a failure is flagged for the journal."""
    wait = request.registry.throttle.admit(login, address_of(request))
    if wait:
        return _failed(request, login, "too many attempts", wait)
    account = request.registry.accounts.by_login(request.root, login)
    if not passwords.verify_password(account.password_hash if account else "", password):
        return _failed(request, login, "unknown name" if account is None else "wrong password")
    if account.status != accounts.ACTIVE:
        return _failed(request, login, f"account is {account.status}")
    request.registry.throttle.succeeded(login, address_of(request))
    if passwords.needs_rehash(account.password_hash):
        account.password_hash = passwords.hash_password(password)
    return Attempt(headers=begin(request, account, LOGIN))


def log_out(request: Any) -> Any:
    """Close the session and return the headers that delete the ticket."""
    if request.identity is not None:
        _journal(request, request.account, LOGOUT, request.identity.serial, request.identity.certificate)
        accounts.close_session(request.account, request.identity.serial)
    request.session.invalidate()
    return forget(request)


def change_password(request: Any, current: str, new: str, repeated: str) -> Attempt:
    """Change the password of the logged-in account, end all its sessions and open a new one.

    Guessing the current password is throttled like a login.
    """
    account, address = request.account, address_of(request)
    wait = request.registry.throttle.admit(account.login, address)
    if wait:
        return _not_changed(request, "too many attempts", Attempt(wait=wait))
    if not passwords.verify_password(account.password_hash, current):
        return _not_changed(request, "wrong password", Attempt(problem=WRONG_PASSWORD))
    request.registry.throttle.succeeded(account.login, address)
    if new != repeated:
        return Attempt(problem=NOT_REPEATED)
    problem = passwords.weakness(account, new, accounts.rule(request, "password_min_length"))
    if problem:
        return Attempt(problem=problem)
    passwords.set_password(account, new)
    accounts.revoke_all(account)
    return Attempt(headers=begin(request, account, CHANGE))


def begin(request: Any, account: accounts.Account, action: str, der: bytes = b"", certificate: str = "") -> Any:
    """Open a session in place of the one the browser may have held, in the same commit as its entry; headers of its ticket."""
    if request.identity is not None:
        accounts.close_session(request.account, request.identity.serial)
    request.session.invalidate()
    serial = accounts.open_session(account, address_of(request), der, certificate)
    _journal(request, account, action, serial, certificate)
    return remember(request, account.id, serial=serial)


def _journal(request: Any, account: accounts.Account, action: str, serial: str, certificate: str) -> None:
    person = accounts.person(account)
    address = address_of(request)
    entry = Entry(action, person, subject=person, certificate=certificate, session=serial, address=address)
    request.registry.journal.append(entry, request.root)


def _failed(request: Any, login: str, reason: str, wait: int = 0) -> Attempt:
    flag(request, action=LOGIN, reason=reason, login=login[:64])
    return Attempt(problem=WRONG_PASSWORD, wait=wait)


def _not_changed(request: Any, reason: str, attempt: Attempt) -> Attempt:
    flag(request, action=CHANGE, subject=accounts.person(request.account), reason=reason)
    return attempt


def address_of(request: Any) -> str:
    """Where a request comes from, for the journal and the throttle."""
    return request.remote_addr or ""


def includeme(config: Any) -> None:
    """Declare what the journal says of it."""
    tried = {"login": _("所填的登录名"), "certificate": _("所用的证书")}
    config.add_journal_events(
        "session", _("登录"), Event("login", _("登录"), tried), Event("logout", _("退出"), results=(ALLOWED,))
    )
    config.add_journal_events("password", _("密码"), Event("change", _("修改密码")))
