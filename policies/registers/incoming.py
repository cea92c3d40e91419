"""What is indexed of incoming documents: numbers and register entries (domain.md part 6, 厅文 and 处文; R-19)."""

from content_types.number import Number
from content_types.register_entry import RegisterEntry
from govrepo import clock, numbering
from govrepo.catalog import Index, RegisterDeclaration
from policies.registers.keys import bigrams, moment

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


REGISTER_ENTRIES = RegisterDeclaration(
    name="register_entries",
    version=2,  # What the registers of urgings and of what is to be filed ask for.
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
        Index("turn", "keyword", whose_turn),
        Index("same", "keyword", same_as),
        Index("words", "keyword", entry_words),
        Index(
            "order", "field", lambda entry: entry.number.year * 1_000_000 + entry.number.sequence if entry.number else 0
        ),
    ),
)

DECLARATIONS = (NUMBERS, REGISTER_ENTRIES)
