"""Settings with effective dates: which value of a business setting counted at an instant (R-41.1).

The ini file holds what counted from the first day; later values stand here, each with the instant it takes effect, who set it
and on what basis. Nothing is ever taken away, so the rules in force at the time of any act can be shown. Which settings may be
changed this way, and by whom, is said in ``policies/rules.py``.
"""

from datetime import datetime
from typing import Any, NamedTuple

from BTrees.OOBTree import OOBTree
from persistent import Persistent

from govrepo import clock
from govrepo.database import site


class RuleValue(NamedTuple):
    """One value of a setting: from when it counts, when and by whom it was decided, and on what basis."""

    value: str | int | bool
    since: datetime
    decided: datetime
    by: str
    by_name: str
    basis: str


class RuleHistory(Persistent):
    """Every value that any setting was ever given, by name: ``site.rules``."""

    def __init__(self) -> None:
        super().__init__()
        self._values = OOBTree()

    def of(self, name: str) -> tuple[RuleValue, ...]:
        """The values of a setting in the order they were decided; empty while the ini file's counts alone."""
        return tuple(self._values.get(name, ()))

    def add(self, name: str, value: RuleValue) -> None:
        """Append a value; raise ValueError for one that would count before it was decided."""
        if value.since < value.decided:
            raise ValueError(f"{name}: a rule never takes effect before it was decided")
        self._values[name] = (*self.of(name), value)

    def in_force(self, name: str, at: datetime) -> RuleValue | None:
        """The value that counts at an instant: the latest to take effect, and of two the later decided. None: the ini file's."""
        begun = (each for each in self.of(name) if each.since <= at)
        return max(begun, key=lambda each: (each.since, each.decided), default=None)


def value(context: Any, settings: Any, name: str, at: datetime | None = None) -> Any:
    """What a setting is for the site of ``context`` at an instant (default: now); ``settings`` are the ini file's."""
    found = site(context).rules.in_force(name, clock.now() if at is None else at)
    return getattr(settings, name) if found is None else found.value
