"""What a merger and a cancellation of a unit need and do (P-13, P-14, P-15; domain.md 5.8).

A merged unit's people and divisions go over to the successor, and its box is finished there; roles for the old unit end, for new ones
come from reviewed requests only (R-7.4). A cancelled unit's boxes are read by the keepers of documents in the operating office only.
"""

from collections.abc import Iterator
from typing import Any

from content_types.appointment import Appointment
from content_types.exchange_box import ExchangeBox
from content_types.unit import Connection, Unit, UnitKind
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import register
from govrepo.database import site
from govrepo.i18n import _
from policies.access import refresh
from policies.appointment import end
from policies.engine import Act, Reason, record, table_of
from policies.exchange_box import title_boxes
from policies.person import everybody_of, person_changed, set_person_acl
from policies.registers import box_state
from policies.scopes import divisions_of

WAITING = ("pending", "signed")
DRAFTED = ("drafting", "submitted", "released")


def is_ordinary(unit: Unit) -> bool:
    """Whether a unit may be merged, cancelled or suspended at all."""
    runs = unit.operator or any(division.operator for division in divisions_of(unit))
    return unit.kind not in (UnitKind.PROVINCE, UnitKind.GENERAL_OFFICE) and not runs


def boxes_of_unit(unit: Unit) -> Iterator[ExchangeBox]:
    """The box of a unit, and those of its divisions."""
    exchange = site(unit)["exchange"]
    names = (place.box_name for place in (unit, *divisions_of(unit)))
    yield from (exchange[name] for name in names if name)


def _count(unit: Unit, name: str, states: tuple[str, ...]) -> int:
    keys = [box_state(box.__name__, state) for box in boxes_of_unit(unit) for state in states]
    return int(register(unit, name).count(AnyOf("box_state", keys))) if keys else 0


# Guards.


def nothing_pending(act: Act) -> Reason | None:
    """5.8, cancel: no delivery waits to be signed for or distributed."""
    number = _count(act.context, "deliveries", WAITING)
    words = _("还有 ${number} 件来文没有签收或者分办。", mapping={"number": number})
    return Reason(words, "P-13") if number else None


def nothing_drafted(act: Act) -> Reason | None:
    """5.8: no draft is left, for nothing is sent in a name that is gone."""
    number = _count(act.context, "dispatches", DRAFTED)
    words = _("还有 ${number} 件发文没有发送，请先发送或者撤销。", mapping={"number": number})
    return Reason(words, "P-14") if number else None


def accounts_closed(act: Act) -> Reason | None:
    """5.8, cancel: the unit's users have been closed (P-13)."""
    number = sum(person.state != "closed" for person in everybody_of(act.context))
    words = _("还有 ${number} 个账号没有注销。", mapping={"number": number})
    return Reason(words, "P-13") if number else None


def seal_destroyed(act: Act) -> Reason | None:
    """5.8, cancel: the seal is destroyed, and the unit's record says so."""
    words = _("请先销毁印章，并在联通情况中去掉“盖章系统”。")
    return Reason(words, "P-13") if act.context.has_seal else None


def successor_stands(act: Act) -> Reason | None:
    """P-14: the unit that stays is still in service."""
    pending = act.context.pending
    other = pending.successor if pending else None
    if other is None or (other.state == "active" and other.box_name):
        return None
    return Reason(_("承接单位“${name}”不在用。", mapping={"name": other.name}), "P-14")


# Effects.


def merge(act: Act) -> None:
    """P-14: successor, people, divisions and box go over; roles for the old unit end."""
    unit, heir = act.context, act.context.pending.successor
    unit.successor, unit.state = heir, "merged"  # The ACLs below are computed from it.
    for division in divisions_of(unit):
        unit.move(division.code, heir, registry=act.actor.registry)
    title_boxes(heir)
    for person in everybody_of(unit):
        _go_over(person, unit, heir, act)
    if unit.box_name:
        box = site(unit)["exchange"][unit.box_name]
        box.owner, box.inherited_from, box.state = heir, unit, "closed"
        refresh(box, act.actor.registry)


def _go_over(person: Any, unit: Unit, heir: Unit, act: Act) -> None:
    """A person's new unit; roles of the old unit's scope end, those of the division stay with the division."""
    for each in person.values():
        if isinstance(each, Appointment) and each.scope == unit.scope:
            end(each, act.now)
    person.unit = heir
    set_person_acl(person, act.actor.registry)
    person_changed(person)


def cancel(act: Act) -> None:
    """P-13: the unit leaves the directory; its boxes take nothing more and are kept for reading."""
    unit = act.context
    unit.state, unit.connection = "cancelled", Connection.NONE  # The ACLs below are computed from it.
    for division in divisions_of(unit):
        source, division.state = division.state, "closed"
        record(table_of(division), "close", Act(division, act.actor, act.now), source)
    for box in boxes_of_unit(unit):
        box.state = "closed"
        refresh(box, act.actor.registry)
