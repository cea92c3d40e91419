"""Calls to divisions (R-20.3): what is urgent and lies in a division's box is told by telephone, inside its limit."""

from typing import Any

from content_types.content import month_shelf, shelf
from content_types.delivery import Delivery
from content_types.division_call import DivisionCall
from content_types.exchange_box import BoxKind
from content_types.official_document import Urgency
from content_types.phone_notice import Call, Direction, PhoneNotice, Result
from govrepo import clock
from govrepo.catalog import Eq, register
from govrepo.database import site
from govrepo.i18n import _
from policies.actor import Actor
from policies.administration import refuse, require
from policies.deadlines import SIGN_WITHIN
from policies.duty_shift import desk_box
from policies.engine import Act, Reason, Table, Transition, record, table_of
from policies.permissions import Permission as P
from policies.phone_notice import about, call_problems, notices_of, put

ACTION = "division_call.tell"
PLACE = "division_calls"
STATES = {"due": _("待电话通知"), "told": _("已电话通知"), "dropped": _("无须通知")}


def ask(delivery: Delivery, actor: Actor) -> DivisionCall | None:
    """Ask the section to telephone a division about what is urgent in its box, unless it has been told already (R-20.3)."""
    urgency = delivery.document.urgency
    if urgency == Urgency.PLAIN or delivery.box.kind is not BoxKind.DIVISION:
        return None
    box, now = desk_box(site(delivery)), clock.now()
    if box is None or delivery.box.owner.unit is not box.owner or is_told(delivery):
        return None
    call = DivisionCall(box, delivery, now + SIGN_WITHIN[str(urgency)])
    month_shelf(shelf(box, PLACE), now)[call.uid] = call
    record(table_of(call), "ask", Act(call, actor, now, {}), "")
    return call


def is_told(delivery: Delivery) -> bool:
    """Whether the division was told of the document before it got it, while it lay in the office's box."""
    return delivery.internal and any(
        each.told and each.division is delivery.box.owner for each in notices_of(delivery.source)
    )


def tasks_about(delivery: Delivery) -> tuple[DivisionCall, ...]:
    """The calls that were asked for about a delivery."""
    found: tuple[DivisionCall, ...] = (
        register(delivery, "division_calls").query(Eq("delivery", delivery.uid), sort="due", limit=5).objects
    )
    return found


def tell(box: Any, delivery: Delivery, division: Any, call: Call, actor: Actor) -> PhoneNotice:
    """Record a call to a division about what lies in an office box, before it is distributed; raise Refused."""
    require(P.DUTY_WORK, box, actor, ACTION, "R-20.3")
    lacking = [] if division is not None else [Reason(_("请选择所通知的处室。"), "R-20.3", "division")]
    refuse([*lacking, *call_problems(call, clock.now(), "R-20.3")], box, ACTION)
    return _made(box, delivery, division, call, actor)


def _made(box: Any, delivery: Delivery, division: Any, call: Call, actor: Actor) -> PhoneNotice:
    notice = PhoneNotice(box, Direction.OUT, call, actor.person)
    about(notice, delivery.document)
    notice.delivery, notice.division = delivery, division
    return put(notice, actor)


def still_waiting(act: Act) -> Reason | None:
    """There is no need to call about what the division has signed for, or has no more."""
    waits = act.context.delivery.state == "pending"
    return Reason(_("处室尚未签收，仍须电话通知。"), "R-20.3") if waits else None


def call_given(act: Act) -> list[Reason]:
    """A call has its time, its caller, and who answered."""
    call = act.given.get("call")
    return call_problems(call or Call(None, "", ""), act.now, "R-20.3")


def attempt_given(act: Act) -> list[Reason]:
    """Of a call that nobody answered: its time and its caller."""
    call = act.given.get("call") or Call(None, "", "")
    return [each for each in call_problems(call, act.now, "R-20.3") if each.field != "called"]


def _keep(result: Result) -> Any:
    """The effect that keeps the call as a notice, with what came of it."""

    def keep(act: Act) -> None:
        task, call = act.context, act.given["call"]._replace(result=result)
        notice = _made(task.box, task.delivery, task.division, call, act.actor)
        task.notices = (*task.notices, notice)

    return keep


TABLE = Table(
    noun="division_call",
    label=_("电话通知处室"),
    begun={"ask": _("待电话通知")},
    content_type="DivisionCall",
    initial="due",
    states=STATES,
    transitions=(
        Transition(
            "tell", _("已告知"), ("due",), "told", P.DUTY_WORK, article="R-20.3",
            inputs=(call_given,), effects=(_keep(Result.TOLD),),
        ),
        Transition(
            "miss", _("无人接听"), ("due",), None, P.DUTY_WORK, article="R-20.3",
            inputs=(attempt_given,), effects=(_keep(Result.UNANSWERED),),
        ),
        Transition("drop", _("无须通知"), ("due",), "dropped", P.DUTY_WORK, article="R-20.3", guards=(still_waiting,)),
    ),
    register="division_calls",
)  # fmt: skip


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(DivisionCall, TABLE)
