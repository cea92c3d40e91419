"""Working days and half-days (R-20.1, R-20.2) and the exchange day (P-37)."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from content_types.check_in import HalfDay, key
from govrepo import clock


class Hours(NamedTuple):
    """The borders of the two half-days, local time."""

    morning: tuple[time, time]
    afternoon: tuple[time, time]

    def of(self, half: HalfDay) -> tuple[time, time]:
        """The borders of one half-day."""
        return self.morning if half is HalfDay.MORNING else self.afternoon


def hours(spans: str) -> Hours:
    """The half-days that a setting names, as "08:30-12:00,14:00-17:30"; raises ValueError for an unreadable one."""
    morning, afternoon = (
        tuple(time.fromisoformat(part.strip()) for part in span.split("-")) for span in spans.split(",")
    )
    return Hours((morning[0], morning[1]), (afternoon[0], afternoon[1]))


def half_day(instant: datetime, day_hours: Hours) -> HalfDay:
    """The half-day an instant counts for: the morning until the afternoon begins, so an early or late check-in counts too."""
    return HalfDay.MORNING if clock.local(instant).time() < day_hours.afternoon[0] else HalfDay.AFTERNOON


def is_working_time(instant: datetime, calendar: Any, day_hours: Hours) -> bool:
    """Whether an instant lies inside a working half-day."""
    moment = clock.local(instant)
    spans = (day_hours.morning, day_hours.afternoon)
    return calendar.is_worked(moment.date()) and any(start <= moment.time() <= end for start, end in spans)


def effective_day(instant: datetime, calendar: Any, cut_off: str) -> date:
    """The exchange day (P-37): the day itself up to the cut-off of a working day, otherwise the next working day."""
    moment = clock.local(instant)
    day = moment.date()
    if calendar.is_worked(day) and moment.time() < time.fromisoformat(cut_off):
        return day
    return next_working_day(day, calendar)


def next_working_day(day: date, calendar: Any) -> date:
    """The first working day after a day."""
    day += timedelta(days=1)
    while not calendar.is_worked(day):
        day += timedelta(days=1)
    return day


def half_days(first: date, last: date, calendar: Any) -> Iterator[tuple[date, HalfDay]]:
    """Every working half-day of a span of days, both ends included."""
    day = first
    while day <= last:
        if calendar.is_worked(day):
            yield day, HalfDay.MORNING
            yield day, HalfDay.AFTERNOON
        day += timedelta(days=1)


def missing_check_ins(
    box: Any, first: date, now: datetime, calendar: Any, hours_on: Callable[[date], Hours]
) -> list[tuple[date, HalfDay]]:
    """The working half-days of a box, ended by now, without a check-in (R-20.1), oldest first.

    ``hours_on`` says which hours counted on a day (R-41.1).
    """
    moment = clock.local(now)
    missing = []
    for day, half in half_days(first, moment.date(), calendar):
        ended = (day, hours_on(day).of(half)[1]) < (moment.date(), moment.time())
        if ended and key(day, half) not in box.check_ins:
            missing.append((day, half))
    return missing
