"""What is indexed of paper beside the exchange (domain.md part 6, paper obligations): per box, sending, state, due day and code."""

from content_types.paper_item import PaperItem
from govrepo import numbering
from govrepo.catalog import Index, RegisterDeclaration
from policies.registers.keys import bigrams, box_state, moment

MISSING = {"expected": "paper", "lost": "paper", "unmatched": "electronic"}
"""Which half is missing in a state: the paper, or its electronic twin."""


def words_of(item: PaperItem) -> set[str]:
    """What paper is found by: title, number and sender."""
    return set().union(*map(bigrams, (item.title, item.number, item.sender)))


def missing(item: PaperItem) -> list[str]:
    """The half that is missing, if one is."""
    return [MISSING[item.state]] if item.state in MISSING else []


def from_unit(item: PaperItem) -> str:
    """The unit that sent it; empty for paper nobody knows the sending of."""
    return "" if item.document is None else str(item.document.unit.code)


PAPER_ITEMS = RegisterDeclaration(
    name="paper_items",
    content_types=(PaperItem,),
    indexes=(
        Index("code", "field", lambda item: item.code),
        Index("box", "field", lambda item: str(item.box.__name__), facet=True),
        Index("unit", "field", lambda item: str(item.box.unit.code), facet=True),
        Index("from_unit", "field", from_unit, facet=True),
        Index("from_carrier", "field", lambda item: "" if item.dispatch is None else item.dispatch.carrier, facet=True),
        Index("dispatch", "field", lambda item: "" if item.dispatch is None else item.dispatch.uid),
        Index("document", "field", lambda item: "" if item.document is None else item.document.uid),
        Index("delivery", "field", lambda item: "" if item.delivery is None else item.delivery.uid),
        Index("state", "field", lambda item: item.state, facet=True),
        Index("box_state", "field", lambda item: box_state(str(item.box.__name__), item.state)),
        Index("kind", "field", lambda item: str(item.kind), facet=True),
        Index("missing", "keyword", missing, facet=True),
        Index("number", "field", lambda item: numbering.normal(item.number)),
        Index("words", "keyword", words_of),
        Index("expected", "field", lambda item: item.expected_on.toordinal() if item.expected_on else 0),
        Index("due", "field", lambda item: item.due.toordinal() if item.due else 0),
        Index("received", "field", lambda item: item.received_on.toordinal() if item.received_on else 0),
        Index("order", "field", lambda item: moment(item.created)),
    ),
)

DECLARATIONS = (PAPER_ITEMS,)
