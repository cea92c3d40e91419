"""A call that came before its document is put to it when it arrives (R-16.4): by unit, urgency and time, number or title. What is not clear, a person decides."""

from datetime import timedelta
from typing import Any, NamedTuple

from content_types.delivery import Delivery
from content_types.phone_notice import Call, Direction, PhoneNotice
from govrepo import clock, numbering, rules
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, Range, register
from govrepo.database import site
from govrepo.i18n import _
from policies.actor import Actor, system_actor
from policies.administration import refuse, require
from policies.duty_shift import desk_box
from policies.engine import Act, Reason, record, table_of
from policies.permissions import Permission as P
from policies.phone_notice import call_problems, join, put
from policies.registers.keys import box_state, moment
from policies.roles import OFFICE_BOXES

ACTION = "phone_notice.record"
MOST = 100
"""Calls or deliveries among which a counterpart is looked for."""


class Told(NamedTuple):
    """What a caller says of the document to come: from which unit, how urgent, and number and title as far as told."""

    unit: Any
    urgency: str
    number: str = ""
    title: str = ""


def take(box: Any, told: Told, call: Call, actor: Actor) -> PhoneNotice:
    """Record a call that announces a document, and put it to the document if that is there already; raise Refused."""
    require(P.DUTY_WORK, box, actor, ACTION, "R-16.4")
    lacking = [] if told.unit is not None else [Reason(_("请选择来电单位。"), "R-16.4", "unit")]
    refuse([*lacking, *call_problems(call, clock.now(), "R-16.4")], box, ACTION)
    notice = PhoneNotice(box, Direction.IN, call, actor.person)
    notice.unit, notice.urgency, notice.number, notice.title = told
    notice.state = "awaiting"
    put(notice, actor)
    found = [each for each in arrivals(notice, actor.registry) if fits(notice, each.document)]
    if len(found) == 1:
        _match(notice, found[0], system_actor(actor.registry))
    return notice


def arrived(delivery: Delivery, registry: Any) -> PhoneNotice | None:
    """Put what has just arrived in an office box to the call that announced it, if exactly one fits best; answer that call."""
    desk = desk_box(site(delivery)) if delivery.box.kind in OFFICE_BOXES else None
    if desk is None or delivery.box.owner is not desk.owner:
        return None
    since = moment(clock.now() - _window(delivery, registry))
    waiting = Eq("box_state", box_state(str(desk.__name__), "awaiting")) & Eq("unit", delivery.document.unit.code)
    found = register(delivery, "phone_notices").query(waiting & Range("at", since, None), sort="at", limit=MOST).objects
    fitting = [each for each in found if fits(each, delivery.document)]
    best = _sharpest(fitting, delivery.document)
    if best is not None:
        _match(best, delivery, system_actor(registry))
    return best


def arrivals(notice: PhoneNotice, registry: Any) -> list[Delivery]:
    """The deliveries of the unit in the office's boxes, within the window round the call, that no other call was put to."""
    exchange, window = site(notice)["exchange"], _window(notice, registry)
    names = [name for name, box in exchange.items() if box.kind in OFFICE_BOXES and box.owner is notice.box.owner]
    near = Range("available", moment(notice.at - window), moment(notice.at + window))
    query = AnyOf("box", names) & Eq("from_unit", notice.unit.code) & near
    found = register(notice, "deliveries").query(query, sort="available", reverse=True, limit=MOST).objects
    return [each for each in found if not _announced(each)]


def _announced(delivery: Delivery) -> bool:
    put_to = Eq("delivery", delivery.uid) & Eq("direction", str(Direction.IN))
    return bool(register(delivery, "phone_notices").count(put_to))


def _window(context: Any, registry: Any) -> timedelta:
    return timedelta(hours=rules.value(context, registry.govrepo_settings, "phone_notice_hours"))


def fits(notice: PhoneNotice, document: Any) -> bool:
    """Whether nothing that the caller said contradicts a document: unit, urgency, number, title."""
    if notice.unit is not document.unit or notice.urgency != str(document.urgency):
        return False
    if notice.number:
        return numbering.normal(notice.number) == numbering.normal(document.number)
    return not notice.title or _alike(notice.title, document.title)


def _alike(first: str, second: str) -> bool:
    one, other = ("".join(each.split()) for each in (first, second))
    return one in other or other in one


def _sharpness(notice: PhoneNotice, document: Any) -> int:
    """How much speaks for it: 2 for the number, 1 for the title, 0 for unit, urgency and time alone."""
    return 2 if notice.number else int(bool(notice.title) and _alike(notice.title, document.title))


def _sharpest(fitting: list[PhoneNotice], document: Any) -> PhoneNotice | None:
    """The call for which most speaks; None where two are alike: then a person decides."""
    ranked = sorted(fitting, key=lambda each: _sharpness(each, document), reverse=True)
    if len(ranked) > 1 and _sharpness(ranked[0], document) == _sharpness(ranked[1], document):
        return None
    return ranked[0] if ranked else None


def _match(notice: PhoneNotice, delivery: Delivery, actor: Actor) -> None:
    act = Act(notice, actor, clock.now(), {"delivery": delivery, "note": delivery.uid})
    join(act)
    notice.state = "matched"
    record(table_of(notice), "match", act, "awaiting")
