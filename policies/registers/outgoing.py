"""What is indexed of outgoing documents in the making (domain.md 5.1, part 6 "outgoing register"): where each lies, whose turn it is."""

from content_types.outgoing_document import OutgoingDocument
from govrepo import numbering
from govrepo.catalog import Index, RegisterDeclaration
from policies.registers.keys import bigrams, box_state, moment


def desk(document: OutgoingDocument) -> str:
    """The name of the desk it lies on."""
    return str(document.__parent__.__parent__.__name__)


def number_of(document: OutgoingDocument) -> numbering.DocumentNumber:
    """Its number in parts; empty and 0 before it is given."""
    try:
        return numbering.parse(document.number)
    except numbering.NumberError:
        return numbering.DocumentNumber("", 0, 0)


def since(document: OutgoingDocument) -> int:
    """Since when it lies where it lies: the instant of the last step."""
    return moment(document.history[-1].at if document.history else document.created)


OUTGOING = RegisterDeclaration(
    name="outgoing",
    content_types=(OutgoingDocument,),
    indexes=(
        Index("desk", "field", desk, facet=True),
        Index("state", "field", lambda document: document.state, facet=True),
        Index("desk_state", "field", lambda document: box_state(desk(document), document.state), facet=True),
        Index("unit", "field", lambda document: document.unit.code, facet=True),
        Index("issuers", "keyword", lambda document: [str(unit.code) for unit in document.signatories], facet=True),
        Index("case_officer", "field", lambda document: document.case_officer.id),
        Index("kind", "field", lambda document: document.kind, facet=True),
        Index("urgency", "field", lambda document: str(document.urgency), facet=True),
        Index("series", "field", lambda document: number_of(document).code, facet=True),
        Index("year", "field", lambda document: number_of(document).year, facet=True),
        Index("sequence", "field", lambda document: number_of(document).sequence),
        Index("dated", "field", lambda document: document.date.toordinal() if document.date else 0),
        Index("legal_state", "field", lambda document: str(document.legal_state), facet=True),
        Index("since", "field", since),
        Index("order", "field", lambda document: moment(document.created)),
        Index("words", "keyword", lambda document: bigrams(document.title) | bigrams(document.number)),
    ),
)

DECLARATIONS = (OUTGOING,)
