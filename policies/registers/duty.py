"""What is indexed of the duty desk: calls about urgent documents (domain.md part 6)."""

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

DECLARATIONS = (PHONE_NOTICES,)
