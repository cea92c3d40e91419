"""The unit's workflow (使用单位, domain.md 5.8; P-10 to P-14, P-18 to P-21, R-N1.1, R-N2.4, R-N5.1, R-N6.1).

The liaison keys the paper application in, the office leader approves, the administrator carries out. How a unit joins stands in
``unit_application.py``, what a merger or a cancellation needs and does in ``unit_ending.py``.
"""

from datetime import date, timedelta
from typing import Any

from substanced.interfaces import IObjectAdded
from zope.interface import Interface

from content_types.exchange_box import BoxKind
from content_types.unit import ChangeOfUnit, Connection, FormerName, Pending, Unit
from govrepo import clock, rules
from govrepo.catalog import EVERYTHING, Eq, Query, register
from govrepo.catalog import Any as AnyOf
from govrepo.database import site
from govrepo.i18n import _
from policies import principal_leader as principal
from policies import unit_ending as ending
from policies.access import Grant, grants_of
from policies.actor import Actor
from policies.engine import Act, Reason, Table, Transition
from policies.exchange_box import make_box, title_boxes
from policies.permissions import Permission as P
from policies.person import people_of
from policies.roles import LEADER_GRANTS, SEAL_GRANTS, UNIT_GRANTS, Role
from policies.scopes import keeping, operator_office, unit_of
from policies.seal import renamed
from policies.unit_application import contact_problems, name_problems

STATES = {
    "applied": _("已申请，待厅领导批准"),
    "approved": _("已批准，待开通"),
    "rejected": _("未批准"),
    "active": _("在用"),
    "suspended": _("已停用"),
    "merged": _("已并入其他单位"),
    "cancelled": _("已注销"),
}
CHANGES = {
    ChangeOfUnit.RENAME: _("更名"),
    ChangeOfUnit.MERGE: _("并入其他单位"),
    ChangeOfUnit.CANCEL: _("注销"),
}
CONNECTIONS = {Connection.NONE: _("未联通"), Connection.BUILDING: _("建设中"), Connection.CONNECTED: _("已联通")}
NEEDED = (Role.UNIT_ADMINISTRATOR, Role.UNIT_CLERK)


@grants_of.register
def unit_grants(unit: Unit) -> tuple[Grant, ...]:
    """What the tables grant at a unit: its own roles, those who keep its seals, and the leaders of the office that runs the system."""
    own = [Grant(f"{role}@{unit.scope}", wanted) for role, wanted in UNIT_GRANTS]
    own += [Grant(f"{role}@{keeping(unit).scope}", wanted) for role, wanted in SEAL_GRANTS]
    office = operator_office(site(unit))
    return (*own, *(Grant(f"{role}@{office.scope}", wanted) for role, wanted in LEADER_GRANTS if office is not None))


def administered(actor: Actor, root: Any) -> list[Unit]:
    """The units whose administrator an actor is (P-18)."""
    mine = [each.partition("@")[2] for each in actor.principals if each.startswith(f"{Role.UNIT_ADMINISTRATOR}@")]
    return [unit for unit in (unit_of(scope, root) for scope in mine) if unit is not None]


def decides(actor: Actor, root: Any) -> bool:
    """Whether an actor is a leader of the office that runs the system (5.8, approve)."""
    office = operator_office(root)
    return office is not None and f"{Role.OFFICE_LEADER}@{office.scope}" in actor.principals


def visible_to(actor: Actor, root: Any) -> Query | None:
    """The query for the units an actor may see; None for an actor who may see none."""
    if actor.allowed(P.UNIT_VIEW, root) or decides(actor, root):
        return EVERYTHING
    codes = [unit.code for unit in administered(actor, root)]
    return AnyOf("code", codes) if codes else None


NOT_CONNECTED = AnyOf("connection", [str(Connection.NONE), str(Connection.BUILDING)]) & AnyOf(
    "state", ["approved", "active", "suspended"]
)
"""The query for the units in service, or about to be, that are not connected (R-N5.1)."""
WAITING = Eq("state", "applied") | AnyOf("asked", [str(kind) for kind in ChangeOfUnit])
"""The query for the units that wait for the leader's decision."""
AGREED = Eq("state", "approved") | AnyOf("asked", [f"{kind} approved" for kind in ChangeOfUnit])
"""The query for the units about which the leader has decided and the administrator has to act."""


# Guards.


def staffed(act: Act) -> list[Reason]:
    """5.8, activate: a unit administrator and a clerk have been appointed (P-18, P-20)."""
    held = {principal for person in people_of(act.context) for principal in person.principals(act.now)}
    words = {Role.UNIT_ADMINISTRATOR: _("尚未任命单位管理员。"), Role.UNIT_CLERK: _("尚未任命单位收发员。")}
    return [Reason(words[role], "5.8") for role in NEEDED if f"{role}@{act.context.scope}" not in held]


def has_codes(act: Act) -> Reason | None:
    """5.8, activate: a document code, from which numbers are made (S-20)."""
    return None if act.context.document_codes else Reason(_("还没有登记机关代字。"), "5.8")


def nothing_pending(act: Act) -> Reason | None:
    """One change at a time."""
    pending = act.context.pending
    return Reason(_("已有“${what}”在办理中。", mapping={"what": CHANGES[pending.kind]}), "5.8") if pending else None


def something_pending(act: Act) -> Reason | None:
    """A decision needs a request."""
    return None if act.context.pending else Reason(_("没有等待审批的更名、合并或者注销。"), "5.8")


def undecided(act: Act) -> Reason | None:
    """What has been approved is not decided on again."""
    pending = act.context.pending
    return Reason(_("已经批准，待管理员办理。"), "5.8") if pending and pending.approved_by else None


def not_the_applicant(act: Act) -> Reason | None:
    """SOD-4: nobody decides on an application that he keyed in."""
    own = act.context.created_by == act.actor.id
    return Reason(_("不得审批本人提出的申请。"), "SOD-4") if own else None


def not_the_requester(act: Act) -> Reason | None:
    """SOD-4: nobody approves the own request."""
    pending = act.context.pending
    return Reason(_("不得审批本人提出的申请。"), "SOD-4") if pending and pending.by is act.actor.person else None


def _approved(act: Act, kind: ChangeOfUnit) -> Reason | None:
    pending = act.context.pending
    if pending and pending.kind is kind and pending.approved_by:
        return None
    return Reason(_("“${what}”还没有经厅领导批准。", mapping={"what": CHANGES[kind]}), "5.8")


def rename_approved(act: Act) -> Reason | None:
    """5.8: renamed after approval."""
    return _approved(act, ChangeOfUnit.RENAME)


def merger_approved(act: Act) -> Reason | None:
    """5.8: merged after approval."""
    return _approved(act, ChangeOfUnit.MERGE)


def cancellation_approved(act: Act) -> Reason | None:
    """5.8: cancelled after approval."""
    return _approved(act, ChangeOfUnit.CANCEL)


def ordinary(act: Act) -> Reason | None:
    """The provincial government, its office and the unit that runs the system stay."""
    return (
        None
        if ending.is_ordinary(act.context)
        else Reason(_("省政府、省府办公厅和信息化管理单位不能合并、注销、停用。"), "5.8")
    )


def letter_given(act: Act) -> Reason | None:
    """P-12: by written application; its number or name is kept."""
    return None if _text(act, "letter") else Reason(_("请填写书面申请的文号或者名称。"), "P-12", "letter")


def reason_given(act: Act) -> Reason | None:
    """A rejection, a suspension and its end say why."""
    return None if _text(act, "note") else Reason(_("请写明理由。"), "5.8", "note")


def new_name(act: Act) -> list[Reason]:
    """P-12: the new name is a name, and nobody's yet."""
    problems = name_problems(site(act.context), _text(act, "new_name"), _text(act, "new_short_name"), act.context)
    return [each._replace(field=f"new_{each.field}") for each in problems]


def name_still_free(act: Act) -> list[Reason]:
    """P-12: nobody has taken the name since it was asked for."""
    wanted = act.context.pending
    if wanted is None or wanted.kind is not ChangeOfUnit.RENAME:
        return []
    problems = name_problems(site(act.context), wanted.name, wanted.short_name, act.context)
    return [each._replace(field="") for each in problems]


def successor_given(act: Act) -> Reason | None:
    """P-14: the unit that stays is another one, in service, with a box."""
    other = act.given.get("successor")
    if isinstance(other, Unit) and other is not act.context and other.state == "active" and other.box_name:
        return None
    return Reason(_("请选择承接单位：另一个在用的、有交换箱的单位。"), "P-14", "successor")


def contacts_given(act: Act) -> list[Reason]:
    """P-19: at least one contact, with an office phone."""
    return [each._replace(field="contacts") for each in contact_problems(tuple(act.given.get("contacts", ())))]


def dates_fit(act: Act) -> list[Reason]:
    """R-N5.1: a status of the list; who is connected was so from a day on, not later than today."""
    status, actual = act.given.get("connection"), act.given.get("actual")
    if status not in set(Connection):
        return [Reason(_("请选择联通状态。"), "R-N5.1", "connection")]
    if status == Connection.CONNECTED and (actual is None or actual > clock.today()):
        return [Reason(_("已联通的，请填写实际联通日期，不晚于今天。"), "R-N5.1", "actual")]
    return []


def track_ends(act: Act) -> list[Reason]:
    """R-N2.3: an administrative act with a date and a reference."""
    problems = [] if isinstance(act.given.get("day"), date) else [Reason(_("请填写日期。"), "R-N2.3", "day")]
    return problems if _text(act, "basis") else [*problems, Reason(_("请写明依据。"), "R-N2.3", "basis")]


def still_dual(act: Act) -> Reason | None:
    """R-N2.3: it ends once."""
    return Reason(_("双轨制已经结束。"), "R-N2.3") if act.context.single_track_since else None


def _text(act: Act, name: str) -> str:
    return str(act.given.get(name, "") or "").strip()


# Effects.


def open_box(act: Act) -> None:
    """P-10, R-N5.1: the unit gets its exchange box, under its code, and is connected from today on."""
    unit = act.context
    make_box(unit, unit.code, unit.short_name, BoxKind.UNIT, act.actor.registry)
    unit.connection, unit.connection_actual = Connection.CONNECTED, clock.today()


def ask_rename(act: Act) -> None:
    """Keep a request for a new name (P-12)."""
    _ask(act, ChangeOfUnit.RENAME, name=_text(act, "new_name"), short_name=_text(act, "new_short_name"))


def ask_merge(act: Act) -> None:
    """Keep a request to merge (P-14)."""
    _ask(act, ChangeOfUnit.MERGE, successor=act.given["successor"])


def ask_cancel(act: Act) -> None:
    """Keep a request to cancel (P-13)."""
    _ask(act, ChangeOfUnit.CANCEL)


def _ask(act: Act, kind: ChangeOfUnit, **more: Any) -> None:
    act.context.pending = Pending(kind, _text(act, "letter"), act.actor.person, act.now, **more)


def approve_change(act: Act) -> None:
    """Who approved."""
    act.context.pending = act.context.pending._replace(approved_by=act.actor.person)


def drop_change(act: Act) -> None:
    """What was rejected, taken back or carried out waits no longer."""
    act.context.pending = None


def rename(act: Act) -> None:
    """P-12: the old name stays with its last day; red-head template and seal must be made anew, so neither counts until it is."""
    unit, wanted = act.context, act.context.pending
    last = FormerName(unit.name, unit.short_name, clock.today() - timedelta(days=1))
    unit.names = (*unit.names, last)
    unit.name, unit.short_name = wanted.name, wanted.short_name or wanted.name
    unit.has_plate = unit.has_seal = False
    title_boxes(unit)
    renamed(unit)


def set_contacts(act: Act) -> None:
    """P-19: the list of contacts is filed with the office."""
    act.context.contacts = tuple(act.given["contacts"])


def equip(act: Act) -> None:
    """R-N4.1, R-N5.1: status and dates of the connection, the two flags; the box is open while the unit is connected."""
    unit, given = act.context, act.given
    unit.connection = Connection(given["connection"])
    unit.connection_planned, unit.connection_actual = given.get("planned"), given.get("actual")
    unit.has_plate, unit.has_seal = bool(given.get("has_plate")), bool(given.get("has_seal"))
    if unit.box_name:
        box = site(unit)["exchange"][unit.box_name]
        box.state = "normal" if unit.connection is Connection.CONNECTED else "closed"
        box.bell.ring()  # What comes in rings, too: nothing slips into a box that is being closed.


def end_dual_track(act: Act) -> None:
    """R-N2.3, R-N2.4: from this day on paper no longer goes along."""
    act.context.single_track_since, act.context.single_track_basis = act.given["day"], _text(act, "basis")


def mark_checked(act: Act) -> None:
    """P-21: the unit administrator has looked today."""
    act.context.checked_at, act.context.checked_by = act.now, act.actor.person


IN_SERVICE = ("active", "suspended")
STANDING = ("applied", "approved", *IN_SERVICE)


def _row(name: str, title: str, sources: tuple[str, ...], target: str | None, permission: P, **more: Any) -> Transition:
    return Transition(name, title, sources, target, permission, article=more.pop("article", "5.8"), **more)


TRANSITIONS = (
    _row("approve", _("批准"), ("applied",), "approved", P.UNIT_APPROVE, guards=(not_the_applicant,), article="P-10"),
    _row("reject", _("不批准"), ("applied",), "rejected", P.UNIT_APPROVE, guards=(not_the_applicant,), inputs=(reason_given,), article="P-10"),
    _row("activate", _("开通"), ("approved",), "active", P.UNIT_MANAGE, guards=(staffed, has_codes), effects=(open_box,)),
    _row("set_contacts", _("更新联系人"), STANDING, None, P.UNIT_CONTACT, inputs=(contacts_given,), effects=(set_contacts,), article="P-19"),
    _row("equip", _("更新联通情况"), ("approved", *IN_SERVICE), None, P.UNIT_MANAGE, inputs=(dates_fit,), effects=(equip,), article="R-N5.1"),
    _row(
        "end_dual_track", _("结束双轨制"), IN_SERVICE, None, P.UNIT_MANAGE,
        guards=(still_dual,), inputs=(track_ends,), effects=(end_dual_track,), article="R-N2.3",
    ),
    _row("name_principal", _("登记主要负责人"), IN_SERVICE, None, P.UNIT_CONTACT, inputs=(principal.leader_fits,), effects=(principal.name_leader,), article="S-8"),
    _row("check", _("今日已核对"), IN_SERVICE, None, P.UNIT_CHECK, effects=(mark_checked,), article="P-21"),
    _row("request_rename", _("申请更名"), IN_SERVICE, None, P.UNIT_PREPARE, effects=(ask_rename,), guards=(nothing_pending,), inputs=(letter_given, new_name), article="P-12"),
    _row("request_merge", _("申请并入其他单位"), IN_SERVICE, None, P.UNIT_PREPARE, effects=(ask_merge,), guards=(ordinary, nothing_pending), inputs=(letter_given, successor_given), article="P-14"),
    _row("request_cancel", _("申请注销"), IN_SERVICE, None, P.UNIT_PREPARE, effects=(ask_cancel,), guards=(ordinary, nothing_pending), inputs=(letter_given,), article="P-13"),
    _row(
        "approve_change", _("批准更名、合并或者注销"), IN_SERVICE, None, P.UNIT_APPROVE,
        guards=(something_pending, undecided, not_the_requester), effects=(approve_change,),
    ),
    _row(
        "reject_change", _("不批准更名、合并或者注销"), IN_SERVICE, None, P.UNIT_APPROVE,
        guards=(something_pending, undecided, not_the_requester), inputs=(reason_given,), effects=(drop_change,),
    ),
    _row("withdraw_change", _("撤回更名、合并或者注销的申请"), IN_SERVICE, None, P.UNIT_PREPARE, guards=(something_pending,), inputs=(reason_given,), effects=(drop_change,)),
    _row(
        "rename", _("更名"), IN_SERVICE, None, P.UNIT_MANAGE,
        guards=(rename_approved, name_still_free), effects=(rename, drop_change), article="P-12",
    ),
    _row("suspend", _("停用单位"), ("active",), "suspended", P.UNIT_MANAGE, guards=(ordinary,), inputs=(reason_given,)),
    _row("resume", _("恢复使用"), ("suspended",), "active", P.UNIT_MANAGE, inputs=(reason_given,)),
    _row(
        "merge_into", _("并入其他单位"), ("active",), "merged", P.UNIT_MANAGE, article="P-14",
        guards=(merger_approved, ordinary, ending.successor_stands, ending.nothing_drafted),
        effects=(ending.merge, drop_change),
    ),
    _row(
        "cancel", _("注销"), IN_SERVICE, "cancelled", P.UNIT_MANAGE, article="P-13",
        guards=(
            cancellation_approved, ordinary, ending.nothing_pending, ending.nothing_drafted,
            ending.accounts_closed, ending.seal_destroyed,
        ),
        effects=(ending.cancel, drop_change),
    ),
)  # fmt: skip

TABLE = Table(
    noun="unit",
    label=_("使用单位"),
    begun={"apply": _("申请接入")},
    content_type="Unit",
    initial="applied",
    states=STATES,
    transitions=TRANSITIONS,
    register="units",
)


def past_deadline(root: Any, settings: Any) -> Query | None:
    """R-N5.1: the query for the units in service that are not connected after the deadline; None before it."""
    deadline = date.fromisoformat(rules.value(root, settings, "connection_deadline"))
    return None if clock.today() <= deadline else NOT_CONNECTED


def unchecked_today(root: Any) -> list[Unit]:
    """P-21: the units in service with a box whose administrator has not looked today; nobody on a day without work."""
    today = clock.today()
    if not root.calendar.is_worked(today):
        return []
    found = register(root, "units").query(Eq("state", "active"), sort="order", limit=1000).objects
    return [unit for unit in found if unit.box_name and not is_checked_today(unit)]


def is_checked_today(unit: Unit) -> bool:
    """Whether the unit's administrator has looked today (P-21)."""
    return unit.checked_at is not None and clock.local(unit.checked_at).date() == clock.today()


def note_unit(event: Any) -> None:
    """Subscriber: a unit that was added is noted in the register."""
    register(event.object, "units").changed(event.object)


def includeme(config: Any) -> None:
    """Bind the table, and keep the register of units."""
    config.add_policy_table(Unit, TABLE)
    config.add_content_subscriber(note_unit, (IObjectAdded, Unit, Interface))
