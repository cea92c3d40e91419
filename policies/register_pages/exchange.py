"""Registers of the exchange (domain.md part 6): delivery list, signatures, not signed, returns, outgoing documents."""

from typing import Any

from content_types.dispatch import Address, DispatchKind
from govrepo import clock
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq
from govrepo.i18n import _, listed
from policies import delivery as deliveries
from policies import dispatch as dispatches
from policies.division_call import tasks_about
from policies.permissions import Permission as P
from policies.phone_notice import notices_of
from policies.register_pages import words
from policies.register_pages.declaration import Column, RegisterPage
from policies.register_pages.filters import Choice, Exactly, Holds, Period, SentTitle, Someone, sequence
from policies.register_pages.visible import in_boxes, late_from_us, sent_by_us, sent_from

RECEIVED = ("pending", "signed", "assigned", "registered", "closed", "returned", "return_closed")
"""The states of what is the receiver's; what was recalled or failed is not."""
SENT = ("sent", "completed", "cancelled")
KINDS_OF_SENDING = {
    DispatchKind.ORIGINAL: _("首发"),
    DispatchKind.SUPPLEMENT: _("补发"),
    DispatchKind.RESEND: _("重发"),
    DispatchKind.CORRECTION: _("更正"),
    DispatchKind.OFFLINE: _("补录"),
}

OURS = in_boxes(P.BOX_VIEW)
EITHER_SIDE = (OURS, sent_by_us("from_carrier"))
"""What came into one's boxes, and what became of what one's outboxes sent."""
OPENS_DELIVERY = (
    (lambda delivery: delivery, P.BOX_VIEW),
    (lambda delivery: delivery.dispatch, P.DISPATCH_READ),
)

URGENCY = Column(_("紧急程度"), lambda delivery: str(delivery.document.urgency), sort="order", look="urgency")
NUMBER = Column(_("发文字号"), lambda delivery: delivery.document.number, look="number")
TITLE = Column(_("标题"), lambda delivery: delivery.document.title, look="main")
FROM = Column(_("来文单位"), lambda delivery: delivery.document.issuer)
BOX = Column(_("交换箱"), lambda delivery: delivery.box.title)
AVAILABLE = Column(_("到达"), lambda delivery: delivery.available_at, sort="available", look="time")
SIGNED = Column(_("签收时间"), lambda delivery: delivery.signed_at, sort="signed", look="time")
SIGNER = Column(_("签收人"), lambda delivery: delivery.signed_by.name if delivery.signed_by is not None else "")
STATE = Column(_("状态"), lambda delivery: deliveries.STATES[delivery.state])

BY_BOX = Choice("box", _("交换箱"), "box", said=words.box_title)
BY_STATE = Choice("state", _("状态"), "state", said=words.of(deliveries.STATES))
BY_URGENCY = Choice("urgency", _("紧急程度"), "urgency", said=words.urgency)
BY_SENDER = Choice("from_unit", _("来文单位"), "from_unit", said=words.unit_title)
BY_ARRIVAL = Period("available", _("到达"), "available")
BY_TITLE = SentTitle("q", _("标题、字号、来文单位"), "dispatch")

DELIVERIES = RegisterPage(
    name="deliveries",
    title=_("交换箱清单"),
    print_title=_("交换箱收文清单"),
    register="deliveries",
    base=AnyOf("state", RECEIVED),
    visible=(OURS,),
    columns=(URGENCY, NUMBER, TITLE, FROM, BOX, AVAILABLE, SIGNED, SIGNER, STATE),
    filters=(BY_TITLE, BY_BOX, BY_STATE, BY_URGENCY, BY_SENDER, BY_ARRIVAL),
    sort="-order",
    opens=OPENS_DELIVERY,
)

SIGNATURES = RegisterPage(
    name="signatures",
    title=_("签收登记簿"),
    print_title=_("签收登记簿"),
    register="deliveries",
    base=Eq("happened", "signed"),
    visible=EITHER_SIDE,
    columns=(
        NUMBER,
        TITLE,
        BOX,
        FROM,
        AVAILABLE,
        SIGNED,
        SIGNER,
        Column(_("签收身份"), lambda delivery: words.CAPACITIES.get(delivery.capacity, delivery.capacity)),
        Column(_("签收用时"), lambda delivery: words.span(delivery.available_at, delivery.signed_at), look="time"),
    ),
    filters=(
        BY_TITLE,
        BY_BOX,
        BY_SENDER,
        Someone("person", _("签收人"), "signer"),
        Period("signed", _("签收时间"), "signed"),
    ),
    sort="-signed",
    opens=OPENS_DELIVERY,
)


def called(delivery: Any) -> Any:
    """Whether anybody was called about it: when, or that a call is due, or that the sender called nobody (R-16.3, R-20.3)."""
    told = [each for each in notices_of(delivery) if each.told]
    if told:
        return _("${time}已电话通知", mapping={"time": f"{clock.local(told[-1].at):%m-%d %H:%M}"})
    waiting = [each for each in tasks_about(delivery) if each.state == "due"]
    if waiting:
        return _("电话通知超时") if waiting[0].due < clock.now() else _("待电话通知")
    return _("未电话通知") if notices_of(delivery) else ""


UNSIGNED = RegisterPage(
    name="unsigned",
    title=_("未签收"),
    print_title=_("未签收文件清单"),
    register="deliveries",
    base=AnyOf("state", ("pending", "failed")),
    visible=EITHER_SIDE,
    columns=(
        URGENCY,
        NUMBER,
        TITLE,
        FROM,
        BOX,
        AVAILABLE,
        Column(_("等待"), lambda delivery: words.waiting(delivery.available_at), sort="available", look="time"),
        Column(_("首开"), lambda delivery: delivery.first_opened_at, look="time"),
        Column(_("电话通知"), called),
        STATE,
    ),
    filters=(BY_TITLE, BY_BOX, BY_STATE, BY_URGENCY, BY_SENDER, BY_ARRIVAL),
    sort="available",
    opens=OPENS_DELIVERY,
)


def contact(delivery: Any) -> str:
    """Whom to call in the unit that has not signed, with the office phone (P-19)."""
    contacts = delivery.box.unit.contacts
    return f"{contacts[0].name} {contacts[0].office_phone}" if contacts else ""


CHASE = RegisterPage(
    name="chase",
    title=_("催收清单"),
    print_title=_("催收清单"),
    register="deliveries",
    base=Eq("state", "pending"),
    visible=(late_from_us("from_carrier"),),
    columns=(
        URGENCY,
        BOX,
        Column(_("联系人"), contact),
        NUMBER,
        TITLE,
        AVAILABLE,
        Column(_("签收期限"), lambda delivery: delivery.sign_by, sort="sign_by", look="time"),
        Column(_("首开"), lambda delivery: delivery.first_opened_at, look="time"),
        Column(_("电话通知"), called),
    ),
    filters=(BY_TITLE, BY_BOX, BY_URGENCY, BY_ARRIVAL),
    sort="sign_by",
    opens=((lambda delivery: delivery.dispatch, P.DISPATCH_READ),),
)

RETURNS = RegisterPage(
    name="returns",
    title=_("退文登记簿"),
    print_title=_("退文登记簿"),
    register="deliveries",
    base=Eq("happened", "returned"),
    visible=EITHER_SIDE,
    columns=(
        Column(_("退文时间"), lambda delivery: delivery.returned_at, sort="returned", look="time"),
        NUMBER,
        TITLE,
        FROM,
        Column(_("退文的交换箱"), lambda delivery: delivery.box.title),
        Column(_("理由"), lambda delivery: words.return_reason(delivery, delivery.return_reason)),
        Column(_("说明"), lambda delivery: delivery.return_note),
        Column(_("发文方签收"), lambda delivery: _("是") if delivery.state == "return_closed" else _("否")),
    ),
    filters=(
        BY_TITLE,
        Choice("reason", _("理由"), "reason", said=words.return_reason),
        BY_SENDER,
        BY_BOX,
        Period("returned", _("退文时间"), "returned"),
    ),
    sort="-returned",
    opens=OPENS_DELIVERY,
)


def copies(dispatch: Any) -> int:
    """How many formal copies the recipients may print together (P-35)."""
    return sum(each.quota for each in dispatch.recipients)


OUTGOING = RegisterPage(
    name="outgoing",
    title=_("发文登记簿"),
    print_title=_("发文登记簿"),
    register="dispatches",
    base=AnyOf("state", SENT),
    visible=(sent_from("carrier"),),
    columns=(
        Column(_("发文字号"), lambda each: each.document.number, sort="series_order", look="number"),
        Column(_("标题"), lambda each: each.document.title, look="main"),
        Column(_("文种"), lambda each: each.document.kind),
        Column(_("成文日期"), lambda each: each.document.date, sort="dated", look="time"),
        Column(_("发送时间"), lambda each: each.sent_at, sort="sent", look="time"),
        Column(_("主送"), lambda each: listed(box.title for box in each.boxes(Address.MAIN))),
        Column(_("抄送"), lambda each: listed(box.title for box in each.boxes(Address.COPY))),
        Column(_("方式"), lambda each: KINDS_OF_SENDING[each.kind]),
        Column(_("份数"), copies),
        Column(_("状态"), lambda each: dispatches.STATES[each.state]),
    ),
    filters=(
        Holds("q", _("标题、字号"), "words"),
        Choice("series", _("字头"), "series"),
        Choice("year", _("年度"), "year", whole=True),
        Exactly("number", _("序号"), "sequence", form=sequence),
        Choice("kind", _("文种"), "kind"),
        Someone("drafter", _("拟稿人"), "drafter"),
        Period("dated", _("成文日期"), "dated", days=True),
        Choice("to", _("主送"), "to", said=words.box_title),
        Choice("copied", _("抄送"), "copied", said=words.box_title),
    ),
    sort="-series_order",
    opens=((lambda each: each, P.DISPATCH_READ),),
)

PAGES = (DELIVERIES, SIGNATURES, UNSIGNED, CHASE, RETURNS, OUTGOING)
