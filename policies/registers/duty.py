"""What is indexed of the duty desk: calls about urgent documents, calls to be made, shifts (domain.md part 6)."""

from content_types.division_call import DivisionCall
from content_types.duty_shift import DutyShift
from content_types.phone_notice import PhoneNotice
from govrepo.catalog import Index, RegisterDeclaration
from policies.registers.keys import box_state, moment


def boxes_of(notice: PhoneNotice) -> list[str]:
    """The boxes whose people see a notice: where it was made, and where the document went that it is about (R-16.3)."""
    about = notice.dispatch
    boxes = [notice.box] if about is None else [notice.box, *(each.box for each in about.recipients)]
    return [str(box.__name__) for box in boxes]


PHONE_NOTICES = RegisterDeclaration(
    name="phone_notices",
    content_types=(PhoneNotice,),
    indexes=(
        Index("boxes", "keyword", boxes_of),
        Index("carrier", "field", lambda notice: notice.dispatch.carrier if notice.dispatch is not None else ""),
        Index("box_state", "field", lambda notice: box_state(str(notice.box.__name__), notice.state)),
        Index("direction", "field", lambda notice: str(notice.direction), facet=True),
        Index("result", "field", lambda notice: str(notice.result), facet=True),
        Index("unit", "field", lambda notice: notice.unit.code if notice.unit is not None else ""),
        Index("delivery", "field", lambda notice: notice.delivery.uid if notice.delivery is not None else ""),
        Index("at", "field", lambda notice: moment(notice.at)),
    ),
)

DIVISION_CALLS = RegisterDeclaration(
    name="division_calls",
    content_types=(DivisionCall,),
    indexes=(
        Index("box_state", "field", lambda call: box_state(str(call.box.__name__), call.state)),
        Index("delivery", "field", lambda call: call.delivery.uid),
        Index("due", "field", lambda call: moment(call.due)),
    ),
)

DUTY_SHIFTS = RegisterDeclaration(
    name="duty_shifts",
    content_types=(DutyShift,),
    indexes=(
        Index("box", "field", lambda shift: str(shift.box.__name__), facet=True),
        Index("valid", "field", lambda shift: int(shift.state != "cancelled")),
        Index("state", "field", lambda shift: shift.state, facet=True),
        Index("person", "keyword", lambda shift: [each.id for each in shift.people]),
        Index("starts", "field", lambda shift: moment(shift.starts)),
        Index("ends", "field", lambda shift: moment(shift.ends)),
    ),
)

DECLARATIONS = (PHONE_NOTICES, DIVISION_CALLS, DUTY_SHIFTS)
