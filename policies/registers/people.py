"""What is indexed of units, people and their rights (domain.md part 6)."""

from pyramid.traversal import resource_path

from content_types.access_proposal import AccessProposal
from content_types.appointment import Appointment
from content_types.permission_change import PermissionChange
from content_types.person import Person
from content_types.unit import Unit
from govrepo import clock
from govrepo.catalog import Index, RegisterDeclaration
from policies.registers.keys import FOREVER, moment

ACCESS_PROPOSALS = RegisterDeclaration(
    name="access_proposals",
    content_types=(AccessProposal,),
    indexes=(
        Index("uid", "field", lambda proposal: proposal.uid),
        Index("state", "field", lambda proposal: proposal.state),
        Index("role", "field", lambda proposal: proposal.role),
        Index("permission", "field", lambda proposal: proposal.permission),
        Index("carrier", "field", lambda proposal: resource_path(proposal.carrier)),
        Index("order", "field", lambda proposal: moment(proposal.created)),
    ),
)


APPOINTMENTS = RegisterDeclaration(
    name="appointments",
    content_types=(Appointment,),
    indexes=(
        Index("person", "field", lambda appointment: appointment.__parent__.id),
        Index("role", "field", lambda appointment: str(appointment.role), facet=True),
        Index("scope", "field", lambda appointment: appointment.scope, facet=True),
        Index("since", "field", lambda appointment: moment(appointment.since)),
        Index("until", "field", lambda appointment: moment(appointment.until) or FOREVER),
        Index("order", "field", lambda appointment: f"{appointment.role} {appointment.scope}"),
    ),
)


PERMISSION_CHANGES = RegisterDeclaration(
    name="permission_changes",
    content_types=(PermissionChange,),
    indexes=(
        Index("state", "field", lambda change: change.state, facet=True),
        Index("kind", "field", lambda change: str(change.kind), facet=True),
        Index("person", "field", lambda change: change.person.id),
        Index("requested_by", "field", lambda change: change.requested_by.id),
        Index("role", "field", lambda change: str(change.role), facet=True),
        Index("at", "field", lambda change: moment(change.created)),
        Index("decided", "field", lambda change: moment(change.decided.at if change.decided else None)),
        Index("party", "keyword", lambda change: [principal for _allow, principal, _granted in change.__acl__]),
        Index("order", "field", lambda change: change.year * 1_000_000 + change.number),
    ),
)


def words_of(person: Person) -> set[str]:
    """What a person is found by: every part of the name, and the beginnings of the login name and of its parts."""
    name, login = person.name.casefold(), person.login.casefold()
    starts = [0, *(place + 1 for place, letter in enumerate(login) if letter in ".-_")]
    parts = {name[start:end] for start in range(len(name)) for end in range(start + 1, len(name) + 1)}
    return parts | {login[start:end] for start in starts for end in range(start + 1, len(login) + 1)}


def asked(unit: Unit) -> str:
    """The change of a unit in hand, and whether the leader has approved it; empty for none."""
    if unit.pending is None:
        return ""
    return f"{unit.pending.kind} approved" if unit.pending.approved_by else str(unit.pending.kind)


def unit_words(unit: Unit) -> set[str]:
    """What a unit is found by: every part of its names, the former ones too (P-12), and the beginnings of its code."""
    names = {unit.name, unit.short_name, *(each.name for each in unit.names)}
    parts = {name[start:end] for name in names for start in range(len(name)) for end in range(start + 1, len(name) + 1)}
    return parts | {unit.code[:end] for end in range(1, len(unit.code) + 1)}


def next_change(person: Person) -> int:
    """When the next appointment of a person begins or ends by its period; 0 for never."""
    now = clock.now()
    held = [each for each in person.values() if isinstance(each, Appointment) and each.state == "in_force"]
    borders = [
        instant for each in held for instant in (each.since, each.until) if instant is not None and instant > now
    ]
    return moment(min(borders, default=None))


PEOPLE = RegisterDeclaration(
    name="people",
    content_types=(Person,),
    indexes=(
        Index("words", "keyword", words_of),
        Index("unit", "field", lambda person: person.unit.code),
        Index("division", "field", lambda person: person.division.code if person.division else ""),
        Index("role", "keyword", lambda person: {each.role for each in person.appointments(clock.now())}),
        Index("state", "field", lambda person: person.state),
        Index("next_change", "field", next_change),
        Index("order", "field", lambda person: f"{person.unit.rank:06}{person.unit.code} {person.login.casefold()}"),
    ),
)


UNITS = RegisterDeclaration(
    name="units",
    version=2,  # "asked" tells what the leader has approved, too.
    content_types=(Unit,),
    indexes=(
        Index("code", "field", lambda unit: unit.code),
        Index("kind", "field", lambda unit: str(unit.kind), facet=True),
        Index("state", "field", lambda unit: unit.state, facet=True),
        Index("connection", "field", lambda unit: str(unit.connection), facet=True),
        Index("has_plate", "field", lambda unit: int(unit.has_plate), facet=True),
        Index("has_seal", "field", lambda unit: int(unit.has_seal), facet=True),
        Index("asked", "field", asked),
        Index("words", "keyword", unit_words),
        Index("order", "field", lambda unit: f"{unit.rank:06}{unit.code}"),
    ),
)

DECLARATIONS = (APPOINTMENTS, PERMISSION_CHANGES, PEOPLE, UNITS, ACCESS_PROPOSALS)
