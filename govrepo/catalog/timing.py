"""How long registers take: in memory, per process, nothing is written.

Of each register the last thousand times of each kind of question and the latest slow ones, with the way they took. What was
asked for is never kept, only the kinds and index names of its terms: values may be words of a title.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import Any, TypeVar

from govrepo import clock
from govrepo.catalog.counting import CountedBy
from govrepo.catalog.explain import COUNTS, Plan

WINDOW = 1_000
SLOW_KEPT = 20
SLOW_MS = 50

T = TypeVar("T")


@dataclass(frozen=True)
class Slow:
    """A slow question: when, which (``query``, ``count``, ``total``, ``facets``), how long, its terms, and how it was answered.

    ``how`` is the plan of a page, or what a count rests on.
    """

    at: datetime
    act: str
    seconds: float
    terms: str
    how: Plan | CountedBy

    @property
    def plan(self) -> Plan | None:
        """The plan of a page."""
        return self.how if isinstance(self.how, Plan) else None

    @property
    def counted_words(self) -> Any:
        """What a count rests on, in words; None for a page."""
        return COUNTS[self.how] if isinstance(self.how, CountedBy) else None


@dataclass(frozen=True)
class Times:
    """Of one kind of question: how many since the start, and milliseconds of the last thousand."""

    act: str
    number: int
    p50: float
    p95: float
    longest: float


@dataclass
class Timing:
    """The times of one register in this process; several threads may note at once."""

    slow_seconds: float = SLOW_MS / 1000
    slow: deque[Slow] = field(default_factory=lambda: deque(maxlen=SLOW_KEPT))
    _seconds: dict[str, deque[float]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def measured(self, act: str, answer: Callable[[], T], told: Callable[[T], tuple[str, Plan | CountedBy]]) -> T:
        """What ``answer`` returns, its time noted; ``told`` says what was asked and how it was answered, if it was slow."""
        begun = perf_counter()
        found = answer()
        seconds = perf_counter() - begun
        with self._lock:
            self._numbers[act] = self._numbers.get(act, 0) + 1
            self._seconds.setdefault(act, deque(maxlen=WINDOW)).append(seconds)
        if seconds >= self.slow_seconds:
            terms, how = told(found)
            self.slow.append(Slow(clock.now(), act, seconds, terms, how))
        return found

    def times(self) -> list[Times]:
        """The times of each kind of question that was asked."""
        with self._lock:
            copies = [(act, self._numbers[act], sorted(seconds)) for act, seconds in self._seconds.items()]
        return [_times(act, number, seconds) for act, number, seconds in sorted(copies)]

    def slowest(self) -> list[Slow]:
        """The recent slow questions, the slowest first."""
        return sorted(self.slow.copy(), key=lambda each: -each.seconds)


def _times(act: str, number: int, seconds: list[float]) -> Times:
    last = len(seconds) - 1
    p50, p95 = seconds[last // 2], seconds[last * 95 // 100]
    return Times(act, number, 1000 * p50, 1000 * p95, 1000 * seconds[-1])


def timing_of(registry: Any, name: str) -> Timing:
    """The times of a register in this process."""
    timings: dict[str, Timing] = registry.govrepo_timings
    found = timings.get(name)
    if found is None:
        settings = getattr(registry, "govrepo_settings", None)
        milliseconds = SLOW_MS if settings is None else settings.slow_query_ms
        found = timings.setdefault(name, Timing(milliseconds / 1000))
    return found
