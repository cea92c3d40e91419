"""Phone notices (R-16.2..4, P-5): a sender's of what is urgent outside working hours, and those the duty officer takes before a document arrives."""

from datetime import datetime
from typing import Any

from content_types.content import month_shelf, shelf
from content_types.official_document import Urgency
from content_types.phone_notice import Call, Direction, PhoneNotice, Result
from govrepo import clock, rules
from govrepo.catalog import Eq, register
from govrepo.database import site
from govrepo.i18n import _, plain
from policies.actor import Actor
from policies.deadlines import SIGN_WITHIN
from policies.engine import Act, Reason, Table, Transition, record, table_of
from policies.permissions import Permission as P
from policies.working_time import hours, is_working_time

PLACE = "phone_notices"
"""The name of the shelf in a box where its records lie by month."""
STATES = {
    "recorded": _("已登记"),
    "awaiting": _("待到文"),
    "matched": _("已对应来文"),
    "dropped": _("不再等待"),
}
RESULTS = {Result.TOLD: _("已告知"), Result.UNANSWERED: _("无人接听"), Result.NOT_NOTIFIED: _("未电话通知")}
DIRECTIONS = {Direction.IN: _("打入"), Direction.OUT: _("打出")}
RESPONSIBILITY = _("非工作时间发送急件未电话通知省政府值班室，由此延误的责任由发文单位承担。")
"""What a sender takes on with the tick 未电话通知 (R-16.3)."""
MOST = 50
"""Notices of one document that are shown."""


def demanded(dispatch: Any, at: datetime, registry: Any) -> bool:
    """Whether sending at an instant asks for a phone notice: urgent, and outside working hours (R-16.2, P-5)."""
    spans = hours(rules.value(dispatch, registry.govrepo_settings, "half_days", at))
    return dispatch.document.urgency != Urgency.PLAIN and not is_working_time(at, site(dispatch).calendar, spans)


def given_where_demanded(act: Act) -> list[Reason]:
    """Outside working hours what is urgent is sent with a phone notice, or with the word that nobody was called (R-16.2, R-16.3)."""
    if not demanded(act.context, act.now, act.actor.registry):
        return []
    call = act.given.get("call")
    if call is None:
        words = _("非工作时间发送急件，须先电话通知省政府值班室并登记，或者勾选“未电话通知”。")
        return [Reason(words, "R-16.2", "call_at")]
    return [] if call.result is Result.NOT_NOTIFIED else call_problems(call, act.now, "R-16.2")


def call_problems(call: Call, now: datetime, article: str) -> list[Reason]:
    """What a call lacks: its time, not ahead, who called, who was called."""
    problems = []
    if call.at is None or call.at > now:
        problems.append(Reason(_("请填写通话时间，不能晚于现在。"), article, "call_at"))
    if not call.caller:
        problems.append(Reason(_("请填写打电话的人。"), article, "caller"))
    if not call.called:
        problems.append(Reason(_("请填写接电话的单位和人员。"), article, "called"))
    return problems


def keep_with_dispatch(act: Act) -> None:
    """Effect of send: the notice, or the word that there was none, stays with the dispatch (R-16.2, R-16.3)."""
    call, dispatch = act.given.get("call"), act.context
    if call is None or not demanded(dispatch, act.now, act.actor.registry):
        return
    if call.result is Result.NOT_NOTIFIED:
        call = Call(act.now, act.actor.name, "", Result.NOT_NOTIFIED, plain(RESPONSIBILITY))
    notice = PhoneNotice(dispatch.box, Direction.OUT, call, act.actor.person)
    about(notice, dispatch.document)
    notice.dispatch = dispatch
    dispatch.phone_notice = put(notice, act.actor)


def about(notice: PhoneNotice, document: Any) -> None:
    """Note of which document a call is."""
    notice.unit, notice.number, notice.title = document.unit, document.number, document.title
    notice.urgency = str(document.urgency)


def put(notice: PhoneNotice, actor: Actor) -> PhoneNotice:
    """Put a record in its place in its box, and record it."""
    now = clock.now()
    month_shelf(shelf(notice.box, PLACE), now)[notice.uid] = notice
    record(table_of(notice), "record", Act(notice, actor, now, {"note": notice.words}), "")
    return notice


def notices_of(delivery: Any) -> list[PhoneNotice]:
    """The notices of a delivery, the oldest first: the sender's, those matched to it, and the calls made about it."""
    own = register(delivery, "phone_notices").query(Eq("delivery", delivery.uid), sort="at", limit=MOST).objects
    sent = delivery.dispatch.phone_notice
    return [*([] if sent is None else [sent]), *own]


def delivery_given(act: Act) -> Reason | None:
    """By hand a call is put to what lies in a box of the office whose people took it (R-16.4)."""
    delivery = act.given.get("delivery")
    if delivery is not None and delivery.box.owner is act.context.box.owner:
        return None
    return Reason(_("请选择所对应的来文。"), "R-16.4", "delivery")


def reason_given(act: Act) -> Reason | None:
    """Who takes a match back, or no longer waits, says why."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请写明理由。"), "R-16.4", "note")


def join(act: Act) -> None:
    """Effect of a match: the call names its delivery, which is then to be signed for at once: P-56, the limit of what is most urgent."""
    notice, delivery = act.context, act.given["delivery"]
    notice.delivery = delivery
    if delivery.sign_by is not None and delivery.state == "pending":
        at_once = max(act.now, delivery.available_at) + SIGN_WITHIN[Urgency.MOST_URGENT]
        delivery.sign_by = min(delivery.sign_by, at_once)


def part(act: Act) -> None:
    """Effect of taking a match back: the call waits again."""
    act.context.delivery = None


TABLE = Table(
    noun="phone_notice",
    label=_("电话通知"),
    begun={"record": _("登记电话通知")},
    content_type="PhoneNotice",
    initial="recorded",
    states=STATES,
    transitions=(
        Transition(
            "match", _("对应来文"), ("awaiting",), "matched", P.DUTY_WORK, article="R-16.4",
            inputs=(delivery_given,), effects=(join,),
        ),
        Transition(
            "part", _("撤销对应"), ("matched",), "awaiting", P.DUTY_WORK, article="R-16.4",
            inputs=(reason_given,), effects=(part,),
        ),
        Transition(
            "drop", _("不再等待"), ("awaiting",), "dropped", P.DUTY_WORK, article="R-16.4", inputs=(reason_given,)
        ),
    ),
    register="phone_notices",
)  # fmt: skip


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(PhoneNotice, TABLE)
