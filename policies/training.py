"""Training records (R-4.2, R-6.2; domain.md 7.2, "training"): made by the operators and by a unit's administrator, never changed."""

from datetime import date
from typing import Any

from content_types.content import shelf
from content_types.person import Person
from content_types.training import Training, TrainingKind
from govrepo import clock
from govrepo.catalog import register
from govrepo.database import site
from govrepo.i18n import _
from policies.actor import Actor
from policies.engine import Act, Reason, Refused, Table, record, table_of
from policies.permissions import Permission

STATES = {"recorded": _("已登记")}
TABLE = Table(
    noun="training",
    label=_("培训记录"),
    begun={"record": _("登记培训")},
    content_type="Training",
    initial="recorded",
    states=STATES,
    transitions=(),
    register="trainings",
)


def record_training(
    actor: Actor, person: Person, kind: TrainingKind | str, day: date | None, *, passed: bool = True, subject: str = ""
) -> Training:
    """Record a training of a person; raise Refused for those who may not, or when an element is missing or lies ahead."""
    reasons = tuple(_faults(actor, person, kind, day))
    if reasons:
        words = "; ".join(reason.article for reason in reasons)
        subjects = {"subject": f"/people/{person.id}", "subject_uid": person.uid}
        raise Refused(reasons, {"action": "training.record", **subjects, "reason": words})
    made = enter(person, TrainingKind(kind), day or clock.today(), passed=passed, subject=subject, by=actor.person)
    record(table_of(made), "record", Act(made, actor, clock.now(), {"note": person.id}), "")
    return made


def _faults(actor: Actor, person: Person, kind: str, day: date | None) -> list[Reason]:
    reasons = []
    if not actor.allowed(Permission.TRAINING_RECORD, person):
        reasons.append(Reason(_("只有运行维护人员和本单位管理员可以登记培训。"), "R-4.2"))
    if kind not in set(TrainingKind):
        reasons.append(Reason(_("请选择培训类别。"), "R-6.2", "kind"))
    if day is None or day > clock.today():
        reasons.append(Reason(_("请填写已经举行的培训的日期。"), "R-6.2", "day"))
    return reasons


def enter(person: Person, kind: TrainingKind, day: date, *, passed: bool, subject: str, by: Any) -> Training:
    """Put a record in its place; the founding act does so for the first officers, before anybody holds a right."""
    made = Training(person, kind, day, passed=passed, subject=subject.strip(), recorded_by=by)
    shelf(site(person)["admin"], "trainings", str(day.year))[made.uid] = made
    person.trainings = (*person.trainings, made)
    register(person, "trainings").changed(made)
    return made


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(Training, TABLE)
