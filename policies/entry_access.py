"""Who reads and handles a register entry beside its register's keepers (domain.md 7.2; 3.10): the divisions it was handed to, its readers.

An archivist reads what is filed, from the filing class on ("o filed").

The entry carries an ACL of its own, computed here from what it says. Nobody gets a right to the register from it.
"""

from collections.abc import Iterator
from typing import Any

from substanced.util import set_acl

from content_types.division import Division
from content_types.person import Person
from content_types.register_entry import FilingClass, RegisterEntry
from govrepo import clock
from govrepo.database import site
from govrepo.security.acl import Allow
from policies.appointment import holders_of
from policies.permissions import Permission as P
from policies.registers.incoming import KEEPERS
from policies.roles import Role

READ = (str(P.ENTRY_READ),)


def renew_access(entry: RegisterEntry, registry: Any) -> None:
    """Compute the entry's ACL anew; called by every effect that hands it on."""
    set_acl(entry, list(_lines(entry)), registry=registry)


def urgers_for(entry: RegisterEntry) -> list[Person]:
    """Who may be named to urge: the keepers of the register."""
    keeper, _instructor = KEEPERS[entry.register]
    return holders_of(site(entry), f"{keeper}@{entry.box.owner.scope}", clock.now())


def named_urger(entry: RegisterEntry, wanted: Person | None, hander: Person) -> Person | None:
    """TL12 24(6): what is urgent has a named person who urges: the one wanted, else whoever hands it over; plain ones need none."""
    if wanted is not None and wanted in urgers_for(entry):
        return wanted
    return hander if entry.facts.urgency != "plain" else None


def _lines(entry: RegisterEntry) -> Iterator[tuple[Any, str, tuple[str, ...]]]:
    if isinstance(entry.lead, Division):
        scope = entry.lead.scope
        yield Allow, f"{Role.CASE_OFFICER}@{scope}", (*READ, str(P.ENTRY_HANDLE))
        yield Allow, f"{Role.RECEIVER}@{scope}", (*READ, str(P.ENTRY_REFUSE))
        yield Allow, f"{Role.HEAD}@{scope}", (*READ, str(P.ENTRY_REFUSE), str(P.ENTRY_REOPEN))
    if isinstance(entry.lead, Person):
        yield Allow, entry.lead.principal, (*READ, str(P.ENTRY_HANDLE), str(P.ENTRY_REFUSE))
    for each in entry.assists:
        yield from _readers(each)
    if entry.filing in (FilingClass.FORMAL, FilingClass.INFORMAL):
        yield Allow, f"{Role.ARCHIVIST}@{entry.box.unit.scope}", READ
    for reading in entry.readings:
        yield Allow, reading.person.principal, (*READ, str(P.ENTRY_CIRCULATE_READ))


def _readers(place: Any) -> Iterator[tuple[Any, str, tuple[str, ...]]]:
    if isinstance(place, Person):
        yield Allow, place.principal, READ
        return
    for role in (Role.CASE_OFFICER, Role.RECEIVER, Role.HEAD):
        yield Allow, f"{role}@{place.scope}", READ
