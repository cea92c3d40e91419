"""The only source of time.

Every module asks :func:`now` or :func:`today`; nothing else reads the system clock (a test holds it). Tests and stories set
the clock with :func:`travel` or :func:`frozen`. Instants are aware and in UTC; people see Asia/Shanghai.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")


_BEGAN, _BEGAN_MONOTONIC = datetime.now(UTC), monotonic()


class _Clock:
    """The process-wide offset or standstill of time."""

    shift = timedelta(0)
    fixed: datetime | None = None


def now() -> datetime:
    """The present instant, aware, in UTC."""
    if _Clock.fixed is not None:
        return _Clock.fixed
    return datetime.now(UTC) + _Clock.shift


def local(instant: datetime) -> datetime:
    """The same instant as wall-clock time in Asia/Shanghai."""
    return instant.astimezone(LOCAL)


def today() -> date:
    """The present calendar day in Asia/Shanghai."""
    return local(now()).date()


def day_start(day: date) -> datetime:
    """The first instant of a calendar day in Asia/Shanghai, in UTC."""
    return datetime.combine(day, time.min, LOCAL).astimezone(UTC)


def day_end(day: date) -> datetime:
    """The last instant of a calendar day in Asia/Shanghai, in UTC."""
    return datetime.combine(day, time.max, LOCAL).astimezone(UTC)


def is_set() -> bool:
    """Whether somebody set this clock (tests, stories, samples): it is not the system's then."""
    return _Clock.fixed is not None or _Clock.shift != timedelta(0)


def drift() -> timedelta:
    """How far the system's clock has moved against the time that really passed since this process began; steps show in it."""
    return (datetime.now(UTC) - _BEGAN) - timedelta(seconds=monotonic() - _BEGAN_MONOTONIC)


def travel(to: datetime) -> None:
    """Let time go on from another instant; ``to`` must be aware."""
    _Clock.fixed = None
    _Clock.shift = to - datetime.now(UTC)


def reset() -> None:
    """Go back to the system's time."""
    _Clock.fixed = None
    _Clock.shift = timedelta(0)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold time at an instant for the length of a ``with`` block."""
    before = (_Clock.fixed, _Clock.shift)
    _Clock.fixed = at
    try:
        yield
    finally:
        _Clock.fixed, _Clock.shift = before


def micros(instant: datetime) -> int:
    """Whole microseconds since 1970-01-01 UTC: the plain integer that indexes and journals keep."""
    return (instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def from_micros(value: int) -> datetime:
    """The inverse of :func:`micros`."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=value)
