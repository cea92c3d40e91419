"""The inspection's workflow (R-39.1 to R-39.3; domain.md 5.9): planned, done; a violation stops the person at once."""

from datetime import date
from typing import Any

from content_types.content import shelf
from content_types.inspection import Inspection, InspectionKind
from content_types.person import Person
from govrepo import clock
from govrepo.database import site
from govrepo.i18n import _
from policies import suspension
from policies.actor import Actor
from policies.engine import Act, Reason, Refused, Table, Transition, record, table_of
from policies.permissions import Permission as P

STATES = {
    "planned": _("待检查"),
    "passed": _("未发现问题"),
    "violated": _("发现违规"),
    "closed": _("已办结"),
}
KINDS = {InspectionKind.PERIODIC: _("定期抽查"), InspectionKind.RANDOM: _("随机抽查")}


def plan(actor: Actor, person: Person | None, kind: str, equipment: str, day: date | None) -> Inspection:
    """Plan an inspection of a person's equipment; raise Refused, with reasons by field, for what lacks or for those who may not."""
    reasons = tuple(_faults(actor, person, kind, equipment, day))
    if reasons or person is None or day is None:
        words = "; ".join(each.article for each in reasons)
        raise Refused(
            reasons, {"action": "inspection.plan", "subject": "/inspections", "subject_uid": "", "reason": words}
        )
    made = Inspection(person, InspectionKind(kind), equipment.strip(), day, actor.person)
    now = clock.now()
    made.year = clock.local(now).year
    year = shelf(site(person)["admin"], "inspections", str(made.year))
    made.number = len(year) + 1
    year[str(made.number)] = made
    record(table_of(made), "plan", Act(made, actor, now, {"note": made.equipment}), "")
    return made


def _faults(actor: Actor, person: Person | None, kind: str, equipment: str, day: date | None) -> list[Reason]:
    reasons = []
    if person is None:
        reasons.append(Reason(_("没有这个账号。"), "R-39.1", "login"))
    if not actor.allowed(P.INSPECTION_RECORD, actor.person if person is None else person):
        reasons.append(Reason(_("只有运行维护人员可以登记抽查。"), "R-39.1"))
    if kind not in set(InspectionKind):
        reasons.append(Reason(_("请选择抽查方式。"), "R-39.1", "kind"))
    if not equipment.strip():
        reasons.append(Reason(_("请写明抽查的设备。"), "R-39.1", "equipment"))
    if day is None:
        reasons.append(Reason(_("请按“2013-01-05”的样子填写日期。"), "R-39.1", "day"))
    return reasons


def says_what(act: Act) -> Reason | None:
    """R-39.1: the finding is recorded."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请写明检查情况。"), "R-39.1", "note")


def may_stop(act: Act) -> list[Reason]:
    """R-39.2: a violation is recorded by those who may suspend the person, and by nobody of oneself (SOD-4)."""
    found = suspension.faults(act.actor, act.context.person, "R-39.2")
    return [each._replace(field="") for each in found if each.article in ("R-39.2", "SOD-4")]


def leader_has_decided(act: Act) -> Reason | None:
    """R-39.3: a violation is closed only after the leader's decision."""
    followed = act.context.suspension
    if followed is None or followed.decided is not None:
        return None
    return Reason(_("厅领导对停用尚未作出决定。"), "R-39.3")


def keep_finding(act: Act) -> None:
    """What was found, and by whom."""
    act.context.finding = str(act.given.get("note", "")).strip()
    act.context.inspector = act.actor.person


def stop(act: Act) -> None:
    """Seal the equipment and stop the person at once (R-39.2); the report to the leader is open from now on (R-39.3).

    Who is suspended already, or is the last auditor or administrator (SOD-13), is not: the finding stands all the same (R-39.1).
    """
    inspection = act.context
    inspection.sealed = str(act.given.get("sealed", "")).strip()
    if suspension.faults(act.actor, inspection.person, inspection.finding):
        return
    inspection.suspension = suspension.suspend(
        act.actor, inspection.person, reason=inspection.finding, equipment=inspection.sealed, basis=inspection.title
    )


TABLE = Table(
    noun="inspection", label=_("设备抽查"), begun={"plan": _("安排抽查")},
    content_type="Inspection",
    initial="planned",
    states=STATES,
    transitions=(
        Transition(
            "pass", _("未发现问题"), ("planned",), "passed", P.INSPECTION_RECORD, inputs=(says_what,),
            effects=(keep_finding,), article="R-39.1",
        ),
        Transition(
            "violation", _("发现违规，立即停用"), ("planned",), "violated", P.INSPECTION_RECORD,
            guards=(may_stop,), inputs=(says_what,), effects=(keep_finding, stop), article="R-39.2",
        ),
        Transition(
            "close", _("办结"), ("passed", "violated"), "closed", P.INSPECTION_RECORD, guards=(leader_has_decided,),
            article="5.9",
        ),
    ),
    register="inspections",
)  # fmt: skip


def inspections(root: Any) -> list[Inspection]:
    """Every inspection, the newest first."""
    years = root["admin"].get("inspections", {})
    found = [each for year in years.values() for each in year.values()]
    return sorted(found, key=lambda each: (each.year, each.number), reverse=True)


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(Inspection, TABLE)
