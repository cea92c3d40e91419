"""The working-day calendar (工作日历, R-20.2): weekends, and the shifts of public holidays."""

from datetime import date

from BTrees.OOBTree import OOBTree
from persistent import Persistent


class WorkCalendar(Persistent):
    """Days that differ from the rule "Monday to Friday are worked", each with the note that says why."""

    def __init__(self) -> None:
        super().__init__()
        self.exceptions = OOBTree()
        self.notes = OOBTree()

    def set_day(self, day: date, *, worked: bool, note: str = "") -> None:
        """Record a holiday, or a weekend day that is worked in exchange for one."""
        self.exceptions[day.isoformat()] = worked
        self.notes[day.isoformat()] = note

    def clear_day(self, day: date) -> None:
        """Let a day follow the rule again."""
        self.exceptions.pop(day.isoformat(), None)
        self.notes.pop(day.isoformat(), None)

    def is_worked(self, day: date) -> bool:
        """Whether a day is a working day."""
        return bool(self.exceptions.get(day.isoformat(), by_rule(day)))

    def is_exception(self, day: date) -> bool:
        """Whether a day was set otherwise than by the rule."""
        return day.isoformat() in self.exceptions

    def note(self, day: date) -> str:
        """Why a day is as it is; empty for a day by the rule."""
        return str(self.notes.get(day.isoformat(), ""))


def by_rule(day: date) -> bool:
    """Whether a day is worked when nobody says otherwise."""
    return day.weekday() < 5
