"""The directory of accounts (P-17, design.md sect. 4): who logs in, with which principals, and what a person's own pages allow."""

from datetime import datetime
from typing import Any

from substanced.util import set_acl

from content_types.person import Person
from govrepo.database import site
from govrepo.security.acl import Allow
from policies.permissions import Permission as P

OWN = (P.ASSIGNMENT_READ, P.ASSIGNMENT_CLOSE)
"""What is put before a person, the person reads and closes; nobody else does."""


class LoginTakenError(Exception):
    """Another account bears the login name."""


def add_person(root: Any, person: Person, registry: Any) -> Person:
    """Put a person into the directory; raise LoginTakenError for a login name in use (one account per person, P-17)."""
    login = _key(person.login)
    if login in root.logins:
        raise LoginTakenError(person.login)
    root["people"].add(person.id, person, registry=registry)
    root.logins[login] = person
    set_acl(person, [(Allow, person.principal, tuple(map(str, OWN)))], registry=registry)
    return person


def _key(login: str) -> str:
    """A login name as it is compared."""
    return login.strip().casefold()


class Directory:
    """The account directory that login and tickets ask (govrepo/security/accounts.py)."""

    def by_login(self, root: Any, login: str) -> Person | None:
        """The account of a login name, whatever its case, or None."""
        return root.logins.get(_key(login))

    def by_id(self, root: Any, person_id: str) -> Person | None:
        """The account of an id, or None."""
        return root["people"].get(person_id)

    def certificate_holder(self, root: Any, serial: str) -> Person | None:
        """The account a certificate was issued to, or None; the index is filled where certificates are issued (R-27.1)."""
        person_id = root.trust.bindings.get(serial)
        return None if person_id is None else self.by_id(root, person_id)

    def principals(self, account: Any, now: datetime) -> tuple[str, ...]:
        """One ``role@scope`` per appointment in force; nothing else grants anything."""
        return account.principals(now)


def people_of(unit: Any) -> list[Person]:
    """The active persons of a unit."""
    return [person for person in site(unit)["people"].values() if person.unit is unit and person.state == "active"]


def includeme(config: Any) -> None:
    """Tell the login where the accounts are."""
    config.set_account_directory(Directory())
