"""The half-day check-in (R-20.1, R-20.2): who checks in, when it counts, and what is missing."""

from datetime import date, datetime
from typing import Any

from pyramid.traversal import resource_path

from content_types.check_in import CheckIn, HalfDay, key, record
from govrepo import clock, rules
from govrepo.database import site
from govrepo.i18n import _
from govrepo.journal import Entry, Event
from policies import working_time
from policies.actor import Actor
from policies.engine import Reason, Refused
from policies.permissions import Permission


def check_in(box: Any, actor: Actor) -> bool:
    """Record that a receiver has opened the box in this half-day; answer whether it was the first time.

    Raises Refused for anybody without the receiver's role at the box.
    """
    if not actor.allowed(Permission.BOX_CHECK_IN, box):
        reason = Reason(_("只有本箱的收文员可以查收。"), "R-20.1")
        raise Refused(
            (reason,),
            {"action": "box.check_in", "subject": resource_path(box), "subject_uid": box.uid, "reason": "R-20.1"},
        )
    now = clock.now()
    half = working_time.half_day(now, hours(box, actor.registry.govrepo_settings, now))
    first = record(box, clock.local(now).date(), half, CheckIn(now, actor.id, actor.name))
    if first:
        actor.registry.journal.append(_entry(box, actor, half), box)
    return first


def _entry(box: Any, actor: Actor, half: HalfDay) -> Entry:
    return Entry(
        action="box.check_in",
        actor=actor.id,
        subject=resource_path(box),
        subject_uid=box.uid,
        certificate=actor.certificate,
        session=actor.session,
        address=actor.address,
        details={"half_day": half.value},
    )


def hours(box: Any, settings: Any, at: datetime) -> working_time.Hours:
    """The half-days that count at an instant (R-41.1)."""
    return working_time.hours(rules.value(box, settings, "half_days", at))


def half_day_key(box: Any, settings: Any) -> str:
    """The key of the half-day in hand, as ``ExchangeBox.check_ins`` has it."""
    now = clock.now()
    return key(clock.local(now).date(), working_time.half_day(now, hours(box, settings, now)))


def current(box: Any, settings: Any) -> CheckIn | None:
    """The check-in of the half-day in hand, if the box has one."""
    found: CheckIn | None = box.check_ins.get(half_day_key(box, settings))
    return found


def missing(box: Any, first: date, settings: Any) -> list[tuple[date, HalfDay]]:
    """The half-days of a box without a check-in since a day, oldest first (R-20.1)."""

    def hours_on(day: date) -> working_time.Hours:
        return hours(box, settings, clock.day_start(day))

    return working_time.missing_check_ins(box, first, clock.now(), site(box).calendar, hours_on)


def includeme(config: Any) -> None:
    """Declare what the journal says of it."""
    config.add_journal_events("box", _("交换箱"), Event("check_in", _("查收"), {"half_day": _("半天")}))
