"""The registers of calls about urgent documents and of duty (急件电话通知, 值班, domain.md part 6; R-16, R-20.3)."""

from typing import Any

from govrepo.i18n import _
from policies import duty_shift as shifts
from policies import phone_notice as notices
from policies.permissions import Permission as P
from policies.register_pages import words
from policies.register_pages.declaration import Column, RegisterPage
from policies.register_pages.filters import Choice, Period, Someone
from policies.register_pages.visible import in_boxes, on_site, sent_from


def document_of(notice: Any) -> str:
    """The document: its own title once it is there, what the caller said of it before."""
    about = notice.document
    return notice.title if about is None else about.title


def number_of(notice: Any) -> str:
    """The document's number, in the same way."""
    about = notice.document
    return notice.number if about is None else about.number


PHONE_NOTICES = RegisterPage(
    name="phone_notices",
    title=_("急件电话通知"),
    print_title=_("急件电话通知登记簿"),
    register="phone_notices",
    visible=(in_boxes(P.BOX_VIEW, "boxes"), sent_from("carrier")),
    columns=(
        Column(_("时间"), lambda notice: notice.at, sort="at", look="time"),
        Column(_("方向"), lambda notice: notices.DIRECTIONS[notice.direction]),
        Column(_("打电话的人"), lambda notice: notice.caller),
        Column(_("接电话的人"), lambda notice: notice.called),
        Column(_("发文字号"), number_of, look="number"),
        Column(_("公文"), document_of, look="main"),
        Column(_("结果"), lambda notice: notices.RESULTS[notice.result]),
        Column(_("状态"), lambda notice: notices.STATES[notice.state]),
    ),
    filters=(
        Period("at", _("时间"), "at"),
        Choice("direction", _("方向"), "direction", said=words.of(notices.DIRECTIONS)),
        Choice("result", _("结果"), "result", said=words.of(notices.RESULTS)),
    ),
    sort="-at",
    opens=((lambda notice: notice.dispatch, P.DISPATCH_READ), (lambda notice: notice.delivery, P.BOX_VIEW)),
)

DUTY = RegisterPage(
    name="duty",
    title=_("值班登记簿"),
    print_title=_("值班登记簿"),
    register="duty_shifts",
    visible=(on_site(P.DUTY_READ), in_boxes(P.DUTY_READ)),
    columns=(
        Column(_("上班"), lambda shift: shift.starts, sort="starts", look="opens"),
        Column(_("下班"), lambda shift: shift.ends, sort="ends", look="time"),
        Column(_("值班员"), lambda shift: shift.officer.name),
        Column(_("替班人"), lambda shift: shift.substitute.name if shift.substitute is not None else ""),
        Column(_("值班电话"), lambda shift: shift.phone),
        Column(_("交接事项"), lambda shift: shift.note, look="main"),
        Column(_("接班人"), lambda shift: shift.taken_by.name if shift.taken_by is not None else ""),
        Column(_("接班时间"), lambda shift: shift.taken_at, look="time"),
        Column(_("状态"), lambda shift: shifts.STATES[shift.state]),
    ),
    filters=(
        Period("starts", _("日期"), "starts"),
        Someone("person", _("值班员或者替班人"), "person"),
        Choice("state", _("状态"), "state", said=words.of(shifts.STATES)),
    ),
    sort="-starts",
    opens=((lambda shift: shift, P.DUTY_READ),),
)

PAGES = (PHONE_NOTICES, DUTY)
