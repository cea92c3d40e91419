"""The division's workflow (处室; R-11.1, R-35.1, R-8.1): made by the administrator with its box, closed once nothing is left in it."""

from typing import Any

from content_types.division import Division
from content_types.exchange_box import BoxKind
from content_types.person import Person
from content_types.unit import Unit
from govrepo import clock
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, Range, register
from govrepo.database import site
from govrepo.i18n import _
from policies.access import refresh
from policies.actor import Actor
from policies.administration import refuse, require
from policies.engine import Act, Reason, Table, Transition, record, table_of
from policies.exchange_box import division_box_title, make_box
from policies.permissions import Permission as P
from policies.registers import box_state, moment
from policies.scopes import divisions_of, place_of
from policies.unit_application import CODE, LONGEST_CODE, LONGEST_SHORT
from policies.unit_ending import DRAFTED, WAITING

STATES = {"active": _("在用"), "closed": _("已撤销")}
ACTION = "division.create"


def create(unit: Unit, code: str, name: str, actor: Actor) -> Division:
    """Make a division of a unit in service, with its box; raise Refused."""
    require(P.UNIT_MANAGE, unit, actor, ACTION)
    code, name = code.strip(), name.strip()
    refuse(_problems(unit, code, name), unit, ACTION)
    division = Division(code, name, rank=max((each.rank for each in divisions_of(unit)), default=0) + 1)
    division.created_by = actor.id
    unit.add(code, division, registry=actor.registry)
    make_box(division, box_name(unit, code), division_box_title(unit, name), BoxKind.DIVISION, actor.registry)
    for box in site(unit)["exchange"].values():
        if box.owner is unit:  # The office's boxes grant something to the roles of each division.
            refresh(box, actor.registry)
    record(table_of(division), "create", Act(division, actor, clock.now(), {"note": name}), "")
    return division


def box_name(unit: Unit, code: str) -> str:
    """The name of a division's box."""
    return f"{unit.code}-{code}"


def _problems(unit: Unit, code: str, name: str) -> list[Reason]:
    root, problems = site(unit), []
    if unit.state != "active":
        problems.append(Reason(_("该单位不在用。"), "5.8", "code"))
    if not CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        problems.append(Reason(_("处室代码用小写英文字母开头，可含数字和连字符，不超过 30 个字符。"), "P-16", "code"))
    elif place_of(f"division:{code}", root) is not None or box_name(unit, code) in root["exchange"]:
        problems.append(Reason(_("这个代码已经用过，代码不重复使用。"), "P-16", "code"))
    if not 1 <= len(name) <= LONGEST_SHORT:
        problems.append(Reason(_("请填写处室名称，不超过 20 个字符。"), "R-11.1", "name"))
    elif any(each.name == name and each.state == "active" for each in divisions_of(unit)):
        problems.append(Reason(_("本单位已有同名处室。"), "R-11.1", "name"))
    return problems


def nothing_left(act: Act) -> list[Reason]:
    """R-11.1: nothing waits in the division's box, and no draft of it."""
    name, root = act.context.box_name, site(act.context)
    keys = {
        "deliveries": [box_state(name, state) for state in WAITING],
        "dispatches": [box_state(name, state) for state in DRAFTED],
    }
    words = {"deliveries": _("处室交换箱里还有没有签收或者分办的来文。"), "dispatches": _("处室还有没有发送的发文。")}
    counted = {each: register(root, each).count(AnyOf("box_state", keys[each])) for each in keys} if name else {}
    return [Reason(words[each], "R-11.1") for each, number in counted.items() if number]


def nobody_left(act: Act) -> list[Reason]:
    """P-19: nobody belongs to the division, and no role in it is in force."""
    root, division = site(act.context), act.context
    people: list[Person] = list(root["people"].values())
    reasons = []
    if any(person.division is division and person.state != "closed" for person in people):
        reasons.append(Reason(_("处室还有人员。"), "P-19"))
    held = Eq("scope", division.scope) & Range("until", moment(act.now) + 1, None)
    if register(root, "appointments").count(held):
        reasons.append(Reason(_("处室还有现行的任职。"), "P-19"))
    return reasons


def shut(act: Act) -> None:
    """The box takes nothing more."""
    if act.context.box_name:
        site(act.context)["exchange"][act.context.box_name].state = "closed"


TABLE = Table(
    noun="division",
    label=_("处室"),
    begun={"create": _("新设处室")},
    content_type="Division",
    initial="active",
    states=STATES,
    transitions=(
        Transition(
            "close",
            _("撤销处室"),
            ("active",),
            "closed",
            P.UNIT_MANAGE,
            guards=(nothing_left, nobody_left),
            effects=(shut,),
            article="R-8.1",
        ),
    ),
)


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(Division, TABLE)
