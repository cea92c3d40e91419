"""Availability (R-N3.1, P-82): the exchange runs day and night; every interruption is recorded with start, end and cause.

The worker in service marks each minute. When it finds that the last mark is old, nothing ran in between, and an outage is recorded. The probe of a
monitoring system asks ``/health``. What a script drains, as when samples are loaded, is no service.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from content_types.content import month_shelf, shelf
from content_types.outage import Outage
from govrepo import clock
from govrepo.i18n import _
from policies.actor import system_actor
from policies.engine import Act, Reason, Table, Transition, record, table_of
from policies.permissions import Permission as P

JOB = "availability.beat"
EVERY = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=5)
"""Between two marks; a restart for a new release takes less."""
MONTHS = 12
STATES = {"noticed": _("待查明原因"), "explained": _("已查明")}


class Availability(NamedTuple):
    """Of a month: its first day's text (2013-01), the share of time that the exchange ran, and its outages."""

    month: str
    share: float
    outages: tuple[Outage, ...]


def beat(job: Any) -> None:
    """Timed job: the worker is in service; where it was not for long, that is an outage."""
    if not job.registry.in_service:
        return
    kept, now = job.root.upkeep, clock.now()
    if kept.served_at is not None and now - kept.served_at > LONGEST_PAUSE:
        notice(job.root, kept.served_at, now, job.registry)
    kept.served_since, kept.served_at = kept.served_since or now, now


def notice(root: Any, began: datetime, ended: datetime, registry: Any) -> Outage:
    """Record an outage."""
    outage = Outage(began.astimezone(UTC), ended.astimezone(UTC))
    month_shelf(shelf(root["admin"], "outages"), ended)[outage.uid] = outage
    record(table_of(outage), "notice", Act(outage, system_actor(registry), clock.now(), {}), "")
    return outage


def outages(root: Any) -> list[Outage]:
    """Every outage, the newest first."""
    months = root["admin"].get("outages", {})
    found = [each for month in months.values() for each in month.values()]
    return sorted(found, key=lambda each: each.began, reverse=True)


def by_month(root: Any) -> list[Availability]:
    """The availability of the last months, the newest first: of the present one until now, of the first since it began."""
    now, found = clock.local(clock.now()), outages(root)
    began = clock.local(root.upkeep.served_since or now)
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months: list[Availability] = []
    until = now
    while until > began and len(months) < MONTHS:
        months.append(_month(found, max(first, began), until))
        until, first = first, (first - timedelta(days=1)).replace(day=1)
    return months


def _month(found: list[Outage], first: datetime, until: datetime) -> Availability:
    within = tuple(each for each in found if each.ended > first and each.began < until)
    away = sum((min(each.ended, until) - max(each.began, first) for each in within), timedelta())
    return Availability(first.strftime("%Y-%m"), 1 - away / (until - first), within)


def cause_given(act: Act) -> Reason | None:
    """R-N3.1: the cause, in words."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请写明原因。"), "R-N3.1", "note")


def explain(done: Act) -> None:
    """What the technical service group found."""
    done.context.cause, done.context.explained_by = str(done.given["note"]).strip(), done.actor.person


TABLE = Table(
    noun="outage",
    label=_("停运"),
    begun={"notice": _("发现停运")},
    content_type="Outage",
    initial="noticed",
    states=STATES,
    transitions=(
        Transition("explain", _("登记原因"), ("noticed", "explained"), "explained", P.INCIDENT_HANDLE, (), (cause_given,), (explain,), article="R-N3.1"),
    ),
)  # fmt: skip


def includeme(config: Any) -> None:
    """Bind the table and declare the job."""
    config.add_policy_table(Outage, TABLE)
    config.add_timed_job(JOB, beat, every=EVERY)
