"""Limits by urgency: for handling incoming documents, in working days (办理时限, domain.md 3.10), and for signing (5.3, part 10)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from content_types.register_entry import RegisterEntry
from govrepo import clock, rules
from govrepo.database import site
from policies.working_time import half_days, hours, next_working_day

SETTINGS = {"plain": "limit_plain", "urgent": "limit_urgent", "most_urgent": "limit_most_urgent"}
"""The setting that holds the working days for each urgency."""
SIGN_WITHIN = {"urgent": timedelta(hours=2), "most_urgent": timedelta(minutes=30)}
"""How soon what is urgent is signed for (5.3 timers, part 10)."""
LONGEST_HOLIDAY = 60
"""Days within which every calendar has a working day."""


def default_due(entry: RegisterEntry, registry: Any) -> date:
    """The last day for handling an entry, from today on; the day by which a reply is asked for wins if it is earlier."""
    days = int(rules.value(entry, registry.govrepo_settings, SETTINGS[entry.facts.urgency]))
    due = working_days_after(clock.today(), days, site(entry).calendar)
    return min(due, entry.facts.reply_due) if entry.facts.reply_due else due


def sign_by(box: Any, available: datetime, urgency: str, registry: Any) -> datetime:
    """Until when what reaches a box should be signed for (part 10): the end of the next half-day; what is urgent within hours or minutes."""
    if urgency in SIGN_WITHIN:
        return available + SIGN_WITHIN[urgency]
    calendar, settings = site(box).calendar, registry.govrepo_settings
    day = clock.local(available).date()
    for worked, half in half_days(day, day + timedelta(days=LONGEST_HOLIDAY), calendar):
        spans = hours(rules.value(box, settings, "half_days", clock.day_start(worked)))
        start, end = (datetime.combine(worked, border, clock.LOCAL) for border in spans.of(half))
        if start > available:
            return end.astimezone(UTC)  # As instants are stored.
    return available + timedelta(days=LONGEST_HOLIDAY)


def working_days_after(day: date, number: int, calendar: Any) -> date:
    """The working day that many working days after a day."""
    for _each in range(number):
        day = next_working_day(day, calendar)
    return day


def refusal_until(handed: datetime, calendar: Any) -> datetime:
    """The end of the first working day after an entry was handed over: until then it may be refused (5.5)."""
    last = working_days_after(clock.local(handed).date(), 1, calendar)
    return datetime.combine(last + timedelta(days=1), datetime.min.time(), clock.LOCAL)


def is_overdue(entry: RegisterEntry) -> bool:
    """Whether an entry that is being handled is past its limit."""
    return bool(entry.state == "handling" and entry.due is not None and clock.today() > entry.due)
