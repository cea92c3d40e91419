"""The check-in (查收记录, R-20.1): that a receiver opened the box in a half-day."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple


class HalfDay(StrEnum):
    """上午 or 下午."""

    MORNING = "am"
    AFTERNOON = "pm"


class CheckIn(NamedTuple):
    """The first check-in of a half-day: when, and by whom."""

    at: datetime
    person_id: str
    person_name: str


def key(day: date, half: HalfDay) -> str:
    """The key of a half-day in ``ExchangeBox.check_ins``; sorts by time."""
    return f"{day.isoformat()}{half.value}"


def record(box: Any, day: date, half: HalfDay, check_in: CheckIn) -> bool:
    """Keep the first check-in of a half-day; answer whether this one was it."""
    name = key(day, half)
    if name in box.check_ins:
        return False
    box.check_ins[name] = check_in
    return True
