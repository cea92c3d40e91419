"""The seam to the people: what security needs to know of an account, and the sessions an account holds.

Content types provide the account objects and a directory that finds them; ``config.set_account_directory(directory)``
keeps it as ``registry.accounts``. One person has one account (P-17); only an ``active`` account gets in, so suspending
it ends every session with the next request (R-39.2).
"""

import secrets
from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from govrepo import clock, rules
from govrepo.database import root_factory

ACTIVE = "active"

# An account that keeps opening sessions without closing them loses the oldest.
MAX_SESSIONS = 20


class Account(Protocol):
    """What an account shows. ``sessions`` maps a serial to ``{"opened": microseconds, "address": text}``.

    A session opened with a certificate also has its ``certificate`` (serial) and ``certificate_der``.
    """

    id: str
    login: str
    name: str
    password_hash: str
    password_changed: datetime | None
    must_change_password: bool
    sessions: MutableMapping[str, Any]

    @property
    def status(self) -> str:
        """Where domain.md 5.9 stands: ``active``, ``suspended``, ``handover`` or ``closed``."""
        ...


class AccountDirectory(Protocol):
    """Finds accounts in the tree and knows the principals they hold."""

    def by_login(self, root: Any, login: str) -> Account | None:
        """The account with this login name, in whatever state."""
        ...

    def by_id(self, root: Any, id: str) -> Account | None:  # noqa: A002 - The attribute's own name.
        """The account with this id, in whatever state."""
        ...

    def certificate_holder(self, root: Any, serial: str) -> Account | None:
        """The account a certificate was issued to, in whatever state (R-27.1)."""
        ...

    def principals(self, account: Account, now: datetime) -> tuple[str, ...]:
        """The principals in force at an instant, without ``person:<id>`` which every account has."""
        ...


def person(account: Account) -> str:
    """The principal of the person behind an account."""
    return f"person:{account.id}"


def open_session(account: Account, address: str, der: bytes = b"", certificate: str = "") -> str:
    """Give the account a new session and return its serial, a random name of 192 bits."""
    _drop_oldest(account)
    serial = f"s{secrets.token_hex(24)}"
    with_certificate = {"certificate": certificate, "certificate_der": der} if der else {}
    account.sessions[serial] = {"opened": clock.micros(clock.now()), "address": address, **with_certificate}
    return serial


def close_session(account: Account, serial: str) -> None:
    """End one session; its ticket is void from the next request on."""
    account.sessions.pop(serial, None)


def revoke_all(account: Account) -> None:
    """End every session of an account: suspension, loss of a certificate, change of password."""
    account.sessions.clear()


def holds_session(account: Account, serial: str, hours: int) -> bool:
    """Whether a session is open and not older than ``hours``, however busy it has been."""
    session = account.sessions.get(serial)
    return session is not None and clock.now() - clock.from_micros(session["opened"]) < timedelta(hours=hours)


def _drop_oldest(account: Account) -> None:
    oldest_first = sorted(account.sessions, key=lambda serial: account.sessions[serial]["opened"])
    for serial in oldest_first[: max(0, len(oldest_first) - MAX_SESSIONS + 1)]:
        close_session(account, serial)


def rule(request: Any, name: str) -> Any:
    """A business setting as it counts now (R-41.1)."""
    return rules.value(root_factory(request), request.registry.govrepo_settings, name)


def set_account_directory(config: Any, directory: AccountDirectory) -> None:
    """Directive: keep the directory as ``registry.accounts``."""

    def register() -> None:
        config.registry.accounts = directory

    config.action("govrepo account directory", register)


def includeme(config: Any) -> None:
    """Add the directive."""
    config.add_directive("set_account_directory", set_account_directory)
