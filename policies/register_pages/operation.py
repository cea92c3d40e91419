"""Registers of running the system (domain.md part 6): faults, inspections, trainings, handovers."""

from typing import Any

from content_types.training import TrainingKind
from govrepo.catalog import EVERYTHING, Eq, Query, register
from govrepo.catalog import Any as AnyOf
from govrepo.i18n import _
from policies import handover as handovers
from policies import incident as incidents
from policies import inspection as inspections
from policies.actor import Actor
from policies.permissions import Permission as P
from policies.register_pages import words
from policies.register_pages.declaration import Column, RegisterPage, Visible
from policies.register_pages.filters import Choice, Period, Someone
from policies.register_pages.people import role_words
from policies.register_pages.visible import in_boxes, on_site
from policies.separation_of_duties import TRAININGS as KINDS_OF_TRAINING
from policies.unit import administered

MOST_PEOPLE = 5_000


def of_own_people(actor: Actor, root: Any, permission: P) -> Query | None:
    """All rows for who holds the permission at the site; those of the unit's people for who holds it at the own unit (7.2: o)."""
    if actor.allowed(permission, root):
        return EVERYTHING
    codes = [unit.code for unit in administered(actor, root) if actor.allowed(permission, unit)]
    if not codes:
        return None
    found = register(root, "people").query(AnyOf("unit", codes), sort="order", limit=MOST_PEOPLE).objects
    return AnyOf("person", [person.id for person in found])


INCIDENTS = RegisterPage(
    name="incidents",
    title=_("故障登记簿"),
    print_title=_("故障登记簿"),
    register="incidents",
    visible=(on_site(P.INCIDENTS_VIEW), in_boxes(P.BOX_REPORT_FAULT)),
    columns=(
        Column(_("报告时间"), lambda incident: incident.created, sort="at", look="time"),
        Column(_("交换箱"), lambda incident: incident.box.title),
        Column(_("报告人"), lambda incident: incident.reported_by.name),
        Column(_("故障情况"), lambda incident: incident.words, look="main"),
        Column(_("状态"), lambda incident: incidents.STATES[incident.state]),
    ),
    filters=(
        Period("at", _("报告时间"), "at"),
        Choice("box", _("交换箱"), "box", said=words.box_title),
        Someone("person", _("报告人"), "person"),
        Choice("state", _("状态"), "state", said=words.of(incidents.STATES)),
    ),
    sort="-at",
)

INSPECTIONS = RegisterPage(
    name="inspections",
    title=_("设备抽查登记簿"),
    print_title=_("设备抽查登记簿"),
    register="inspections",
    visible=(Visible(P.INSPECTION_VIEW, of_own_people),),
    columns=(
        Column(_("日期"), lambda each: each.day, sort="day", look="time"),
        Column(_("编号"), lambda each: each.title, sort="order", look="opens"),
        Column(_("人员"), lambda each: each.person.name),
        Column(_("单位"), lambda each: each.person.unit.short_name),
        Column(_("抽查方式"), lambda each: inspections.KINDS[each.kind]),
        Column(_("设备"), lambda each: each.equipment),
        Column(_("检查人"), lambda each: each.inspector.name),
        Column(_("检查情况"), lambda each: each.finding),
        Column(_("状态"), lambda each: inspections.STATES[each.state]),
    ),
    filters=(
        Period("day", _("日期"), "day", days=True),
        Someone("person", _("人员"), "person"),
        Choice("kind", _("抽查方式"), "kind", said=words.of(inspections.KINDS)),
        Choice("state", _("状态"), "state", said=words.of(inspections.STATES)),
    ),
    sort="-day",
    opens=((lambda each: each, P.INSPECTION_VIEW),),
)

TRAININGS = RegisterPage(
    name="trainings",
    title=_("培训登记簿"),
    print_title=_("培训登记簿"),
    register="trainings",
    visible=(Visible(P.TRAINING_VIEW, of_own_people),),
    columns=(
        Column(_("日期"), lambda each: each.day, sort="day", look="time"),
        Column(_("人员"), lambda each: each.person.name),
        Column(_("单位"), lambda each: each.person.unit.short_name),
        Column(_("培训类别"), lambda each: KINDS_OF_TRAINING[TrainingKind(each.kind)]),
        Column(_("内容"), lambda each: each.subject, look="main"),
        Column(_("合格"), lambda each: words.YES_NO[int(each.passed)]),
        Column(_("登记人"), lambda each: each.recorded_by.name if each.recorded_by is not None else ""),
    ),
    filters=(
        Period("day", _("日期"), "day", days=True),
        Someone("person", _("人员"), "person"),
        Choice("kind", _("培训类别"), "kind", said=words.of(KINDS_OF_TRAINING)),
        Choice("passed", _("合格"), "passed", said=words.of(words.YES_NO), whole=True),
    ),
    sort="-day",
)


def of_those_who_take_part(actor: Actor, root: Any, permission: P) -> Query | None:
    """All handovers for those who review changes, their own for everybody else (R-6.3)."""
    if actor.allowed(permission, root):
        return EVERYTHING
    return Eq("person", actor.person.id) if actor.person is not None else None


HANDOVERS = RegisterPage(
    name="handovers",
    title=_("岗位交接登记簿"),
    print_title=_("岗位交接登记簿"),
    register="handovers",
    visible=(Visible(P.HANDOVER_READ, of_those_who_take_part),),
    columns=(
        Column(_("日期"), lambda each: each.day, sort="day", look="time"),
        Column(_("角色"), lambda each: role_words(None, each.role)),
        Column(_("移交人"), lambda each: each.giver.name),
        Column(_("接收人"), lambda each: each.taker.name),
        Column(_("交接事项"), lambda each: each.items, look="main"),
        Column(_("移交确认"), lambda each: each.given_at, look="time"),
        Column(_("接收确认"), lambda each: each.taken_at, look="time"),
        Column(_("状态"), lambda each: handovers.STATES[each.state]),
    ),
    filters=(
        Period("day", _("日期"), "day", days=True),
        Someone("person", _("移交人或接收人"), "person"),
        Choice("role", _("角色"), "role", said=role_words),
        Choice("state", _("状态"), "state", said=words.of(handovers.STATES)),
    ),
    sort="-day",
    opens=((lambda each: each, P.HANDOVER_READ),),
)

PAGES = (INCIDENTS, INSPECTIONS, TRAININGS, HANDOVERS)
