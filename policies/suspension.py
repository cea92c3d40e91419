"""The emergency suspension's workflow (R-39.2 to R-39.4; domain.md 5.7, 7.2): ordered, reported to the leader, reviewed, lifted.

It is, with a head's designation (R-11.3), the only permission change that takes effect before the auditor's review. The account's
state ends every session of the person with the next request; the leader's decision alone lifts it.
"""

from datetime import datetime, timedelta
from typing import Any

from substanced.util import set_acl

from content_types.content import shelf
from content_types.permission_change import ChangeKind, Step
from content_types.person import Person
from content_types.suspension import Suspension
from govrepo import clock
from govrepo.database import site
from govrepo.i18n import _
from govrepo.security import accounts
from govrepo.security.acl import Allow
from policies.actor import Actor
from policies.engine import Act, Reason, Refused, Table, Transition, act, record, table_of
from policies.permission_change import says_why, take_effect_at_once
from policies.permissions import Permission as P
from policies.roles import Role
from policies.scopes import operator_office
from policies.separation_of_duties import sod_4, sod_13
from policies.working_time import next_working_day

STATES = {
    "reported": _("已停用，待厅领导决定"),
    "maintained": _("厅领导决定维持停用"),
    "lifted": _("已解除停用"),
}


def suspend(actor: Actor, person: Person, *, reason: str, equipment: str = "", basis: str = "") -> Suspension:
    """Stop a person at once; raise Refused for those who may not, for oneself, or without a reason. ``equipment`` was sealed."""
    reasons = tuple(faults(actor, person, reason))
    if reasons:
        words = "; ".join(each.article for each in reasons)
        subject = {"subject": f"/people/{person.id}", "subject_uid": person.uid}
        raise Refused(reasons, {"action": "suspension.order", **subject, "reason": words})
    change = take_effect_at_once(actor, person, ChangeKind.SUSPEND, reason=reason, basis=basis or "R-39.2")
    accounts.revoke_all(person)
    return _file(Suspension(change, equipment.strip()), actor)


def faults(actor: Actor, person: Person, reason: str) -> list[Reason]:
    """Everything that speaks against stopping a person; nothing when it may be done."""
    reasons = []
    if not actor.allowed(P.SUSPENSION_ORDER, person):
        reasons.append(Reason(_("只能由技术服务组，或者该人员所在单位的管理员停用。"), "R-39.2"))
    if actor.person is person:
        reasons.append(Reason(_("不得停用本人的账号。"), "SOD-4", "login"))
    if person.state != "active":
        reasons.append(Reason(_("该账号不在用。"), "5.9", "login"))
    if not reason.strip():
        reasons.append(Reason(_("请写明违规情况。"), "R-39.2", "reason"))
    now = clock.now()
    last = sod_13(person, person.appointments(now), site(person), now)
    return reasons + [each._replace(field="login") for each in last]


def _file(suspension: Suspension, actor: Actor) -> Suspension:
    root, now = site(suspension.person), clock.now()
    shelf(root["admin"], "suspensions", clock.local(now).strftime("%Y"))[suspension.uid] = suspension
    suspension.person.suspension = suspension
    set_acl(suspension, _acl(suspension, root), registry=actor.registry)
    record(table_of(suspension), "order", Act(suspension, actor, now, {"reason": suspension.change.reason}), "")
    return suspension


def _acl(suspension: Suspension, root: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    """The leaders of the operating office decide (R-39.3); the unit administrator of the person's unit looks on."""
    grants: list[tuple[str, tuple[str, ...]]] = [
        (f"{Role.UNIT_ADMINISTRATOR}@{suspension.person.unit.scope}", (str(P.SUSPENSION_READ),))
    ]
    office = operator_office(root)
    if office is not None:
        grants.append((f"{Role.OFFICE_LEADER}@{office.scope}", (str(P.SUSPENSION_READ), str(P.SUSPENSION_DECIDE))))
    return [(Allow, principal, permissions) for principal, permissions in grants]


def not_about_oneself(act: Act) -> list[Reason]:
    """SOD-4: nobody decides on the own suspension."""
    return sod_4(act.context.change, act.actor.person)


def not_reviewed_yet(act: Act) -> Reason | None:
    """R-39.4: one after-review."""
    return Reason(_("已经复核过。"), "R-39.4") if act.context.change.verified else None


def is_ours(act: Act) -> Reason | None:
    """R-39.2: the suspension lifted is the one in force."""
    if act.context.person.suspension is act.context and act.context.person.state == "suspended":
        return None
    return Reason(_("该账号现在不是因本次停用而停用。"), "5.9")


def review_afterwards(act_: Act) -> None:
    """The auditor's after-review stands on the permission change (R-39.4)."""
    act(act_.context.change, "verify", act_.actor, note=str(act_.given.get("note", "")))


def decide(act_: Act) -> None:
    """The leader's decision, with its words."""
    act_.context.decided = Step(act_.actor.person, act_.now, str(act_.given.get("note", "")).strip())


def give_back(act_: Act) -> None:
    """The account works again from the next login on; this too stands among the permission changes."""
    suspension = act_.context
    suspension.lifted_by = take_effect_at_once(
        act_.actor, suspension.person, ChangeKind.RESTORE, reason=suspension.decided.note, basis=suspension.change.title
    )
    suspension.person.suspension = None


TABLE = Table(
    noun="suspension",
    label=_("紧急停用"),
    begun={"order": _("紧急停用")},
    content_type="Suspension",
    initial="reported",
    states=STATES,
    transitions=(
        Transition(
            "review",
            _("事后复核"),
            ("reported", "maintained", "lifted"),
            None,
            P.CHANGE_REVIEW,
            guards=(not_about_oneself, not_reviewed_yet),
            effects=(review_afterwards,),
            authority=lambda suspension: suspension.change,
            article="R-39.4",
        ),
        Transition(
            "maintain",
            _("维持停用"),
            ("reported",),
            "maintained",
            P.SUSPENSION_DECIDE,
            guards=(not_about_oneself,),
            inputs=(says_why,),
            effects=(decide,),
            article="R-39.3",
        ),
        Transition(
            "lift",
            _("解除停用"),
            ("reported", "maintained"),
            "lifted",
            P.SUSPENSION_DECIDE,
            guards=(not_about_oneself, is_ours),
            inputs=(says_why,),
            effects=(decide, give_back),
            article="R-39.3",
        ),
    ),
)


def review_due(suspension: Suspension, calendar: Any) -> datetime:
    """Until when the auditor reviews it: the end of the next working day (5.7)."""
    day = next_working_day(clock.local(suspension.ordered_at).date(), calendar)
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), clock.LOCAL)


def suspensions(root: Any) -> list[Suspension]:
    """Every suspension, the newest first."""
    years = root["admin"].get("suspensions", {})
    found = [each for year in years.values() for each in year.values()]
    return sorted(found, key=lambda each: each.ordered_at, reverse=True)


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(Suspension, TABLE)
