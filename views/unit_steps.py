"""What comes next for a unit (5.8): the steps of an application or a change, the acts that belong to them, and the daily check (P-21)."""

from dataclasses import replace
from typing import Any

from content_types.unit import ChangeOfUnit, Connection, Pending, Unit
from govrepo import clock
from govrepo.database import site
from policies import unit as policy
from policies.appointment import holders_of
from policies.person import everybody_of
from policies.roles import ROLES, Role

from .acts import Button
from .i18n import _

CARRIED_OUT = {
    "rename": ChangeOfUnit.RENAME,
    "merge_into": ChangeOfUnit.MERGE,
    "cancel": ChangeOfUnit.CANCEL,
}
"""The acts that carry out a change the leader has approved."""
NEXT = ("approve", "activate", "approve_change", *CARRIED_OUT)
"""The acts that bring an application or a change on."""
Step = tuple[Any, str, Any]


def steps(unit: Unit) -> list[Step]:
    """The way of what is in hand, as (words, done now todo bad, note); nothing for a unit at rest."""
    if unit.state in ("applied", "approved", "rejected"):
        return _joining(unit)
    return _changing(unit.pending) if unit.pending else []


def _joining(unit: Unit) -> list[Step]:
    approved = unit.state == "approved"
    lines = [(_("登记单位申请"), True, unit.letter), (_("厅领导批准"), approved, "")]
    for role, words in ((Role.UNIT_ADMINISTRATOR, _("任命单位管理员")), (Role.UNIT_CLERK, _("任命单位收发员"))):
        names = _names(unit, role)
        lines.append((words, bool(names), names or _("先建账号，再提出权限变更申请")))
    found = _in_turn([*lines, (_("管理员开通"), False, "")])
    if unit.state == "rejected":
        return [found[0], (found[1][0], "bad", "")]
    return found


def _changing(change: Pending) -> list[Step]:
    words = {"what": policy.CHANGES[change.kind]}
    approved = change.approved_by is not None
    lines = [
        (_("申请${what}", mapping=words), True, change.letter),
        (_("厅领导批准"), approved, change.approved_by.name if approved else ""),
    ]
    return _in_turn([*lines, (_("管理员办理${what}", mapping=words), False, "")])


def _in_turn(lines: list[tuple[Any, bool, Any]]) -> list[Step]:
    """The first that is not done is the one to do now."""
    found: list[Step] = []
    for words, done, note in lines:
        waiting = any(state == "now" for _words, state, _note in found)
        found.append((words, "done" if done else "todo" if waiting else "now", note))
    return found


def _names(unit: Unit, role: Role) -> str:
    return "、".join(each.name for each in holders_of(site(unit), f"{role}@{unit.scope}", clock.now()))


def belongs(unit: Unit, name: str) -> bool:
    """Whether an act belongs to what is in hand: one change at a time, and each step of it in its turn."""
    change = unit.pending
    if name in CARRIED_OUT:
        return change is not None and change.approved_by is not None and change.kind is CARRIED_OUT[name]
    if name in ("approve_change", "reject_change"):
        return change is not None and change.approved_by is None
    if name == "withdraw_change":
        return change is not None
    return change is None or not name.startswith("request_")


def in_words(unit: Unit, button: Button) -> Button:
    """The button, saying which change it is about."""
    if unit.pending is None:
        return button
    words = {"what": policy.CHANGES[unit.pending.kind]}
    titles = {
        "approve_change": _("批准${what}", mapping=words),
        "reject_change": _("不批准${what}", mapping=words),
        "withdraw_change": _("撤回${what}申请", mapping=words),
    }
    return replace(button, title=titles.get(button.name, button.title))


def daily(unit: Unit) -> list[tuple[Any, Any, str]]:
    """P-21: what the unit's administrator looks at every working day, as (what, how it stands, done or bad)."""
    lines: list[tuple[Any, Any, str]] = []
    for role in (Role.UNIT_CLERK, Role.UNIT_APPROVER):
        names = _names(unit, role)
        lines.append((ROLES[role].label, names or _("没有人担任，请提出权限变更申请"), "done" if names else "bad"))
    contacts = "、".join(each.name for each in unit.contacts)
    lines.append((_("联系人"), contacts or _("没有登记，请更新联系人"), "done" if contacts else "bad"))
    connected = unit.connection is Connection.CONNECTED
    lines.append((_("联通状态"), policy.CONNECTIONS[unit.connection], "done" if connected else "bad"))
    resting = [each.name for each in everybody_of(unit) if each.state in ("suspended", "handover")]
    lines.append((_("停用或者交接中的账号"), "、".join(resting) or _("没有"), "bad" if resting else "done"))
    return lines
