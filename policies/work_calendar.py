"""The working-day calendar (R-20.2): the administrator sets holidays and the days worked in exchange, never for the past (R-41.1)."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from content_types.work_calendar import by_rule
from govrepo import clock
from govrepo.database import site
from govrepo.i18n import _
from govrepo.journal import Event
from policies.actor import Actor
from policies.administration import given, journal, refuse, require
from policies.engine import Reason
from policies.permissions import Permission as P

ACTION = "work_calendar.set"
LONGEST = 31
"""Days that may be set at once: more is a slip of the pen."""


class DayKind(StrEnum):
    """What a day is set to: 休息, 上班, or what the rule says."""

    HOLIDAY = "holiday"
    WORKED = "worked"
    RULE = "rule"


def set_days(root: Any, first: date | None, last: date | None, kind: str, note: str, actor: Actor) -> list[date]:
    """Set a span of days, both ends included, and answer those that changed; ``last`` None is a single day. Raise Refused."""
    require(P.CALENDAR_CHANGE, root, actor, ACTION)
    refuse([*_span_problems(first, last), *_kind_problems(kind), *given(note, "note", "R-20.2")], root, ACTION)
    calendar, wanted = site(root).calendar, DayKind(kind)
    days = [day for day in _span(first, last) if _differs(calendar, day, wanted)]
    for day in days:
        _set(calendar, day, wanted, note.strip())
    if days:
        journal(ACTION, root, actor, note.strip(), kind=kind, days=[day.isoformat() for day in days])
    return days


def _span(first: date | None, last: date | None) -> list[date]:
    start = first or clock.today()
    return [start + timedelta(days=number) for number in range(((last or start) - start).days + 1)]


def _span_problems(first: date | None, last: date | None) -> list[Reason]:
    if first is None:
        return [Reason(_("请填写日期。"), "R-20.2", "first")]
    if first < clock.today():
        return [Reason(_("已经过去的日子不能改：查收情况按当时的日历计算。"), "R-41.1", "first")]
    if last is not None and not 0 <= (last - first).days < LONGEST:
        return [Reason(_("止日不能早于起日，一次不超过 31 天。"), "R-20.2", "last")]
    return []


def _kind_problems(kind: str) -> list[Reason]:
    return [] if kind in tuple(DayKind) else [Reason(_("请选择休息还是上班。"), "R-20.2", "kind")]


def _differs(calendar: Any, day: date, wanted: DayKind) -> bool:
    """Whether setting a day would change it: a Sunday need not be set to a holiday."""
    if wanted is DayKind.RULE:
        return bool(calendar.is_exception(day))
    worked = wanted is DayKind.WORKED
    return bool(calendar.is_worked(day) != worked)


def _set(calendar: Any, day: date, wanted: DayKind, note: str) -> None:
    worked = wanted is DayKind.WORKED
    if wanted is DayKind.RULE or worked == by_rule(day):
        calendar.clear_day(day)
    else:
        calendar.set_day(day, worked=worked, note=note)


def includeme(config: Any) -> None:
    """Declare what the journal says of it."""
    said = {"kind": _("哪一种日子"), "days": _("日期")}
    config.add_journal_events("work_calendar", _("工作日历"), Event("set", _("设定工作日历"), said))
