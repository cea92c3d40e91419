"""What is indexed of the exchange: deliveries, dispatches, assignments (domain.md part 6)."""

from content_types.assignment import Assignment
from content_types.delivery import KEPT, Delivery
from content_types.dispatch import Address, Dispatch
from content_types.official_document import Urgency
from govrepo import numbering
from govrepo.catalog import Index, RegisterDeclaration
from policies import reply
from policies.registers.keys import bigrams, box_state, in_month, moment, order


def signed_of(delivery: Delivery) -> str:
    """The dispatch a signature counts for; empty while unsigned, and for copies made inside a unit."""
    return "" if delivery.internal or delivery.signed_at is None else str(delivery.dispatch.uid)


def reading_box(delivery: Delivery) -> str:
    """The box in which the delivered document can be read; empty before it is opened, and once it is taken back (P-51)."""
    return str(delivery.box.__name__) if delivery.readable else ""


def reader_of(assignment: Assignment) -> str:
    """The person who can read the document through an assignment; empty before it is opened, and once it is handed over."""
    return str(assignment.person.principal) if assignment.readable else ""


def words_of(dispatch: Dispatch) -> set[str]:
    """What a sending, and every delivery of it, is found by: title, number and issuer of its document."""
    document = dispatch.document
    return set().union(*map(bigrams, (document.title, document.number, document.issuer)))


def number_of(dispatch: Dispatch) -> numbering.DocumentNumber:
    """The number of what is sent, in its parts; code, year and sequence are empty or 0 for a document without one."""
    try:
        return numbering.parse(dispatch.document.number)
    except numbering.NumberError:
        return numbering.DocumentNumber("", 0, 0)


def series_order(dispatch: Dispatch) -> str:
    """The key of the outgoing register: by series, year and number."""
    number = number_of(dispatch)
    return f"{number.code} {number.year:04} {number.sequence:09}"


def happened(delivery: Delivery) -> list[str]:
    """What has happened to it that a register of its own tells; counted and narrowed by faster than by the instants."""
    told = {"signed": delivery.signed_at, "returned": delivery.returned_at, "printed": delivery.prints}
    return [name for name, said in told.items() if said]


def last_print(delivery: Delivery) -> int:
    """When the last formal copy was printed; 0 for never."""
    return moment(delivery.prints[-1][0]) if delivery.prints else 0


def asks(delivery: Delivery) -> list[str]:
    """Whose answer a delivery waits for: the box's head, whether it is printed (P-58); the sender, whether it is passed on (S-10)."""
    if delivery.state not in KEPT:
        return []
    found = [f"print {delivery.box.__name__}"] if delivery.consents and delivery.consents[-1].granted is None else []
    passed = delivery.circulations and delivery.circulations[-1].granted is None
    return [*found, f"circulate {delivery.dispatch.carrier}"] if passed else found


def received_in(delivery: Delivery) -> str:
    """The unit and month in which it arrived; empty for what is internal or could not be delivered."""
    arrived = None if delivery.internal or delivery.state == "failed" else delivery.available_at
    return in_month(arrived, delivery.box.unit)


def signed_in(delivery: Delivery) -> str:
    """The unit and month in which it was signed for, and after how many minutes: one key, so that one look gives number and mean."""
    if delivery.internal or delivery.signed_at is None or delivery.available_at is None:
        return ""
    minutes = round((delivery.signed_at - delivery.available_at).total_seconds() / 60)
    return in_month(delivery.signed_at, delivery.box.unit, minutes)


def late_in(delivery: Delivery) -> str:
    """The unit and month in which it was signed for too late (part 10)."""
    late = delivery.signed_at and delivery.sign_by and delivery.signed_at > delivery.sign_by
    return in_month(delivery.signed_at, delivery.box.unit) if late else ""


def returned_in(delivery: Delivery) -> str:
    """The unit and month in which it was given back."""
    return in_month(None if delivery.internal else delivery.returned_at, delivery.box.unit)


DELIVERIES = RegisterDeclaration(
    name="deliveries",
    version=6,  # Until when it should be signed for.
    content_types=(Delivery,),
    indexes=(
        Index("uid", "field", lambda delivery: delivery.uid),
        Index("box", "field", lambda delivery: delivery.box.__name__, facet=True),
        Index("state", "field", lambda delivery: delivery.state, facet=True),
        Index("box_state", "field", lambda delivery: box_state(delivery.box.__name__, delivery.state)),
        Index("urgency", "field", lambda delivery: str(delivery.document.urgency), facet=True),
        Index("from_unit", "field", lambda delivery: delivery.document.unit.code, facet=True),
        Index("from_carrier", "field", lambda delivery: delivery.dispatch.carrier, facet=True),
        Index("dispatch", "field", lambda delivery: delivery.dispatch.uid),
        Index("document", "field", lambda delivery: delivery.document.uid),
        Index("reading_box", "field", reading_box),
        Index("signed_of", "field", signed_of),
        Index("internal", "field", lambda delivery: int(delivery.internal), facet=True),
        Index("available", "field", lambda delivery: moment(delivery.available_at)),
        Index("sign_by", "field", lambda delivery: moment(delivery.sign_by)),
        Index("signed", "field", lambda delivery: moment(delivery.signed_at)),
        Index("signer", "field", lambda delivery: delivery.signed_by.id if delivery.signed_by is not None else ""),
        Index("returned", "field", lambda delivery: moment(delivery.returned_at)),
        Index("reason", "field", lambda delivery: delivery.return_reason, facet=True),
        Index("printed", "field", last_print),
        Index("happened", "keyword", happened, facet=True),
        Index("asks", "keyword", asks),
        Index("waits", "keyword", reply.waits),
        Index("reply_due", "field", lambda delivery: moment(delivery.dispatch.reply_due)),
        Index("received_in", "field", received_in),
        Index("urgent_in", "field", lambda each: received_in(each) if each.document.urgency != Urgency.PLAIN else ""),
        Index("signed_in", "field", signed_in),
        Index("late_in", "field", late_in),
        Index("returned_in", "field", returned_in),
        Index("order", "field", lambda delivery: order(delivery.document.urgency, delivery.available_at)),
    ),
)


DISPATCHES = RegisterDeclaration(
    name="dispatches",
    version=3,  # What statistics ask for.
    content_types=(Dispatch,),
    indexes=(
        Index("carrier", "field", lambda dispatch: dispatch.carrier, facet=True),
        Index("document", "field", lambda dispatch: dispatch.document.uid),
        Index("state", "field", lambda dispatch: dispatch.state, facet=True),
        Index("box_state", "field", lambda dispatch: box_state(dispatch.carrier, dispatch.state)),
        Index("sender", "field", lambda dispatch: dispatch.sender.id),
        Index("case_officer", "field", lambda dispatch: dispatch.document.case_officer.id),
        Index("unit", "field", lambda dispatch: dispatch.document.unit.code),
        Index("sent", "field", lambda dispatch: moment(dispatch.sent_at)),
        Index("series", "field", lambda dispatch: number_of(dispatch).code, facet=True),
        Index("year", "field", lambda dispatch: number_of(dispatch).year, facet=True),
        Index("sequence", "field", lambda dispatch: number_of(dispatch).sequence),
        Index("kind", "field", lambda dispatch: dispatch.document.kind, facet=True),
        Index("drafter", "field", lambda dispatch: dispatch.document.drafter.id),
        Index("dated", "field", lambda dispatch: dispatch.document.date.toordinal() if dispatch.document.date else 0),
        Index(
            "to", "keyword", lambda dispatch: [str(box.__name__) for box in dispatch.boxes(Address.MAIN)], facet=True
        ),
        Index(
            "copied",
            "keyword",
            lambda dispatch: [str(box.__name__) for box in dispatch.boxes(Address.COPY)],
            facet=True,
        ),
        Index("words", "keyword", words_of),
        Index("series_order", "field", series_order),
        Index("sent_in", "field", lambda dispatch: in_month(dispatch.sent_at, dispatch.document.unit)),
        Index("order", "field", lambda dispatch: moment(dispatch.created)),
    ),
)


ASSIGNMENTS = RegisterDeclaration(
    name="assignments",
    version=2,  # Sorted by the oldest, too.
    content_types=(Assignment,),
    indexes=(
        Index("person", "field", lambda assignment: assignment.person.id),
        Index("document", "field", lambda assignment: assignment.document.uid),
        Index("reader", "field", reader_of),
        Index("state", "field", lambda assignment: assignment.state),
        Index("assigned", "field", lambda assignment: moment(assignment.assigned_at)),
        Index("order", "field", lambda assignment: order(assignment.document.urgency, assignment.assigned_at)),
    ),
)

DECLARATIONS = (DELIVERIES, DISPATCHES, ASSIGNMENTS)
