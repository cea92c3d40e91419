"""Registers of units, people and their rights (domain.md part 6): units, certificates, permission changes, appointments in force."""

from typing import Any

from content_types.appointment import Appointment
from content_types.unit import Unit
from govrepo import clock
from govrepo.catalog import EVERYTHING, Eq, Query, Range, register
from govrepo.database import site
from govrepo.i18n import _, listed
from policies import certificate as certificates
from policies import permission_change as changes
from policies import person as people
from policies import unit as units
from policies.actor import Actor
from policies.appointment import CAPACITIES
from policies.founding import BASIS
from policies.permissions import Permission as P
from policies.register_pages import words
from policies.register_pages.declaration import Column, RegisterPage, Visible
from policies.register_pages.filters import Choice, Exactly, Period, Someone
from policies.register_pages.visible import on_site
from policies.registers.keys import moment
from policies.roles import ROLES, Role
from policies.scopes import scope_title
from policies.unit_application import ALL_KINDS

MOST_RECEIVERS = 20


def role_words(_root: Any, role: str) -> Any:
    """A role; a dash for what concerns a whole account."""
    return ROLES[Role(role)].label if role else "—"


def in_force_now() -> Query:
    """The appointments that count now."""
    now = moment(clock.now())
    return Range("since", None, now) & Range("until", now + 1, None)


def receivers(unit: Unit) -> Any:
    """Who receives in a unit now (P-20)."""
    held = Eq("scope", unit.scope) & Eq("role", str(Role.UNIT_CLERK)) & in_force_now()
    found = register(unit, "appointments").query(held, sort="order", limit=MOST_RECEIVERS).objects
    return listed(each.__parent__.name for each in found)


def box_of(unit: Unit) -> str:
    """The unit's exchange box; empty while it has none."""
    return str(words.box_title(unit.__parent__.__parent__, unit.box_name)) if unit.box_name else ""


def _yes_no(value: object) -> Any:
    return words.YES_NO[int(bool(value))]


UNITS = RegisterPage(
    name="units",
    title=_("使用单位"),
    print_title=_("使用单位登记簿"),
    register="units",
    visible=(Visible(P.UNIT_VIEW, lambda actor, root, _permission: units.visible_to(actor, root)),),
    columns=(
        Column(_("单位代码"), lambda unit: unit.code, sort="code", look="number"),
        Column(_("单位名称"), lambda unit: unit.name, sort="order", look="main"),
        Column(_("单位类型"), lambda unit: ALL_KINDS[unit.kind]),
        Column(_("联通状态"), lambda unit: units.CONNECTIONS[unit.connection]),
        Column(_("双轨"), lambda unit: _yes_no(unit.is_dual_track(clock.today()))),
        Column(_("制版"), lambda unit: _yes_no(unit.has_plate)),
        Column(_("盖章"), lambda unit: _yes_no(unit.has_seal)),
        Column(_("交换箱"), box_of),
        Column(_("收文员"), receivers),
        Column(_("状态"), lambda unit: units.STATES[unit.state]),
    ),
    filters=(
        Exactly("q", _("单位名称"), "words"),
        Choice("kind", _("单位类型"), "kind", said=words.of(ALL_KINDS)),
        Choice("connection", _("联通状态"), "connection", said=words.of(units.CONNECTIONS)),
        Choice("plate", _("制版"), "has_plate", said=words.of(words.YES_NO), whole=True),
        Choice("seal", _("盖章"), "has_seal", said=words.of(words.YES_NO), whole=True),
        Choice("state", _("状态"), "state", said=words.of(units.STATES)),
    ),
    sort="code",
    opens=((lambda unit: unit, P.UNIT_VIEW),),
)


def days_behind(unit: Unit) -> int | None:
    """By how many days a unit that is not connected is behind the day planned; None for one that is in time or has planned none."""
    planned = unit.connection_planned
    return (clock.today() - planned).days if planned is not None and clock.today() > planned else None


CONNECTIONS = RegisterPage(
    name="connections",
    title=_("未联通单位"),
    print_title=_("未联通单位一览表"),
    register="units",
    base=units.NOT_CONNECTED,
    visible=UNITS.visible,
    columns=(
        Column(_("单位代码"), lambda unit: unit.code, sort="code", look="number"),
        Column(_("单位名称"), lambda unit: unit.name, sort="order", look="main"),
        Column(_("单位类型"), lambda unit: ALL_KINDS[unit.kind]),
        Column(_("参照执行"), lambda unit: _yes_no(unit.by_reference)),
        Column(_("联通状态"), lambda unit: units.CONNECTIONS[unit.connection]),
        Column(_("计划联通"), lambda unit: unit.connection_planned, look="time"),
        Column(_("实际联通"), lambda unit: unit.connection_actual, look="time"),
        Column(_("逾期天数"), days_behind),
    ),
    filters=(
        Exactly("q", _("单位名称"), "words"),
        Choice("connection", _("联通状态"), "connection", said=words.of(units.CONNECTIONS)),
        Choice("kind", _("单位类型"), "kind", said=words.of(ALL_KINDS)),
    ),
    sort="order",
    opens=UNITS.opens,
)
"""R-N5.1: after the deadline, these are the units past it; printed and exported like every register."""

CERTIFICATES = RegisterPage(
    name="certificates",
    title=_("证书登记簿"),
    print_title=_("数字证书登记簿"),
    register="certificates",
    visible=(on_site(P.CERTIFICATE_READ),),
    columns=(
        Column(_("序列号"), lambda each: each.serial, look="number"),
        Column(_("持有人"), lambda each: each.person.name, look="opens"),
        Column(_("单位"), lambda each: each.person.unit.short_name),
        Column(_("类型"), lambda each: certificates.KINDS[each.kind]),
        Column(_("申请时间"), lambda each: each.created, sort="applied", look="time"),
        Column(_("状态"), lambda each: certificates.STATES[each.state]),
        Column(_("有效期至"), lambda each: each.valid_to, sort="valid_to", look="time"),
    ),
    filters=(
        Someone("person", _("持有人"), "person"),
        Choice("state", _("状态"), "state", said=words.of(certificates.STATES)),
        Choice("kind", _("类型"), "kind", said=words.of(certificates.KINDS)),
        Period("valid_to", _("有效期至"), "valid_to"),
        Exactly("serial", _("序列号"), "serial", form=str.upper),
    ),
    sort="valid_to",
    opens=((lambda each: each, P.CERTIFICATE_READ),),
)


def changes_of(actor: Actor, root: Any, _permission: P) -> Query:
    """All changes for whoever reviews or executes them, for everybody else those they have a part in (4.14)."""
    own = changes.visible_to(actor, root)
    return EVERYTHING if own is None else own


CHANGES = RegisterPage(
    name="changes",
    title=_("权限变更登记簿"),
    print_title=_("权限变更登记簿"),
    register="permission_changes",
    visible=(Visible(P.CHANGE_READ, changes_of),),
    columns=(
        Column(_("编号"), lambda change: change.title, sort="order", look="opens"),
        Column(_("人员"), lambda change: change.person.name),
        Column(_("种类"), lambda change: changes.KINDS[change.kind]),
        Column(_("角色"), lambda change: role_words(None, change.role)),
        Column(_("范围"), lambda change: scope_title(site(change), change.scope) if change.scope else "—"),
        Column(_("提出人"), lambda change: change.requested_by.name),
        Column(_("提出时间"), lambda change: change.created, sort="at", look="time"),
        Column(_("审核人"), lambda change: change.decided.by.name if change.decided else ""),
        Column(
            _("审核时间"), lambda change: change.decided.at if change.decided else None, sort="decided", look="time"
        ),
        Column(_("执行时间"), lambda change: change.executed.at if change.executed else None, look="time"),
        Column(_("状态"), lambda change: changes.STATES[change.state]),
    ),
    filters=(
        Someone("person", _("人员"), "person"),
        Choice("role", _("角色"), "role", said=role_words),
        Choice("state", _("状态"), "state", said=words.of(changes.STATES)),
        Period("at", _("提出时间"), "at"),
    ),
    sort="-order",
    opens=((lambda change: change, P.CHANGE_READ),),
)


def in_force(actor: Actor, root: Any, permission: P) -> Query | None:
    """The appointments in force now, for whoever may see appointments."""
    return in_force_now() if actor.allowed(permission, root) else None


def basis(appointment: Appointment) -> Any:
    """What the appointment rests on."""
    return _("初始任命") if appointment.basis == BASIS else appointment.basis


APPOINTMENTS = RegisterPage(
    name="appointments",
    title=_("授权现状"),
    print_title=_("授权现状表"),
    register="appointments",
    visible=(Visible(P.APPOINTMENTS_VIEW, in_force),),
    columns=(
        Column(_("角色"), lambda each: role_words(None, each.role), sort="order"),
        Column(_("范围"), lambda each: scope_title(site(each), each.scope)),
        Column(_("人员"), lambda each: each.__parent__.name, look="opens"),
        Column(_("用户名"), lambda each: each.__parent__.login),
        Column(_("账号状态"), lambda each: people.STATES[each.__parent__.state]),
        Column(_("任职方式"), lambda each: CAPACITIES[each.capacity]),
        Column(_("起始"), lambda each: each.since, sort="since", look="time"),
        Column(_("终止"), lambda each: each.until, sort="until", look="time"),
        Column(_("依据"), basis),
    ),
    filters=(
        Choice("role", _("角色"), "role", said=role_words),
        Choice("scope", _("范围"), "scope", said=scope_title),
        Someone("person", _("人员"), "person"),
    ),
    sort="order",
    opens=((lambda each: each.change, P.CHANGE_READ),),
)

PAGES = (UNITS, CONNECTIONS, CERTIFICATES, CHANGES, APPOINTMENTS)
