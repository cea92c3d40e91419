"""What is indexed of incoming documents: numbers and register entries (domain.md part 6, 厅文 and 处文; R-19)."""

from collections.abc import Iterator

from content_types.division import Division
from content_types.number import Number
from content_types.person import Person
from content_types.register_entry import FilingClass, RegisterEntry, RegisterKind
from govrepo import clock, numbering
from govrepo.catalog import Index, RegisterDeclaration
from govrepo.security.acl import Allow
from policies.permissions import Permission as P
from policies.registers.keys import bigrams, in_month, moment, token
from policies.roles import Role

KEEPERS = {
    RegisterKind.OFFICE: (Role.REGISTRY_CLERK, Role.OFFICE_LEADER),
    RegisterKind.DIVISION: (Role.RECEIVER, Role.HEAD),
}
"""Who keeps a register, and who instructs on its entries (7.2; 5.5)."""

NUMBERS = RegisterDeclaration(
    name="numbers",
    version=2,  # Found by the code of the series, too.
    content_types=(Number,),
    indexes=(
        Index("series", "field", lambda number: number.series.uid),
        Index("code", "field", lambda number: number.series.code, facet=True),
        Index("box", "field", lambda number: number.series.__parent__.__parent__.__name__, facet=True),
        Index("year", "field", lambda number: number.year, facet=True),
        Index("state", "field", lambda number: number.state, facet=True),
        Index("until", "field", lambda number: number.until.toordinal() if number.until else 0),
        Index("order", "field", lambda number: number.year * 1_000_000 + number.sequence),
    ),
)

PERSONAL = ("read", "conclude", "reply", "file")
"""What may lie with a person by name."""


def turns(entry: RegisterEntry) -> Iterator[tuple[str, str]]:
    """What is to be done next with an entry, and by whom: an act, and a principal as appointments give it (5.5; my tasks)."""
    keeper, instructor = KEEPERS[entry.register]
    at_register, decides = f"{keeper}@{entry.box.owner.scope}", f"{instructor}@{entry.box.owner.scope}"
    yield from (("read", reading.person.principal) for reading in entry.readings if reading.read is None)
    if entry.state in ("registered", "instructed"):
        yield "propose" if entry.state == "registered" else "hand_to", at_register
    if entry.state == "proposed":
        yield "instruct", decides
    if entry.state == "handling":
        yield from (("conclude", each) for each in _handlers(entry))
        yield "oversee", _head(entry)
    if entry.state == "concluded":
        yield from _filing(entry, at_register)
    if entry.asked_by is not None:
        yield ("reopen", _head(entry)) if entry.state == "closed" else ("cancel", at_register)


def _filing(entry: RegisterEntry, at_register: str) -> Iterator[tuple[str, str]]:
    """What is concluded is replied to where a reply is asked for, and then filed (TL12 24(7), R-23.1)."""
    if entry.facts.reply_due is not None and entry.replied_at is None:
        yield from (("reply", each) for each in _handlers(entry))
        return
    yield from (("file", each) for each in (*_handlers(entry), at_register))
    yield "archive", f"{Role.ARCHIVIST}@{entry.box.unit.scope}"


def _handlers(entry: RegisterEntry) -> list[str]:
    """Who handles it: the lead division's case officers, or the one it was handed to."""
    if entry.lead is None:
        return []
    return [entry.lead.principal if isinstance(entry.lead, Person) else f"{Role.CASE_OFFICER}@{entry.lead.scope}"]


def _head(entry: RegisterEntry) -> str:
    """Whose head answers for it: the lead division's, or that of the division whose register it is."""
    return f"{Role.HEAD}@{entry.lead.scope if isinstance(entry.lead, Division) else entry.box.owner.scope}"


def registered_in(entry: RegisterEntry) -> str:
    """The unit and month in which it was registered; empty for what was cancelled (statistics)."""
    return "" if entry.state == "cancelled" else in_month(entry.created, entry.box.unit)


def filed_in(entry: RegisterEntry) -> str:
    """The unit and month in which it was concluded, once it is filed (R-23.1)."""
    filed = entry.filing in (FilingClass.FORMAL, FilingClass.INFORMAL)
    return in_month(entry.concluded_at, entry.box.unit) if filed else ""


def same_as(entry: RegisterEntry) -> set[str]:
    """What another registration of the same document would have in common: sender and number, or a file's digest."""
    facts = entry.facts
    numbers = {f"{facts.from_unit} {numbering.normal(facts.from_no)}"} if facts.from_no else set()
    files = entry.delivery.document.files if entry.delivery is not None else ()
    return numbers | {f"sha256 {file.sha256}" for file in files if file.role in ("scan", "original")}


def entry_words(entry: RegisterEntry) -> set[str]:
    """What an entry is found by: title, sender and numbers."""
    facts = entry.facts
    texts = (facts.title, facts.from_unit, numbering.normal(facts.from_no), entry.number.title if entry.number else "")
    return set().union(*(bigrams(text) for text in texts))


def document_of(entry: RegisterEntry) -> str:
    """The document an entry registers; empty for paper."""
    return str(entry.delivery.document.uid) if entry.delivery is not None else ""


def entry_readers(entry: RegisterEntry) -> set[str]:
    """Who may read an entry, as search tokens: its register's keepers, and the principals its own ACL allows it (entry_access.py)."""
    lines = getattr(entry, "__acl__", ())
    own = {principal for action, principal, permissions in lines if action == Allow and P.ENTRY_READ in permissions}
    return {token("register", entry.box.__name__), *own}


REGISTER_ENTRIES = RegisterDeclaration(
    name="register_entries",
    version=4,  # What statistics ask for; "turn" tells the act, too.
    content_types=(RegisterEntry,),
    indexes=(
        Index("uid", "field", lambda entry: entry.uid),
        Index("sequence", "field", lambda entry: entry.number.sequence if entry.number else 0),
        Index("urged", "field", lambda entry: moment(entry.urges[-1].at) if entry.urges else 0),
        Index("urgers", "keyword", lambda entry: {each.person.id for each in entry.urges}),
        Index(
            "concluded", "field", lambda entry: clock.local(entry.concluded_at).toordinal() if entry.concluded_at else 0
        ),
        Index("box", "field", lambda entry: str(entry.box.__name__), facet=True),
        Index("document", "field", document_of),
        Index("readers", "keyword", entry_readers),
        Index("state", "field", lambda entry: entry.state, facet=True),
        Index("year", "field", lambda entry: entry.number.year if entry.number else 0, facet=True),
        Index("from_unit", "field", lambda entry: entry.facts.from_unit, facet=True),
        Index("from_no", "field", lambda entry: numbering.normal(entry.facts.from_no)),
        Index("kind", "field", lambda entry: entry.facts.kind, facet=True),
        Index("urgency", "field", lambda entry: str(entry.facts.urgency), facet=True),
        Index("lead", "field", lambda entry: entry.lead.title if entry.lead is not None else "", facet=True),
        Index("due", "field", lambda entry: entry.due.toordinal() if entry.due else 0),
        Index("filing", "field", lambda entry: str(entry.filing or ""), facet=True),
        Index("received", "field", lambda entry: moment(entry.facts.received)),
        Index("turn", "keyword", lambda entry: {f"{act} {principal}" for act, principal in turns(entry)}),
        Index("registered_in", "field", registered_in),
        Index("concluded_in", "field", lambda entry: in_month(entry.concluded_at, entry.box.unit)),
        Index("filed_in", "field", filed_in),
        Index("same", "keyword", same_as),
        Index("words", "keyword", entry_words),
        Index(
            "order", "field", lambda entry: entry.number.year * 1_000_000 + entry.number.sequence if entry.number else 0
        ),
    ),
)

DECLARATIONS = (NUMBERS, REGISTER_ENTRIES)
