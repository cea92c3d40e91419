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
from policies.exchange_box import division_box_title, make_box, title_boxes
from policies.permissions import Permission as P
from policies.registers.keys import box_state, moment
from policies.scopes import divisions_of, place_of
from policies.unit_application import CODE, LONGEST_CODE, LONGEST_SHORT
from policies.unit_ending import DRAFTED, WAITING, came_back, close_box, open_entries

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
    return [*problems, *_name_problems(unit, name, "name")]


def _name_problems(unit: Unit, name: str, field: str) -> list[Reason]:
    if not 1 <= len(name) <= LONGEST_SHORT:
        return [Reason(_("请填写处室名称，不超过 20 个字符。"), "R-11.1", field)]
    if any(each.name == name and each.state == "active" for each in divisions_of(unit)):
        return [Reason(_("本单位已有同名处室。"), "R-11.1", field)]
    return []


def carriers(division: Division) -> list[str]:
    """Where the division's sendings lie: its own box, and its desks in the office's boxes."""
    exchange = site(division)["exchange"].values()
    desks = [f"{box.__name__}/{division.code}" for box in exchange if division.code in box["outbox"]]
    return [division.box_name, *desks] if division.box_name else desks


def nothing_left(act: Act) -> list[Reason]:
    """R-11.1: nothing waits in the division's box, and neither there nor at its desks lies a sending that is not settled (P-39)."""
    root, where = site(act.context), carriers(act.context)
    waiting = [box_state(act.context.box_name, state) for state in WAITING]
    sent = [box_state(each, "sent") for each in where]
    drafted = [box_state(each, state) for each in where for state in DRAFTED]
    counted = (
        (
            _("处室交换箱里还有没有签收或者分办的来文。"),
            register(root, "deliveries").count(AnyOf("box_state", waiting)),
        ),
        (_("处室还有没有办结的收文登记。"), open_entries(root, [act.context.box_name])),
        (_("处室还有没有发送的发文。"), register(root, "dispatches").count(AnyOf("box_state", drafted))),
        (_("处室还有收文单位没有全部签收的发文。"), register(root, "dispatches").count(AnyOf("box_state", sent))),
        (_("处室还有没有签收的退件。"), came_back(root, where)),
    )
    return [Reason(words, "R-11.1") for words, number in counted if number]


def not_the_operator(act: Act) -> Reason | None:
    """R-4.1: the division that runs the system stays."""
    return Reason(_("信息化管理单位不能撤销。"), "R-4.1") if act.context.operator else None


def unit_in_service(act: Act) -> Reason | None:
    """Names change while the unit is in service."""
    return None if act.context.unit.state == "active" else Reason(_("该单位不在用。"), "5.8")


def new_name(act: Act) -> list[Reason]:
    """R-11.1: a name, and no other division's of the unit; after a merger two may bear the same."""
    return _name_problems(act.context.unit, str(act.given.get("new_name", "")).strip(), "new_name")


def members(division: Division) -> list[Person]:
    """Who belongs to a division and has not left."""
    people = site(division)["people"].values()
    return [person for person in people if person.division is division and person.state != "closed"]


def nobody_left(act: Act) -> list[Reason]:
    """P-19: nobody belongs to the division, and no role in it is in force."""
    root, division = site(act.context), act.context
    reasons = []
    names = "、".join(person.name for person in members(division)[:5])
    if names:
        words = _("处室还有人员：${names}。请在各人的页面办理岗位变动或者离岗交接。", mapping={"names": names})
        reasons.append(Reason(words, "P-19"))
    held = Eq("scope", division.scope) & Range("until", moment(act.now) + 1, None)
    if register(root, "appointments").count(held):
        reasons.append(Reason(_("处室还有现行的任职。"), "P-19"))
    return reasons


def shut(act: Act) -> None:
    """The box takes nothing more; the unit's keepers of documents read it on."""
    division = act.context
    division.state = "closed"  # The box's ACL is computed from it.
    if division.box_name:
        close_box(site(division)["exchange"][division.box_name], act)


def rename(act: Act) -> None:
    """The division and its box bear the new name; the history keeps the old one."""
    act.context.name = str(act.given["new_name"]).strip()
    title_boxes(act.context.unit)


TABLE = Table(
    noun="division",
    label=_("处室"),
    begun={"create": _("新设处室")},
    content_type="Division",
    initial="active",
    states=STATES,
    transitions=(
        Transition(
            "rename",
            _("更名"),
            ("active",),
            None,
            P.UNIT_MANAGE,
            guards=(unit_in_service,),
            inputs=(new_name,),
            effects=(rename,),
            article="P-12",
        ),
        Transition(
            "close",
            _("撤销处室"),
            ("active",),
            "closed",
            P.UNIT_MANAGE,
            guards=(not_the_operator, nothing_left, nobody_left),
            effects=(shut,),
            article="R-8.1",
        ),
    ),
)


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(Division, TABLE)
