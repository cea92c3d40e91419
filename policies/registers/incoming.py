"""What is indexed of incoming documents: numbers and register entries (domain.md part 6, 厅文 and 处文; R-19)."""

from content_types.number import Number
from content_types.register_entry import RegisterEntry
from govrepo import numbering
from govrepo.catalog import Index, RegisterDeclaration
from govrepo.security.acl import Allow
from policies.permissions import Permission as P
from policies.registers.keys import bigrams, moment, token

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
    content_types=(RegisterEntry,),
    indexes=(
        Index("uid", "field", lambda entry: entry.uid),
        Index("box", "field", lambda entry: str(entry.box.__name__)),
        Index("document", "field", document_of),
        Index("readers", "keyword", entry_readers),
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

DECLARATIONS = (NUMBERS, REGISTER_ENTRIES)
