"""The registers (domain.md part 6): deliveries, dispatches, assignments, appointments, permission changes, people, units.

``order`` sorts as the lists are read: urgency first, then the newest. All keys are plain ints and strings (design.md sect. 6).
"""

from datetime import datetime
from typing import Any

from pyramid.traversal import resource_path

from content_types.access_proposal import AccessProposal
from content_types.alarm import Alarm
from content_types.appointment import Appointment
from content_types.assignment import Assignment
from content_types.certificate import Certificate
from content_types.content_release import ContentRelease
from content_types.countersignature import Countersignature
from content_types.delivery import Delivery
from content_types.dispatch import Dispatch
from content_types.evidence_package import EvidencePackage
from content_types.finding import Finding
from content_types.journal_gap import JournalGap
from content_types.number import Number
from content_types.official_document import Urgency
from content_types.permission_change import PermissionChange
from content_types.person import Person
from content_types.register_entry import RegisterEntry
from content_types.unit import Unit
from govrepo import clock, numbering
from govrepo.catalog import Index, RegisterDeclaration

URGENCY_RANK = {Urgency.PLAIN: 0, Urgency.URGENT: 1, Urgency.MOST_URGENT: 2}
_RANK_STEP = 10**17


def moment(instant: datetime | None) -> int:
    """An instant as an index key; 0 for none."""
    return 0 if instant is None else clock.micros(instant)


def order(urgency: str, instant: datetime | None) -> int:
    """The key of a box list: urgency, then time; read from its end."""
    return URGENCY_RANK[Urgency(urgency)] * _RANK_STEP + moment(instant)


def box_state(carrier: str, state: str) -> str:
    """The key under which the entries of a box, or of a division's desk in it, are counted and listed by state."""
    return f"{carrier}:{state}"


def signed_of(delivery: Delivery) -> str:
    """The dispatch a signature counts for; empty while unsigned, and for copies made inside a unit."""
    return "" if delivery.internal or delivery.signed_at is None else str(delivery.dispatch.uid)


DELIVERIES = RegisterDeclaration(
    name="deliveries",
    content_types=(Delivery,),
    indexes=(
        Index("uid", "field", lambda delivery: delivery.uid),
        Index("box", "field", lambda delivery: delivery.box.__name__),
        Index("state", "field", lambda delivery: delivery.state),
        Index("box_state", "field", lambda delivery: box_state(delivery.box.__name__, delivery.state)),
        Index("urgency", "field", lambda delivery: str(delivery.document.urgency)),
        Index("from_unit", "field", lambda delivery: delivery.document.unit.code),
        Index("from_carrier", "field", lambda delivery: delivery.dispatch.carrier),
        Index("dispatch", "field", lambda delivery: delivery.dispatch.uid),
        Index("signed_of", "field", signed_of),
        Index("internal", "field", lambda delivery: int(delivery.internal)),
        Index("available", "field", lambda delivery: moment(delivery.available_at)),
        Index("signed", "field", lambda delivery: moment(delivery.signed_at)),
        Index("order", "field", lambda delivery: order(delivery.document.urgency, delivery.available_at)),
    ),
)

DISPATCHES = RegisterDeclaration(
    name="dispatches",
    content_types=(Dispatch,),
    indexes=(
        Index("carrier", "field", lambda dispatch: dispatch.carrier),
        Index("state", "field", lambda dispatch: dispatch.state),
        Index("box_state", "field", lambda dispatch: box_state(dispatch.carrier, dispatch.state)),
        Index("sender", "field", lambda dispatch: dispatch.sender.id),
        Index("case_officer", "field", lambda dispatch: dispatch.document.case_officer.id),
        Index("unit", "field", lambda dispatch: dispatch.document.unit.code),
        Index("sent", "field", lambda dispatch: moment(dispatch.sent_at)),
        Index("order", "field", lambda dispatch: moment(dispatch.created)),
    ),
)

ASSIGNMENTS = RegisterDeclaration(
    name="assignments",
    content_types=(Assignment,),
    indexes=(
        Index("person", "field", lambda assignment: assignment.person.id),
        Index("state", "field", lambda assignment: assignment.state),
        Index("order", "field", lambda assignment: order(assignment.document.urgency, assignment.assigned_at)),
    ),
)

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

FOREVER = 10**18
"""The end of an appointment without end, as an index key: later than any instant."""

APPOINTMENTS = RegisterDeclaration(
    name="appointments",
    content_types=(Appointment,),
    indexes=(
        Index("person", "field", lambda appointment: appointment.__parent__.id),
        Index("role", "field", lambda appointment: str(appointment.role)),
        Index("scope", "field", lambda appointment: appointment.scope),
        Index("since", "field", lambda appointment: moment(appointment.since)),
        Index("until", "field", lambda appointment: moment(appointment.until) or FOREVER),
        Index("order", "field", lambda appointment: f"{appointment.role} {appointment.scope}"),
    ),
)

PERMISSION_CHANGES = RegisterDeclaration(
    name="permission_changes",
    content_types=(PermissionChange,),
    indexes=(
        Index("state", "field", lambda change: change.state),
        Index("kind", "field", lambda change: str(change.kind)),
        Index("person", "field", lambda change: change.person.id),
        Index("requested_by", "field", lambda change: change.requested_by.id),
        Index("role", "field", lambda change: str(change.role)),
        Index("at", "field", lambda change: moment(change.created)),
        Index("decided", "field", lambda change: moment(change.decided.at if change.decided else None)),
        Index("party", "keyword", lambda change: [principal for _allow, principal, _granted in change.__acl__]),
        Index("order", "field", lambda change: change.year * 1_000_000 + change.number),
    ),
)

CERTIFICATES = RegisterDeclaration(
    name="certificates",
    content_types=(Certificate,),
    indexes=(
        Index("person", "field", lambda certificate: certificate.person.id),
        Index("kind", "field", lambda certificate: str(certificate.kind)),
        Index("state", "field", lambda certificate: certificate.state),
        Index("serial", "field", lambda certificate: certificate.serial),
        Index("key_digest", "field", lambda certificate: certificate.key_digest),
        Index("previous", "field", lambda certificate: certificate.previous.uid if certificate.previous else ""),
        Index("applied", "field", lambda certificate: moment(certificate.created)),
        Index("valid_to", "field", lambda certificate: moment(certificate.valid_to)),
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
        Index("kind", "field", lambda unit: str(unit.kind)),
        Index("state", "field", lambda unit: unit.state),
        Index("connection", "field", lambda unit: str(unit.connection)),
        Index("has_plate", "field", lambda unit: int(unit.has_plate)),
        Index("has_seal", "field", lambda unit: int(unit.has_seal)),
        Index("asked", "field", asked),
        Index("words", "keyword", unit_words),
        Index("order", "field", lambda unit: f"{unit.rank:06}{unit.code}"),
    ),
)

NUMBERS = RegisterDeclaration(
    name="numbers",
    content_types=(Number,),
    indexes=(
        Index("series", "field", lambda number: number.series.uid),
        Index("box", "field", lambda number: number.series.__parent__.__parent__.__name__),
        Index("year", "field", lambda number: number.year),
        Index("state", "field", lambda number: number.state),
        Index("until", "field", lambda number: number.until.toordinal() if number.until else 0),
        Index("order", "field", lambda number: number.year * 1_000_000 + number.sequence),
    ),
)


def whose_turn(entry: RegisterEntry) -> set[str]:
    """Before whom an entry lies now: scopes and persons as they stand in appointments and principals (my tasks)."""
    turn = {reading.person.principal for reading in entry.readings if reading.read is None}
    if entry.state in ("handling", "concluded") and entry.lead is not None:
        turn.add(entry.lead.scope if hasattr(entry.lead, "scope") else entry.lead.principal)
    return turn


def same_as(entry: RegisterEntry) -> set[str]:
    """What another registration of the same document would have in common: sender and number, or a file's digest."""
    facts = entry.facts
    numbers = {f"{facts.from_unit} {numbering.normal(facts.from_no)}"} if facts.from_no else set()
    files = entry.delivery.document.files if entry.delivery is not None else ()
    return numbers | {f"sha256 {file.sha256}" for file in files if file.role in ("scan", "original")}


def bigrams(text: str) -> set[str]:
    """Every two characters in a row, case folded: each substring of two or more is found by those it is made of."""
    folded = "".join(text.split()).casefold()
    return {folded[start : start + 2] for start in range(len(folded) - 1)}


def entry_words(entry: RegisterEntry) -> set[str]:
    """What an entry is found by: title, sender and numbers."""
    facts = entry.facts
    texts = (facts.title, facts.from_unit, numbering.normal(facts.from_no), entry.number.title if entry.number else "")
    return set().union(*(bigrams(text) for text in texts))


REGISTER_ENTRIES = RegisterDeclaration(
    name="register_entries",
    content_types=(RegisterEntry,),
    indexes=(
        Index("uid", "field", lambda entry: entry.uid),
        Index("box", "field", lambda entry: str(entry.box.__name__)),
        Index("state", "field", lambda entry: entry.state),
        Index("year", "field", lambda entry: entry.number.year if entry.number else 0),
        Index("from_unit", "field", lambda entry: entry.facts.from_unit),
        Index("from_no", "field", lambda entry: numbering.normal(entry.facts.from_no)),
        Index("kind", "field", lambda entry: entry.facts.kind),
        Index("urgency", "field", lambda entry: str(entry.facts.urgency)),
        Index("lead", "field", lambda entry: entry.lead.title if entry.lead is not None else ""),
        Index("due", "field", lambda entry: entry.due.toordinal() if entry.due else 0),
        Index("filing", "field", lambda entry: str(entry.filing or "")),
        Index("received", "field", lambda entry: moment(entry.facts.received)),
        Index("turn", "keyword", whose_turn),
        Index("same", "keyword", same_as),
        Index("words", "keyword", entry_words),
        Index(
            "order", "field", lambda entry: entry.number.year * 1_000_000 + entry.number.sequence if entry.number else 0
        ),
    ),
)


COUNTERSIGNATURES = RegisterDeclaration(
    name="countersignatures",
    content_types=(Countersignature,),
    indexes=(
        Index("state", "field", lambda each: each.state),
        Index("size", "field", lambda each: each.size),
    ),
)

JOURNAL_GAPS = RegisterDeclaration(
    name="journal_gaps",
    content_types=(JournalGap,),
    indexes=(
        Index("state", "field", lambda gap: gap.state),
        Index("digest", "field", lambda gap: gap.digest()),
        Index("order", "field", lambda gap: gap.year * 1_000_000 + gap.number),
    ),
)


EVIDENCE_PACKAGES = RegisterDeclaration(
    name="evidence_packages",
    content_types=(EvidencePackage,),
    indexes=(
        Index("state", "field", lambda each: each.state),
        Index("order", "field", lambda each: each.year * 1_000_000 + each.number),
    ),
)


CONTENT_RELEASES = RegisterDeclaration(
    name="content_releases",
    content_types=(ContentRelease,),
    indexes=(
        Index("state", "field", lambda each: each.state),
        Index("until", "field", lambda each: moment(each.until)),
        Index("order", "field", lambda each: each.year * 1_000_000 + each.number),
    ),
)

FINDINGS = RegisterDeclaration(
    name="findings",
    content_types=(Finding,),
    indexes=(
        Index("state", "field", lambda each: each.state),
        Index("person", "keyword", lambda each: [person.id for person in each.persons]),
        Index("order", "field", lambda each: each.year * 1_000_000 + each.number),
    ),
)


ALARMS = RegisterDeclaration(
    name="alarms",
    content_types=(Alarm,),
    indexes=(
        Index("state", "field", lambda alarm: alarm.state),
        Index("kind", "field", lambda alarm: str(alarm.kind)),
        Index("cause", "field", lambda alarm: alarm.cause),
        Index("order", "field", lambda alarm: alarm.year * 1_000_000 + alarm.number),
    ),
)


def includeme(config: Any) -> None:
    """Declare the registers."""
    for declaration in (
        NUMBERS,
        REGISTER_ENTRIES,
        DELIVERIES,
        DISPATCHES,
        ASSIGNMENTS,
        APPOINTMENTS,
        PERMISSION_CHANGES,
        PEOPLE,
        UNITS,
        ACCESS_PROPOSALS,
        CERTIFICATES,
        COUNTERSIGNATURES,
        JOURNAL_GAPS,
        ALARMS,
        EVIDENCE_PACKAGES,
        FINDINGS,
        CONTENT_RELEASES,
    ):
        config.add_register(declaration)
