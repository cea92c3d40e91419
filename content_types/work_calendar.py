"""The working-day calendar (工作日历, R-20.2): weekends, and the shifts of public holidays."""

from datetime import date

from BTrees.OOBTree import OOBTree
from persistent import Persistent


class WorkCalendar(Persistent):
    """Days that differ from the rule "Monday to Friday are worked"."""

    def __init__(self) -> None:
        super().__init__()
        self.exceptions = OOBTree()

    def set_day(self, day: date, *, worked: bool) -> None:
        """Record a holiday, or a weekend day that is worked in exchange for one."""
        self.exceptions[day.isoformat()] = worked

    def is_worked(self, day: date) -> bool:
        """Whether a day is a working day."""
        rule = day.weekday() < 5
        return bool(self.exceptions.get(day.isoformat(), rule))
