"""What is indexed of the exchange: deliveries, dispatches, assignments (domain.md part 6)."""

from content_types.assignment import Assignment
from content_types.delivery import Delivery
from content_types.dispatch import Dispatch
from govrepo.catalog import Index, RegisterDeclaration
from policies.registers.keys import box_state, moment, order


def signed_of(delivery: Delivery) -> str:
    """The dispatch a signature counts for; empty while unsigned, and for copies made inside a unit."""
    return "" if delivery.internal or delivery.signed_at is None else str(delivery.dispatch.uid)


def reading_box(delivery: Delivery) -> str:
    """The box in which the delivered document can be read; empty before it is opened, and once it is taken back (P-51)."""
    return str(delivery.box.__name__) if delivery.readable else ""


def reader_of(assignment: Assignment) -> str:
    """The person who can read the document through an assignment; empty before it is opened, and once it is handed over."""
    return str(assignment.person.principal) if assignment.readable else ""


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
        Index("document", "field", lambda delivery: delivery.document.uid),
        Index("reading_box", "field", reading_box),
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
        Index("document", "field", lambda dispatch: dispatch.document.uid),
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
        Index("document", "field", lambda assignment: assignment.document.uid),
        Index("reader", "field", reader_of),
        Index("state", "field", lambda assignment: assignment.state),
        Index("order", "field", lambda assignment: order(assignment.document.urgency, assignment.assigned_at)),
    ),
)

DECLARATIONS = (DELIVERIES, DISPATCHES, ASSIGNMENTS)
