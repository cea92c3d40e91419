"""The permission change's workflow (R-7.4, R-8.2; domain.md 5.7, 7.2): requested, reviewed by the auditor, executed, verified.

Nothing but an executed change gives or takes an appointment, save the founding act, a head's designation (R-11.3) and an emergency
suspension (R-39.2). A person's rights follow with the next request, since principals are computed from the appointments.
"""

from datetime import datetime, timedelta
from typing import Any

from substanced.util import set_acl

from content_types.appointment import Appointment, Capacity
from content_types.content import shelf
from content_types.permission_change import ChangeKind, PermissionChange, Step
from content_types.person import Person
from govrepo import clock, rules
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, Range, register
from govrepo.database import site
from govrepo.i18n import _
from govrepo.security.acl import Allow
from policies import separation_of_duties as sod
from policies.actor import Actor, system_actor
from policies.appointment import end, give
from policies.change_request import faults, stands, takes, unit_within, verdicts
from policies.engine import Act, Reason, Refused, Table, Transition, act, record, table_of
from policies.handover import confirmed_handover
from policies.permissions import Permission as P
from policies.registers.keys import moment
from policies.roles import OFFICERS, Role
from policies.scopes import operator_office
from policies.working_time import next_working_day

STATES = {
    "submitted": _("待审核"),
    "approved": _("待执行"),
    "executed": _("待复核"),
    "verified": _("已复核"),
    "rejected": _("未批准"),
    "withdrawn": _("已撤回"),
    "lapsed": _("已失效"),
}
KINDS = {
    ChangeKind.GRANT: _("授予"),
    ChangeKind.CHANGE: _("变更"),
    ChangeKind.REVOKE: _("撤销"),
    ChangeKind.DESIGNATE: _("指定代理"),
    ChangeKind.SUSPEND: _("停用"),
    ChangeKind.RESTORE: _("恢复"),
}


def request_change(  # noqa: PLR0913 - The elements of the request form (domain.md 4.14).
    actor: Actor,
    person: Person,
    kind: ChangeKind | str,
    *,
    role: str = "",
    scope: str = "",
    appointment: Appointment | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    capacity: Capacity | str = Capacity.REGULAR,
    reason: str = "",
    basis: str = "",
) -> PermissionChange:
    """Ask for a change of a person's rights; raise Refused, with reasons by field, and store nothing when it may not be.

    Unknown kinds and capacities raise ValueError. With a grant, ``appointment`` is the predecessor's whose post is taken over.
    """
    change = PermissionChange(person, ChangeKind(kind), actor.person)
    change.role, change.scope = str(role), scope or (appointment.scope if appointment and kind == "change" else "")
    change.appointment, change.since, change.until = appointment, since, until
    change.capacity = Capacity.DESIGNATED if kind == "designate" else Capacity(capacity)
    change.reason, change.basis = reason.strip(), basis.strip()
    reasons = tuple(faults(change, actor, site(person)))
    if reasons:
        words = "; ".join(sorted({reason.article for reason in reasons}))
        refusal = {"action": "permission_change.request", "subject": f"/people/{person.id}", "subject_uid": person.uid}
        raise Refused(reasons, refusal | {"reason": f"{words} {Refused(reasons, {})}"})
    return _file(change, actor)


def take_effect_at_once(  # noqa: PLR0913 - The elements of the change (domain.md 4.14).
    actor: Actor,
    person: Person,
    kind: ChangeKind,
    *,
    reason: str,
    basis: str,
    role: str = "",
    scope: str = "",
    until: datetime | None = None,
) -> PermissionChange:
    """File a change that takes effect before the auditor's review; the callers have asked who may (R-11.3, R-39.2, R-39.3)."""
    change = PermissionChange(person, kind, actor.person)
    change.immediate, change.state = True, "executed"
    change.role, change.scope, change.until = str(role), scope, until
    change.capacity = Capacity.DESIGNATED if kind is ChangeKind.DESIGNATE else Capacity.REGULAR
    change.reason, change.basis = reason.strip(), basis.strip()
    _file(change, actor, "execute_at_once")
    execute(Act(change, actor, clock.now()))
    register(person, "permission_changes").changed(change)
    return change


def _file(change: PermissionChange, actor: Actor, act_name: str = "request") -> PermissionChange:
    """Number it and put it in its place. Two at once take the same name there, conflict, and one is tried again: no gap."""
    now, root = clock.now(), site(change.person)
    change.year = clock.local(now).year
    year = shelf(root["admin"], "changes", str(change.year))
    change.number = len(year) + 1
    year[str(change.number)] = change
    set_acl(change, _acl(change, root), registry=actor.registry)
    record(table_of(change), act_name, Act(change, actor, now, {"reason": change.reason}), "")
    return change


def _acl(change: PermissionChange, root: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    """What those concerned may do beside the site's officers (roles.py): read, withdraw, execute within the unit, decide (SOD-6)."""
    grants: list[tuple[str, tuple[P, ...]]] = [
        (change.requested_by.principal, (P.CHANGE_READ, P.CHANGE_WITHDRAW)),
        (change.person.principal, (P.CHANGE_READ,)),
        ("system", (P.CHANGE_LAPSE,)),
    ]
    unit, office = unit_within(change, root), operator_office(root)
    if unit is not None:
        grants.append((f"{Role.UNIT_ADMINISTRATOR}@{unit.scope}", (P.CHANGE_READ, P.CHANGE_EXECUTE)))
    if sod.concerns_auditor(change) and office is not None:
        grants.append((f"{Role.OFFICE_LEADER}@{office.scope}", (P.CHANGE_READ, P.CHANGE_REVIEW)))
    return [(Allow, principal, tuple(map(str, permissions))) for principal, permissions in grants]


# Guards.


def not_about_oneself(act: Act) -> list[Reason]:
    """SOD-4: nobody decides on, executes or verifies a request about oneself."""
    return sod.sod_4(act.context, act.actor.person)


def not_the_requester(act: Act) -> list[Reason]:
    """SOD-5: the reviewer has not requested it."""
    return sod.sod_5(act.context, act.actor.person)


def not_the_reviewer(act: Act) -> list[Reason]:
    """SOD-5: the executor has not reviewed it."""
    return sod.sod_5_execution(act.context, act.actor.person)


def not_the_executor(act: Act) -> Reason | None:
    """SOD-5: whoever verifies has not executed it."""
    executed = act.context.executed
    if executed is None or executed.by is not act.actor.person:
        return None
    return Reason(_("执行人不得复核自己的执行。"), "SOD-5")


def by_a_leader_for_the_auditor(act: Act) -> list[Reason]:
    """SOD-6: a leader of the office decides on an auditor's appointment, and on nothing else."""
    return sod.sod_6(act.context, act.actor)


def separated(act: Act) -> list[Reason]:
    """The rules over appointments still hold (SOD-1 to SOD-3, SOD-13, SOD-15, R-4.1, R-6.1, R-6.2)."""
    return verdicts(act.context, act.now, act.actor.registry.govrepo_settings)


def still_stands(act: Act) -> list[Reason]:
    """5.7 to 5.9: account and place are in use as when it was asked for; a closed account does not come back."""
    return stands(act.context, site(act.context.person))


def handed_over(act: Act) -> Reason | None:
    """R-6.3: an officer's post changes hands only by a handover that both have confirmed."""
    change = act.context
    old = change.appointment
    passes_on = change.kind is ChangeKind.GRANT or takes(change)
    if old is None or not passes_on or old.role not in OFFICERS or not old.in_force(act.now):
        return None
    taker = change.person if change.kind is ChangeKind.GRANT else None
    if confirmed_handover(old, taker) is not None:
        return None
    return Reason(_("交接记录尚未由移交人和接收人双方确认。"), "R-6.3")


def in_time(act: Act) -> Reason | None:
    """5.7: executed within so many working days after the approval (domain.md part 10: ten)."""
    settings = act.actor.registry.govrepo_settings
    if act.context.decided is None or act.now < lapses_at(act.context, settings):
        return None
    words = {"days": lapse_days(act.context, settings)}
    return Reason(_("批准后超过${days}个工作日未执行，申请已失效。", mapping=words), "5.7")


def overdue(act: Act) -> Reason | None:
    """5.7: lapses only when the time for the execution is over."""
    return None if in_time(act) else Reason(_("未到失效时间。"), "5.7")


def says_why(act: Act) -> Reason | None:
    """A rejection gives its reason."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请写明理由。"), "R-7.4", "note")


def as_requested(act: Act) -> Reason | None:
    """5.7: the person's effective rights are those that were requested."""
    return None if rights_match(act.context, act.now) else Reason(_("现有权限与申请不一致，不能复核通过。"), "5.7")


def rights_match(change: PermissionChange, now: datetime) -> bool:
    """Whether a person's effective rights are what an executed change asked for, at its start if that lies ahead."""
    person, old, made = change.person, change.appointment, change.result
    if change.immediate and change.kind in (ChangeKind.SUSPEND, ChangeKind.RESTORE):
        return True  # Reviewed afterwards: by then the leader may have decided otherwise.
    if change.kind in (ChangeKind.SUSPEND, ChangeKind.RESTORE):
        return bool(person.state == ("suspended" if change.kind is ChangeKind.SUSPEND else "active"))
    at = max(now, change.since or now)
    gone = old is None or not old.in_force(at)
    if change.kind is ChangeKind.REVOKE:
        return gone
    if made is None or made.principal != change.principal:
        return False
    if made.until is not None and made.until <= at:
        return gone and (made.until == change.until or _ended_lawfully(change, made))
    return gone and made.until == change.until and change.principal in person.principals(at)


def _ended_lawfully(change: PermissionChange, made: Appointment) -> bool:
    """Whether what ended before its time did so by the head who had designated (R-11.3), with its place (5.8), or by a later change."""
    if change.immediate or stands(change, site(change.person)):
        return True
    later = register(change.person, "permission_changes").query(
        Eq("person", change.person.id), sort="order", limit=1000
    )
    return any(each.appointment is made and each.executed for each in later.objects)


def lapse_days(change: PermissionChange, settings: Any) -> int:
    """How many working days there are for the execution, by the rule that counted at the approval (R-41.1)."""
    decided_at = change.decided.at if change.decided else None
    return int(rules.value(change.person, settings, "change_lapse_days", decided_at))


def lapses_at(change: PermissionChange, settings: Any) -> datetime:
    """The end of the last working day for the execution (domain.md part 10)."""
    calendar = site(change.person).calendar
    day = clock.local(change.decided.at).date() if change.decided else clock.today()
    for _day in range(lapse_days(change, settings)):
        day = next_working_day(day, calendar)
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), clock.LOCAL)


# Effects.


def decide(act: Act) -> None:
    """Who decided, when, with which words."""
    act.context.decided = Step(act.actor.person, act.now, str(act.given.get("note", "")).strip())


def verify(act: Act) -> None:
    """Who verified, and when."""
    act.context.verified = Step(act.actor.person, act.now, str(act.given.get("note", "")).strip())


def execute(act: Act) -> None:
    """Give, change or end the appointment, or suspend or restore the account (R-7.4, R-8.2)."""
    change, now = act.context, act.now
    change.executed = Step(act.actor.person, now, str(act.given.get("note", "")).strip())
    if change.kind in (ChangeKind.SUSPEND, ChangeKind.RESTORE):
        _set_account(change, "suspended" if change.kind is ChangeKind.SUSPEND else "active", act)
        register(change.person, "people").changed(change.person)
        return
    starts = max(now, change.since or now)
    if change.appointment is not None:
        end(change.appointment, starts)
    if change.kind is not ChangeKind.REVOKE:
        change.result = give(change.person, _appointment(change, starts))


def _set_account(change: PermissionChange, state: str, act: Act) -> None:
    """Suspend or restore the account, and let its history tell, so that questions about a past date can be answered."""
    person, source = change.person, change.person.state
    person.state = state
    record(table_of(person), change.kind.value, Act(person, act.actor, act.now, {"note": change.title}), source)


def _appointment(change: PermissionChange, starts: datetime) -> Appointment:
    made = Appointment(
        change.role, change.scope, starts, until=change.until, capacity=change.capacity, basis=change.title
    )
    made.change = change
    return made


REVIEW_GUARDS = (not_about_oneself, not_the_requester, by_a_leader_for_the_auditor)
TABLE = Table(
    noun="permission_change",
    label=_("权限变更"),
    begun={"request": _("申请权限变更"), "execute_at_once": _("当即执行")},
    content_type="PermissionChange",
    initial="submitted",
    states=STATES,
    transitions=(
        Transition("withdraw", _("撤回申请"), ("submitted",), "withdrawn", P.CHANGE_WITHDRAW, article="5.7"),
        Transition(
            "approve",
            _("批准"),
            ("submitted",),
            "approved",
            P.CHANGE_REVIEW,
            guards=(*REVIEW_GUARDS, still_stands, separated),
            effects=(decide,),
            article="R-7.4",
            signed=True,
        ),
        Transition(
            "reject",
            _("不批准"),
            ("submitted",),
            "rejected",
            P.CHANGE_REVIEW,
            guards=REVIEW_GUARDS,
            inputs=(says_why,),
            effects=(decide,),
            article="R-7.4",
        ),
        Transition(
            "execute",
            _("执行"),
            ("approved",),
            "executed",
            P.CHANGE_EXECUTE,
            guards=(not_about_oneself, not_the_reviewer, in_time, still_stands, handed_over, separated),
            effects=(execute,),
            article="R-8.2",
            signed=True,
        ),
        Transition(
            "verify",
            _("复核"),
            ("executed",),
            "verified",
            P.CHANGE_REVIEW,
            guards=(not_about_oneself, not_the_executor, by_a_leader_for_the_auditor, as_requested),
            effects=(verify,),
            article="R-7.4",
        ),
        Transition("lapse", _("失效"), ("approved",), "lapsed", P.CHANGE_LAPSE, guards=(overdue,), article="5.7"),
    ),
    register="permission_changes",
    version=lambda change: change.digest(),
)


def lapse_overdue(job: Any) -> None:
    """Timed job ``permission_change.lapse``: what was approved and not executed in time lapses (5.7)."""
    found = register(job.root, "permission_changes", job.registry)
    query = Eq("state", "approved") & Range("decided", 1, moment(clock.now() - timedelta(days=1)))
    actor = system_actor(job.registry)
    for change in found.query(query, sort="order", limit=500).objects:
        if clock.now() >= lapses_at(change, job.registry.govrepo_settings):
            act(change, "lapse", actor)


def visible_to(actor: Actor, root: Any) -> Any:
    """The query for the changes an actor may read: all, or those that name one of the actor's principals."""
    if actor.allowed(P.CHANGE_READ, root):
        return None
    return AnyOf("party", tuple(actor.principals))


def includeme(config: Any) -> None:
    """Bind the table and declare what happens by itself."""
    config.add_policy_table(PermissionChange, TABLE)
    config.add_timed_job("permission_change.lapse", lapse_overdue, every=timedelta(hours=1))
