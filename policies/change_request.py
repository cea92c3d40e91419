"""What speaks against a request for a permission change (domain.md 5.7): who asks, what is asked, and the separation of duties.

Each reason names the field of the form that mends it.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from content_types.appointment import Appointment
from content_types.division import Division
from content_types.permission_change import ChangeKind, PermissionChange
from content_types.person import Person
from content_types.unit import Unit
from govrepo import clock
from govrepo.database import site
from govrepo.i18n import _
from policies import separation_of_duties as sod
from policies.actor import Actor
from policies.engine import Reason
from policies.person import STAFFED
from policies.roles import ROLES, Role
from policies.scopes import place_of, unit_of

GIVING = (ChangeKind.GRANT, ChangeKind.DESIGNATE, ChangeKind.CHANGE)
HEADS = (Role.OFFICE_LEADER, Role.UNIT_APPROVER, Role.UNIT_ADMINISTRATOR)
"""The roles that ask on behalf of a whole unit and its divisions."""


def scope_of(change: PermissionChange) -> str:
    """Where a change belongs: its scope, that of the appointment it takes, or the person's own place for the whole account."""
    if change.scope:
        return change.scope
    if change.appointment is not None:
        return change.appointment.scope
    return str((change.person.division or change.person.unit).scope)


def faults(change: PermissionChange, actor: Actor, root: Any) -> Iterator[Reason]:
    """Everything that speaks against a request; nothing when it may be made."""
    formal = [*_who_asks(change, actor, root), *_elements(change), *_period(change), *_what(change, root)]
    yield from formal
    if not any(reason.field in ("role", "scope", "person", "appointment") for reason in formal):
        yield from verdicts(change, clock.now(), actor.registry.govrepo_settings)


def may_ask(actor: Actor, person: Person, scope: str, root: Any) -> bool:
    """5.7: the person, the administrator, a division's head, a unit's head or administrator, each for the own scope."""
    if actor.person is None:
        return False
    if actor.person is person or actor.holds(Role.ADMINISTRATOR):
        return True
    unit = unit_of(scope, root)
    asking = {f"{role}@{unit.scope}" for role in HEADS} if unit is not None else set()
    return not asking.isdisjoint(actor.principals) or f"{Role.HEAD}@{scope}" in actor.principals


def reach_of(change: PermissionChange, now: datetime) -> set[str]:
    """Every scope in which a change gives or takes something; of a whole account, those of all its roles too."""
    held = change.person.appointments(now) if change.kind in (ChangeKind.SUSPEND, ChangeKind.RESTORE) else ()
    named = (change.appointment, *held)
    return {scope_of(change), *(each.scope for each in named if each is not None)}


def unit_within(change: PermissionChange, root: Any) -> Unit | None:
    """The unit whose administrator carries a change out (P-18): the person's own, if the change stays within it; else None."""
    units = {unit_of(scope, root) for scope in reach_of(change, clock.now())}
    unit: Unit = change.person.unit
    return unit if units == {unit} else None


def _who_asks(change: PermissionChange, actor: Actor, root: Any) -> Iterator[Reason]:
    taken = change.appointment.scope if change.kind is ChangeKind.CHANGE and change.appointment else scope_of(change)
    if not all(may_ask(actor, change.person, scope, root) for scope in {scope_of(change), taken}):
        yield Reason(_("只能由本人、本处室或本单位负责人、单位管理员或管理员提出申请。"), "5.7", "scope")


def _elements(change: PermissionChange) -> Iterator[Reason]:
    if not change.reason:
        yield Reason(_("请写明申请理由。"), "5.7", "reason")
    yield from _account(change)


def stands(change: PermissionChange, root: Any) -> list[Reason]:
    """What has come about since the request that makes it void: the account or the place is no longer in use (5.7, 5.8, 5.9)."""
    reasons = [*_account(change), *(_place(change, root) if change.kind in GIVING else ())]
    return [each._replace(field="") for each in reasons]


def _account(change: PermissionChange) -> Iterator[Reason]:
    if change.kind is ChangeKind.RESTORE and change.person.state != "suspended":
        yield Reason(_("该账号没有停用。"), "5.7", "kind")
    elif change.kind is ChangeKind.RESTORE and change.person.suspension is not None:
        yield Reason(_("紧急停用须由厅领导决定解除。"), "R-39.3", "kind")
    elif change.kind not in (ChangeKind.RESTORE, ChangeKind.REVOKE) and change.person.state != "active":
        yield Reason(_("该账号不在用。"), "5.7", "person")


def _period(change: PermissionChange) -> Iterator[Reason]:
    now = clock.now()
    if change.until is not None and change.until <= max(change.since or now, now):
        yield Reason(_("止期应晚于起期和现在。"), "5.7", "until")
    if change.kind is ChangeKind.DESIGNATE and change.until is None:
        yield Reason(_("指定代理须有止期。"), "R-11.3", "until")


def _what(change: PermissionChange, root: Any) -> Iterator[Reason]:
    if change.kind in GIVING:
        yield from _role_and_scope(change, root)
    yield from _appointment(change)


def _role_and_scope(change: PermissionChange, root: Any) -> Iterator[Reason]:
    if change.role not in set(Role):
        yield Reason(_("请选择角色。"), "5.7", "role")
        return
    info, place = ROLES[Role(change.role)], place_of(change.scope, root)
    if place is None or change.scope.partition(":")[0] != info.scope:
        kinds = {"site": _("全站"), "unit": _("单位"), "division": _("处室")}
        words = {"role": info.label, "kind": kinds[info.scope]}
        yield Reason(_("${role}的范围应当是${kind}。", mapping=words), "5.7", "scope")
    elif change.kind is not ChangeKind.CHANGE and change.principal in change.person.principals(clock.now()):
        yield Reason(_("${name}已有这项任职。", mapping={"name": change.person.name}), "5.7", "role")
    else:
        yield from _place(change, root)


def _place(change: PermissionChange, root: Any) -> Iterator[Reason]:
    place, unit = place_of(change.scope, root), unit_of(change.scope, root)
    if unit is not None and unit.state not in STAFFED:
        yield Reason(_("该单位不在用。"), "5.7", "scope")
    elif isinstance(place, Division) and place.state != "active":
        yield Reason(_("该处室已撤销。"), "5.7", "scope")


def _appointment(change: PermissionChange) -> Iterator[Reason]:
    old = change.appointment
    if change.kind in (ChangeKind.CHANGE, ChangeKind.REVOKE):
        if old is None or old.__parent__ is not change.person or not old.in_force(clock.now()):
            yield Reason(_("请选择该人员现有的任职。"), "5.7", "appointment")
    elif old is not None and not _is_predecessor(change):
        yield Reason(_("只能接替他人现有的同一角色和范围的任职。"), "R-6.3", "appointment")


def _is_predecessor(change: PermissionChange) -> bool:
    """Whether a grant names another's appointment in force, to the same role and scope, as the post it takes over."""
    old = change.appointment
    if change.kind is not ChangeKind.GRANT or old is None or old.__parent__ is change.person:
        return False
    return old.principal == change.principal and old.in_force(clock.now())


def verdicts(change: PermissionChange, now: datetime, settings: Any) -> list[Reason]:
    """What the separation of duties says to a change if it came about now; empty when nothing speaks against it."""
    root, person, kind = site(change.person), change.person, change.kind
    reasons: list[Reason] = []
    if kind in (ChangeKind.GRANT, ChangeKind.DESIGNATE, ChangeKind.CHANGE):
        since = max(change.since or now, now)
        own = change.appointment if kind is ChangeKind.CHANGE else None
        reasons += sod.problems(
            person, change.role, change.scope, since, change.until, root=root, settings=settings, instead=own
        )
    if kind is ChangeKind.RESTORE:
        for each in person.appointments(now):
            reasons += sod.problems(
                person, each.role, each.scope, each.since, each.until, root=root, settings=settings, instead=each
            )
    return reasons + sod.sod_13(person, taken_by(change, now), root, now)


def taken_by(change: PermissionChange, now: datetime) -> tuple[Appointment, ...]:
    """The appointments a change takes from its person."""
    if change.kind is ChangeKind.SUSPEND:
        return tuple(change.person.appointments(now))
    return (change.appointment,) if change.appointment is not None and takes(change) else ()


def takes(change: PermissionChange) -> bool:
    """Whether a change takes from its person the appointment it names; a change that keeps role and scope does not."""
    if change.appointment is None or change.kind is ChangeKind.GRANT:
        return False
    return change.kind is ChangeKind.REVOKE or change.appointment.principal != change.principal
