"""The paper item's workflow (纸质件, domain.md 4.8, part 6 纸质件核对): expected, received, waived, lost (R-N2.1 to R-N2.3, P-34, R-12.5).

Paper that comes without an electronic twin is entered by hand, and matched when the twin comes. What is expected is made by the worker
(``paper_making.py``).
"""

from datetime import date
from typing import Any

from content_types.content import month_shelf, shelf
from content_types.delivery import Delivery
from content_types.exchange_box import ExchangeBox
from content_types.paper_item import Claim, PaperItem, PaperKind
from govrepo import clock, numbering, rules
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, register
from govrepo.database import site
from govrepo.i18n import _
from policies import paper_code, sending
from policies.actor import Actor
from policies.administration import refuse, require
from policies.deadlines import working_days_after
from policies.engine import Act, Reason, Table, Transition, act, record
from policies.permissions import Permission as P

STATES = {
    "expected": _("待收"),
    "received": _("已收"),
    "waived": _("免收"),
    "lost": _("遗失"),
    "unmatched": _("无电子件，待配对"),
    "matched": _("已配对"),
    "kept": _("单独办理"),
}
KINDS = {
    PaperKind.TWIN: _("双轨纸质件"),
    PaperKind.SPECIAL: _("特殊附件"),
    PaperKind.FALLBACK: _("故障改送纸质"),
    PaperKind.FOUND: _("手工登记"),
}
CHANNELS = {
    "confidential": _("机要交通"),
    "messenger": _("专人送达"),
    "post": _("邮寄"),
    "other": _("其他"),
}
"""By which way what cannot be digitised goes (P-34, P-80)."""
OPEN = ("expected", "lost")
"""States in which paper is still looked for."""
MOST_COPIES, LONGEST_TITLE, LONGEST_TEXT = 999, 500, 100
MOST_ALIKE = 50
"""Items or deliveries of one number in one box."""
ENTER = "paper_item.enter"
NOT_OWN = sending.NOT_OWN


def of_dispatch(item: PaperItem) -> Any:
    """The sender's side of a paper item: its dispatch, whose ACL decides."""
    return item.dispatch or item


def due_day(context: Any, registry: Any) -> date:
    """The last day by which paper sent today should be there, by the rule in force (R-N2.2)."""
    days = int(rules.value(context, registry.govrepo_settings, "paper_days"))
    return working_days_after(clock.today(), days, site(context).calendar)


def is_late(item: PaperItem) -> bool:
    """Whether paper is looked for after the day it was due."""
    return item.state in OPEN and item.due is not None and clock.today() > item.due


def items_of(delivery: Delivery) -> list[PaperItem]:
    """The paper that belongs to a delivery, in the order it was made."""
    asked = Eq("delivery", delivery.uid)
    return list(register(delivery, "paper_items").query(asked, sort="order", limit=MOST_ALIKE).objects)


def candidates(found: PaperItem) -> list[Any]:
    """What paper entered by hand may be: items of its box that are looked for, and deliveries without any, of the same number."""
    if found.state != "unmatched" or not found.number:
        return []
    here = Eq("box", str(found.box.__name__)) & Eq("number", numbering.normal(found.number))
    items = register(found, "paper_items").query(here & AnyOf("state", OPEN), sort="order", limit=MOST_ALIKE).objects
    return [*items, *_bare_deliveries(found)]


def _bare_deliveries(found: PaperItem) -> list[Delivery]:
    """The deliveries in the box of the number on the paper to which no paper belongs: single track, or sent by an older release."""
    try:
        number = numbering.parse(found.number)
    except numbering.NumberError:
        return []
    asked = Eq("series", number.code) & Eq("year", number.year) & Eq("sequence", number.sequence)
    sent = register(found, "dispatches").query(asked, sort="order", limit=MOST_ALIKE).objects
    there = (each.tracking.deliveries.get(found.box.__name__) for each in sent)
    return [each for each in there if each is not None and not items_of(each)]


# Guards.


def own_sending(act: Act) -> Reason | None:
    """R-24.5: what was sent is looked after by whoever may send it."""
    dispatch = act.context.dispatch
    return None if dispatch is None or sending.is_own(dispatch, act.actor.person) else NOT_OWN


def not_by_match(act: Act) -> Reason | None:
    """What was received by a match is undone where the match was made."""
    if act.context.matched_with is None:
        return None
    return Reason(_("本件由手工登记的纸质件配对收到，请在那一件上撤销配对。"), "R-N2.2")


def receipt_given(act: Act) -> list[Reason]:
    """R-N2.2: the day it came, not later than today, and how many copies."""
    return receipt_problems(act.given)


def receipt_problems(given: Any) -> list[Reason]:
    """What is wrong with the day, the copies and the condition of paper that came, by field."""
    problems, day, copies = [], given.get("day"), given.get("copies")
    if not isinstance(day, date) or day > clock.today():
        problems.append(Reason(_("请填写收到日期，不晚于今天。"), "R-N2.2", "day"))
    if not isinstance(copies, int) or not 1 <= copies <= MOST_COPIES:
        problems.append(Reason(_("请填写收到的份数，1 至 999。"), "R-N2.2", "copies"))
    if len(str(given.get("note", ""))) > LONGEST_TITLE:
        problems.append(Reason(_("不超过 500 个字。"), "R-N2.2", "note"))
    return problems


def reason_given(act: Act) -> Reason | None:
    """R-N2.2: why paper will not come, is lost, or was marked wrongly, is said in words."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请写明理由。"), "R-N2.2", "note")


def target_given(act: Act) -> Reason | None:
    """What paper is matched with is one of those it may be."""
    if act.given.get("target") in candidates(act.context):
        return None
    return Reason(_("请选择本箱中文号相同、尚未收到纸质件的文件。"), "R-N2.2", "target")


# Effects.


def mark_received(act: Act) -> None:
    """R-N2.2: the date, by whom; how many copies, in which condition."""
    item, given = act.context, act.given
    item.received_on, item.received_by, item.received_at = given["day"], act.actor.person, act.now
    item.copies_received, item.condition = given["copies"], str(given.get("note", ""))


def forget_receipt(act: Act) -> None:
    """What was marked by mistake was not received; the history keeps the mistake."""
    item = act.context
    item.received_on = item.received_by = item.received_at = None
    item.copies_received, item.condition = 0, ""


def expect_anew(act: Act) -> None:
    """What is sent once more is due anew."""
    act.context.due = due_day(act.context, act.actor.registry)


def join(act: Act) -> None:
    """The expected item is received as the paper was; a delivery without one takes the paper as it is."""
    found, target = act.context, act.given["target"]
    if isinstance(target, Delivery):
        found.delivery = target
        return
    receive(target, act.actor, found.received_on, found.copies_received, found.condition)
    found.delivery, found.matched_with, target.matched_with = target.delivery, target, found


def part(act: Act) -> None:
    """A wrong match is undone on both sides."""
    found, target = act.context, act.context.matched_with
    found.delivery = found.matched_with = None
    if target is not None:
        target.matched_with = None
        do_reopen(target, act.actor, act.given["note"])


def receive(item: PaperItem, actor: Actor, day: date | None, copies: int, note: str = "") -> None:
    """Mark an item received; raise Refused."""
    act(item, "receive", actor, day=day, copies=copies, note=note)


def do_reopen(item: PaperItem, actor: Actor, note: str) -> None:
    """Take a receipt back; raise Refused."""
    act(item, "reopen", actor, note=note)


def received_copies(act: Act) -> dict[str, Any]:
    """What the journal keeps of a receipt: the number of copies."""
    return {"copies": act.context.copies_received}


def enter(box: ExchangeBox, claim: Claim, given: dict[str, Any], actor: Actor) -> PaperItem:
    """Enter paper that came without an electronic twin; raise Refused, with reasons by field."""
    require(P.PAPER_RECEIVE, box, actor, ENTER, "R-N2.2")
    refuse([*_claim_problems(claim), *receipt_problems(given)], box, ENTER)
    item = PaperItem(box, PaperKind.FOUND, copies=given["copies"])
    item.claim, item.state = claim, "unmatched"
    item.code = paper_code.make(item.uid)
    item.expected_on = clock.today()
    month_shelf(shelf(box, "paper_items"), clock.now())[item.uid] = item
    done = Act(item, actor, clock.now(), given)
    mark_received(done)
    record(TABLE, "enter", done, "")
    return item


def _claim_problems(claim: Claim) -> list[Reason]:
    problems = []
    if not 1 <= len(claim.sender) <= LONGEST_TEXT:
        problems.append(Reason(_("请填写来文单位。"), "R-N2.2", "sender"))
    if not 1 <= len(claim.title) <= LONGEST_TITLE:
        problems.append(Reason(_("请填写标题。"), "R-N2.2", "title"))
    if len(claim.number) > LONGEST_TEXT:
        problems.append(Reason(_("文号过长。"), "R-N2.2", "number"))
    return problems


def _row(name: str, title: str, sources: tuple[str, ...], target: str, **more: Any) -> Transition:
    permission = more.pop("permission", P.PAPER_RECEIVE)
    return Transition(name, title, sources, target, permission, article="R-N2.2", **more)


WHY = (reason_given,)
TRANSITIONS = (
    _row("receive", _("收到"), OPEN, "received", inputs=(receipt_given,), effects=(mark_received,), details=received_copies),
    _row("waive", _("登记免收"), OPEN, "waived", inputs=WHY),
    _row("report_lost", _("报告遗失"), ("expected",), "lost", inputs=WHY),
    _row("reopen", _("撤销收件登记"), ("received", "waived"), "expected", guards=(not_by_match,), inputs=WHY, effects=(forget_receipt,)),
    _row(
        "send_again", _("已补送"), ("lost",), "expected", permission=P.DISPATCH_SEND, authority=of_dispatch,
        guards=(own_sending,), inputs=WHY, effects=(expect_anew,),
    ),
    _row("match", _("配对"), ("unmatched",), "matched", inputs=(target_given,), effects=(join,)),
    _row("unmatch", _("撤销配对"), ("matched",), "unmatched", inputs=WHY, effects=(part,)),
    _row("keep", _("单独办理"), ("unmatched",), "kept", inputs=WHY),
)  # fmt: skip


def facts(item: PaperItem) -> dict[str, Any]:
    """Of what came: on which day, and how many copies."""
    return {"received_on": item.received_on and item.received_on.isoformat(), "copies": item.copies_received}


TABLE = Table(
    noun="paper_item",
    label=_("纸质件"),
    begun={"expect": _("待收纸质件"), "expect_again": _("再次待收"), "enter": _("手工登记")},
    content_type="PaperItem",
    initial="expected",
    states=STATES,
    transitions=TRANSITIONS,
    register="paper_items",
    facts=facts,
)


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(PaperItem, TABLE)
