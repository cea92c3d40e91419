"""What a merger and a cancellation of a unit need and do (P-13, P-14, P-15; domain.md 5.8).

A merged unit's people and divisions go over to the successor, and its boxes are finished there, those it inherited itself too; roles
for the old unit end, for new ones come from reviewed requests only (R-7.4). A cancelled unit's boxes are read by the keepers of
documents in the operating office only. Whatever closes a box rings its bell, and so does whatever comes in: the two cannot pass each
other unseen.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from content_types.exchange_box import ExchangeBox
from content_types.unit import Connection, Unit, UnitKind
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, Range, register
from govrepo.database import site
from govrepo.i18n import _
from policies.access import refresh
from policies.appointment import end
from policies.engine import Act, Reason, record, table_of
from policies.exchange_box import title_boxes
from policies.person import everybody_of, person_changed, set_person_acl
from policies.registers.keys import box_state, moment
from policies.scopes import divisions_of
from policies.seal import end_seals

WAITING = ("pending", "signed")
UNSETTLED = ("registered", "proposed", "instructed", "handling")
"""The states of a register entry that is open (5.5)."""
DRAFTED = ("drafting", "submitted", "released")


def is_ordinary(unit: Unit) -> bool:
    """Whether a unit may be merged, cancelled or suspended at all."""
    runs = unit.operator or any(division.operator for division in divisions_of(unit))
    return unit.kind not in (UnitKind.PROVINCE, UnitKind.GENERAL_OFFICE) and not runs


def boxes_of_unit(unit: Unit) -> Iterator[ExchangeBox]:
    """The boxes a unit and its divisions work: their own, and those inherited from units merged into it before."""
    owners = (unit, *divisions_of(unit))
    yield from (box for box in site(unit)["exchange"].values() if any(box.owner is owner for owner in owners))


def _count(unit: Unit, name: str, states: tuple[str, ...]) -> int:
    keys = [box_state(box.__name__, state) for box in boxes_of_unit(unit) for state in states]
    return int(register(unit, name).count(AnyOf("box_state", keys))) if keys else 0


def came_back(root: Any, carriers: Iterable[str]) -> int:
    """How many sendings of these boxes or desks came back and have not been acknowledged (P-39)."""
    found = AnyOf("from_carrier", list(carriers)) & Eq("state", "returned") & Eq("internal", 0)
    return int(register(root, "deliveries").count(found))


# Guards.


def open_entries(root: Any, boxes: Iterable[str]) -> int:
    """How many entries in the registers of these boxes are not concluded (5.5)."""
    return int(register(root, "register_entries").count(AnyOf("box", list(boxes)) & AnyOf("state", UNSETTLED)))


def nothing_pending(act: Act) -> list[Reason]:
    """5.8, cancel: no delivery waits to be signed for or distributed, no entry is open, nothing that came back waits (P-39)."""
    boxes = [str(box.__name__) for box in boxes_of_unit(act.context)]
    waiting = _count(act.context, "deliveries", WAITING)
    unsettled, returned = open_entries(act.context, boxes), came_back(act.context, boxes)
    counted = (
        (waiting, _("还有 ${number} 件来文没有签收或者分办。", mapping={"number": waiting})),
        (unsettled, _("还有 ${number} 件收文登记没有办结。", mapping={"number": unsettled})),
        (returned, _("还有 ${number} 件退件没有签收。", mapping={"number": returned})),
    )
    return [Reason(words, "P-13") for number, words in counted if number]


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
    """P-14: successor, people, divisions and boxes go over; seals of and roles for the old unit end."""
    unit, heir = act.context, act.context.pending.successor
    boxes = [box for box in site(unit)["exchange"].values() if box.owner is unit]
    unit.successor, unit.state = heir, "merged"  # The ACLs below are computed from it.
    _take_divisions(unit, heir, act)
    end_seals(unit, act)
    end_roles(unit, (unit.scope,), act.now)
    for person in everybody_of(unit):
        if person.state != "closed":
            person.unit = heir
            set_person_acl(person, act.actor.registry)
            person_changed(person)
    for box in boxes:
        box.owner, box.inherited_from, box.state = heir, box.inherited_from or unit, "closed"
        box.bell.ring()
    for box in site(unit)["exchange"].values():
        if box.owner is heir:  # Also the heir's own: an office's grants something to the roles of each division.
            refresh(box, act.actor.registry)


def _take_divisions(unit: Unit, heir: Unit, act: Act) -> None:
    """The divisions go behind those the heir has; their boxes are called after it."""
    last = max((each.rank for each in divisions_of(heir)), default=0)
    for place, division in enumerate(divisions_of(unit), start=1):
        unit.move(division.code, heir, registry=act.actor.registry)
        division.rank = last + place
    title_boxes(heir)


def end_roles(context: Any, scopes: Iterable[str], at: datetime) -> None:
    """Whoever holds a role of these units or divisions, from whatever unit, holds it no longer."""
    held = AnyOf("scope", list(scopes)) & Range("until", moment(at) + 1, None)
    for each in register(context, "appointments").query(held, sort="order", limit=5_000).objects:
        end(each, at)


def cancel(act: Act) -> None:
    """P-13: the unit leaves the directory, its seals end, nobody has a role in it; its boxes take nothing more and are kept for reading."""
    unit = act.context
    unit.state, unit.connection = "cancelled", Connection.NONE  # The ACLs below are computed from it.
    end_seals(unit, act)
    end_roles(unit, (unit.scope, *(division.scope for division in divisions_of(unit))), act.now)
    for division in divisions_of(unit):
        if division.state == "active":
            division.state = "closed"
            record(table_of(division), "close", Act(division, act.actor, act.now), "active")
    for box in boxes_of_unit(unit):
        close_box(box, act)


def close_box(box: ExchangeBox, act: Act) -> None:
    """A box takes nothing more, and is read by those who keep what is in it."""
    box.state = "closed"
    box.bell.ring()
    refresh(box, act.actor.registry)
