"""Changing an ACL by proposal only (R-7.4, R-8.2, SOD-3 to SOD-5; domain.md 5.7): propose, review from the difference, execute.

The administrator proposes and executes, the auditor reviews. What is executed stands on the container as an override and is merged
whenever its ACL is computed (policies/access.py). It ends by its date, in the worker.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pyramid.traversal import resource_path

from content_types.access_proposal import AccessProposal, Override
from content_types.content import Carrier, month_shelf, shelf
from govrepo import clock
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, register
from govrepo.database import site
from govrepo.i18n import _
from policies import explain
from policies.access import acl, grants_of, refresh
from policies.actor import Actor, system_actor
from policies.engine import Act, Reason, Refused, Table, Transition, record
from policies.permissions import Permission as P
from policies.person import OWN
from policies.roles import OFFICERS, ROLES, Role
from policies.scopes import place_of
from policies.working_time import next_working_day

EXECUTION_DAYS = 10
"""Working days after which an approved proposal lapses (domain.md 5.7)."""

STATES = {
    "proposed": _("待审核"),
    "approved": _("已批准"),
    "rejected": _("不同意"),
    "withdrawn": _("已撤回"),
    "executed": _("执行中"),
    "expired": _("已到期"),
    "lapsed": _("已失效"),
}

KEPT = tuple(
    each
    for each in P
    if each.startswith(("audit:", "admin:change:", "admin:handover:", "admin:suspension:", "trust:", "manage:access:"))
)
"""What the review itself rests on: no proposal gives or takes it, or one could lock the officers out or let one in."""
PERSONAL = OWN
"""What is one person's alone: no role ever holds it."""


class ChangedLine(NamedTuple):
    """A line of an ACL, ``Allow`` or ``Deny`` for a principal, with its permissions before and after."""

    action: str
    principal: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """What an execution would change: ACL lines before and after, and who gains or loses the permission by it."""

    lines: tuple[ChangedLine, ...]
    gains: tuple[Any, ...]
    loses: tuple[Any, ...]
    digest: str


def difference(proposal: AccessProposal) -> Difference:
    """The difference from the carrier's ACL as it stands, on the first day on which the proposal counts."""
    carrier, now = proposal.carrier, clock.now()
    before = acl(grants_of(carrier), carrier.overrides, now)
    after = acl(grants_of(carrier), (*carrier.overrides, proposal.override), max(now, proposal.since))
    tables = [{line[:2]: line[2] for line in lines} for lines in (before, after)]
    changed = sorted(key for key in {*tables[0], *tables[1]} if tables[0].get(key) != tables[1].get(key))
    lines = tuple(ChangedLine(*key, tables[0].get(key, ()), tables[1].get(key, ())) for key in changed)
    gains, loses = _concerned(proposal, before, after)
    digest = hashlib.sha256(repr((before, after, [each.id for each in (*gains, *loses)])).encode()).hexdigest()
    return Difference(lines, gains, loses, digest)


def _concerned(proposal: AccessProposal, before: Any, after: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Who holds the role and would have the permission then and not now, or now and not then."""
    was, will, now = _as_if(proposal.carrier, before), _as_if(proposal.carrier, after), clock.now()
    gains, loses = [], []
    for person in explain.holding(proposal.carrier, [proposal.principal], None):
        principals = (person.principal, *person.principals(now))
        has, gets = (explain.decide(place, principals, proposal.permission).allowed for place in (was, will))
        gains += [person] if gets and not has else []
        loses += [person] if has and not gets else []
    return tuple(gains), tuple(loses)


# Proposing.


def propose(carrier: Any, actor: Actor, data: Mapping[str, Any]) -> AccessProposal:
    """Put a proposal before the auditor. ``data``: role, scope, permission, allowed, since, until, basis, reason.

    Raises Refused: with a reason at each field to mend, or because the actor may not propose.
    """
    reasons = _against(carrier, actor, data)
    if reasons:
        what = {"action": "access_proposal.propose", "subject": resource_path(carrier)}
        raise Refused(tuple(reasons), what | {"subject_uid": getattr(carrier, "uid", ""), "reason": _said(reasons)})
    override = _override(data)
    proposal = AccessProposal(carrier, override, data["reason"].strip(), actor.person)
    proposal.created_by = actor.id
    month_shelf(shelf(site(carrier)["admin"], "access_proposals"), clock.now())[proposal.uid] = proposal
    record(TABLE, "propose", Act(proposal, actor, clock.now(), {"note": proposal.reason[:200]}), "")
    return proposal


def _said(reasons: list[Reason]) -> str:
    return "; ".join(filter(None, (reason.article or reason.field for reason in reasons)))


def _override(data: Mapping[str, Any]) -> Override:
    principal = f"{data['role']}@{data['scope']}"
    period = (data["since"], data["until"])
    return Override("", principal, str(data["permission"]), bool(data["allowed"]), *period, data["basis"].strip())


def _against(carrier: Any, actor: Actor, data: Mapping[str, Any]) -> list[Reason]:
    if not actor.allowed(P.ACCESS_PROPOSE, carrier):
        return [Reason(_("访问控制的变更只能由管理员提出。"), "R-8.1")]
    if not isinstance(carrier, Carrier):
        return [Reason(_("这个对象没有自己的访问控制，请在上级容器提出。"))]
    reasons = [*_wrong_words(data), *_wrong_role(site(carrier), data)]
    return reasons or _unsound(carrier, _override(data))


def _wrong_words(data: Mapping[str, Any]) -> list[Reason]:
    found = [Reason(_("请写明依据。"), "R-7.4", "basis")] if not data["basis"].strip() else []
    found += [Reason(_("请写明理由。"), "R-7.4", "reason")] if not data["reason"].strip() else []
    found += [] if data["since"] else [Reason(_("请填写起始日期。"), "", "since")]
    if data["until"] and data["until"] <= max(data["since"] or clock.now(), clock.now()):
        found.append(Reason(_("截止日期须晚于起始日期和今天。"), "", "until"))
    return found


def _wrong_role(root: Any, data: Mapping[str, Any]) -> list[Reason]:
    if data["role"] not in set(Role):
        return [Reason(_("请选择角色。"), "", "role")]
    if data["permission"] not in set(P):
        return [Reason(_("请选择权限。"), "", "permission")]
    if not is_scope(root, Role(data["role"]), data["scope"]):
        return [Reason(_("这个角色没有这样的范围：处室填 division:代码，单位填 unit:代码，全站填 site。"), "", "scope")]
    return []


def is_scope(root: Any, role: Role, scope: str) -> bool:
    """Whether an appointment to the role could name this scope, and the scope exists."""
    kind, _colon, code = scope.partition(":")
    if kind != ROLES[role].scope:
        return False
    if kind == "division":
        return place_of(scope, root) is not None
    return scope == "site" if kind == "site" else code in root["units"]


def _unsound(carrier: Any, override: Override) -> list[Reason]:
    role, permission = Role(override.principal.partition("@")[0]), override.permission
    if permission in KEPT:
        return [Reason(_("审核程序本身的权限不能用提案改变。"), "R-7.4", "permission")]
    if permission in PERSONAL:
        return [Reason(_("这项权限只属于本人，不能给予角色。"), "R-34.1", "permission")]
    if role in (Role.ADMINISTRATOR, Role.AUDITOR):
        return [Reason(_("管理员和审计员的权限不能用提案改变：没有人可以审核或执行涉及自己的提案。"), "SOD-4", "role")]
    if override.allowed and role in OFFICERS and permission.startswith("exchange:"):
        return [Reason(_("管理员、审计员、保密员不得有业务权限。"), "SOD-3", "permission")]
    return (
        [] if _changes(carrier, override) else [Reason(_("该角色的这项权限现在就是这样，无需变更。"), "", "permission")]
    )


def _changes(carrier: Any, override: Override) -> bool:
    """Whether the role's permission would differ on the override's first day from what it would be without it."""
    at = max(override.since, clock.now())
    now_and_then = [acl(grants_of(carrier), more, at) for more in (carrier.overrides, (*carrier.overrides, override))]
    principals = (override.principal,)
    was, will = (
        explain.decide(_as_if(carrier, lines), principals, override.permission).allowed for lines in now_and_then
    )
    return was != will


def _as_if(carrier: Any, lines: Any) -> explain.Place:
    """The carrier in its lineage, as if its ACL were these lines."""
    return explain.placed(carrier, lambda each: lines if each is carrier else getattr(each, "__acl__", None))


# Guards and effects.


def is_the_proposer(act: Act) -> Reason | None:
    """Only who proposed withdraws."""
    mine = act.context.requested_by is act.actor.person
    return None if mine else Reason(_("只能由提出人撤回。"), "R-8.2")


def is_not_the_proposer(act: Act) -> Reason | None:
    """Who proposed does not review."""
    mine = act.context.requested_by is act.actor.person
    return Reason(_("提出人不能审核自己的提案。"), "SOD-5") if mine else None


def is_not_the_reviewer(act: Act) -> Reason | None:
    """Who reviewed does not execute."""
    mine = act.context.reviewed_by is act.actor.person
    return Reason(_("审核人不能执行。"), "SOD-5") if mine else None


def is_not_about_oneself(act: Act) -> Reason | None:
    """Nobody approves or executes what concerns a role he or she holds."""
    mine = act.context.principal in act.actor.principals
    return Reason(_("提案涉及您本人的角色，须由他人办理。"), "SOD-4") if mine else None


def is_still_sound(act: Act) -> list[Reason]:
    """The rules that held at the proposal still hold, and its period has not ended."""
    proposal = act.context
    if proposal.until is not None and proposal.until <= act.now:
        return [Reason(_("提案的期限已过。"))]
    return [reason._replace(field="") for reason in _unsound(proposal.carrier, proposal.override)]


def has_seen_the_difference(act: Act) -> Reason | None:
    """The difference that is approved is the one that was shown."""
    if act.given.get("seen") == difference(act.context).digest:
        return None
    return Reason(_("差异已有变化，请重新核对后再批准。"), "R-7.4", "seen")


def has_words(act: Act) -> Reason | None:
    """A refusal says why."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请写明理由。"), "R-7.4", "note")


def mark_reviewed(act: Act) -> None:
    """Who reviewed, and when."""
    act.context.reviewed_by, act.context.reviewed_at = act.actor.person, act.now


def put_in_force(act: Act) -> None:
    """The override goes onto the container, and its ACL is computed anew."""
    proposal = act.context
    proposal.executed_by, proposal.executed_at = act.actor.person, act.now
    proposal.carrier.overrides = (*proposal.carrier.overrides, proposal.override)
    refresh(proposal.carrier, act.actor.registry)


def facts(proposal: AccessProposal) -> dict[str, Any]:
    """What is given or taken, to whom, where and for how long."""
    override = proposal.override
    return {
        "carrier": resource_path(proposal.carrier),
        "principal": override.principal,
        "permission": str(override.permission),
        "allowed": "yes" if override.allowed else "no",
        "since": override.since.isoformat(),
        "until": override.until.isoformat() if override.until else "",
    }


REVIEW = (is_not_the_proposer, is_not_about_oneself)
TABLE = Table(
    noun="access_proposal", label=_("访问控制变更"), begun={"propose": _("提出访问控制变更"), "expire": _("到期"), "lapse": _("失效")},
    content_type="AccessProposal",
    initial="proposed",
    states=STATES,
    transitions=(
        Transition(
            "approve", _("批准"), ("proposed",), "approved", P.ACCESS_REVIEW, (*REVIEW, is_still_sound),
            (has_seen_the_difference,), (mark_reviewed,), article="R-7.4",
        ),
        Transition(
            "reject", _("不同意"), ("proposed",), "rejected", P.ACCESS_REVIEW, REVIEW, (has_words,), (mark_reviewed,),
            article="R-7.4",
        ),
        Transition(
            "withdraw", _("撤回"), ("proposed", "approved"), "withdrawn", P.ACCESS_PROPOSE, (is_the_proposer,),
            article="R-8.2",
        ),
        Transition(
            "execute", _("执行"), ("approved",), "executed", P.ACCESS_EXECUTE,
            (is_not_the_reviewer, is_not_about_oneself, is_still_sound), (), (put_in_force,), article="R-8.2",
        ),
    ),
    register="access_proposals",
    facts=facts,
)  # fmt: skip


# What time does.


def keep_time(root: Any, registry: Any) -> int:
    """Timed job: end what has run out, begin what begins today, let lapse what nobody executed; how many changed."""
    now, actor = clock.now(), system_actor(registry)
    found = register(root, "access_proposals", registry).query(
        AnyOf("state", ["proposed", "approved", "executed"]), sort="order", limit=5_000
    )
    return sum(_keep(proposal, now, actor) for proposal in found.objects)


def _keep(proposal: AccessProposal, now: datetime, actor: Actor) -> bool:
    over = proposal.until is not None and proposal.until <= now
    if proposal.state == "executed":
        if over:
            proposal.carrier.overrides = tuple(
                each for each in proposal.carrier.overrides if each.proposal != proposal.uid
            )
            _end(proposal, "expired", "expire", now, actor)
        before = len(proposal.carrier.acl_history)
        refresh(proposal.carrier, actor.registry)
        return over or len(proposal.carrier.acl_history) > before
    late = proposal.state == "approved" and _is_late(proposal, now)
    if over or late:
        _end(proposal, "lapsed", "lapse", now, actor)
    return over or late


def _is_late(proposal: AccessProposal, now: datetime) -> bool:
    """Whether the working days for the execution are over."""
    day = clock.local(proposal.reviewed_at or now).date()
    calendar = site(proposal).calendar
    for _day in range(EXECUTION_DAYS):
        day = next_working_day(day, calendar)
    return clock.local(now).date() > day


def _end(proposal: AccessProposal, state: str, name: str, now: datetime, actor: Actor) -> None:
    source, proposal.state = proposal.state, state
    record(TABLE, name, Act(proposal, actor, now, {}), source)


def of_uid(root: Any, uid: str) -> AccessProposal | None:
    """The proposal of an identifier."""
    found = register(root, "access_proposals").query(Eq("uid", uid), sort="order", limit=1).objects
    return found[0] if found else None


def pending(root: Any, states: Iterable[str]) -> tuple[AccessProposal, ...]:
    """The proposals in these states, the newest first."""
    query = AnyOf("state", list(states))
    return register(root, "access_proposals").query(query, sort="order", reverse=True, limit=200).objects


def includeme(config: Any) -> None:
    """Bind the table and the timed job."""
    config.add_policy_table(AccessProposal, TABLE)
    config.add_timed_job("access.keep_time", lambda job: keep_time(job.root, job.registry), every=timedelta(minutes=1))
