"""Timed jobs: what the worker does every so often (expiry, overdue checks, nightly tests, checkpoints).

A job is declared by the process and remembered by the database: its *mark* holds when it last ran. After a downtime of
many periods it runs once. A job that fails is tried again with the back-off of work items, at the latest after its
period.

A job that had nothing to do is marked once a minute only: one that looks every second would otherwise write a database
full of marks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from persistent import Persistent

from govrepo import clock
from govrepo.work.backoff import delay
from govrepo.work.queue import WorkQueue

MARK_MICROS = 60 * 1_000_000


@dataclass(frozen=True)
class TimedJob:
    """A declared job: its name, what to call and how often."""

    name: str
    handler: Callable[[Any], None]
    every: timedelta


class Mark(Persistent):
    """What the database remembers of a timed job; instants in microseconds, 0 for never."""

    def __init__(self) -> None:
        self.period = timedelta(0)
        self.tried = 0
        self.succeeded = 0
        self.next = 0
        self.failures = 0
        self.error = ""

    def is_due(self, now: datetime) -> bool:
        """Whether the job should run; also if its last try lies in the future, because the clock went back."""
        instant = clock.micros(now)
        return instant >= self.next or instant < self.tried

    def is_stale(self, now: datetime) -> bool:
        """Whether a success must be marked even if the job had nothing to do."""
        return self.failures > 0 or not 0 <= clock.micros(now) - self.succeeded < MARK_MICROS

    def success(self, now: datetime) -> None:
        """The job has run."""
        self.tried = self.succeeded = clock.micros(now)
        self.next = clock.micros(now + self.period)
        self.failures = 0
        self.error = ""

    def failure(self, now: datetime, message: str) -> None:
        """The job has failed."""
        self.failures += 1
        self.error = message
        self.tried = clock.micros(now)
        self.next = clock.micros(now + min(delay(self.failures), self.period))


def needs_declaring(queue: WorkQueue, jobs: Mapping[str, TimedJob]) -> bool:
    """Whether the marks differ from the declarations, as after the first start or an upgrade."""
    return {name: mark.period for name, mark in queue.marks.items()} != {name: job.every for name, job in jobs.items()}


def declare(queue: WorkQueue, jobs: Mapping[str, TimedJob]) -> None:
    """Make a mark for each declared job, keep the marks of known ones and drop the others'."""
    for name in set(queue.marks) - set(jobs):
        del queue.marks[name]
    for name, job in jobs.items():
        mark = queue.marks.setdefault(name, Mark())
        if mark.period != job.every:
            mark.period = job.every
            mark.next = min(mark.next, mark.tried + job.every // timedelta(microseconds=1))


def next_due(queue: WorkQueue, now: datetime, quiet: Mapping[str, datetime] = MappingProxyType({})) -> str | None:
    """The name of a job that should run now, or None; ``quiet`` says when jobs last ran without leaving a mark."""
    for name, mark in queue.marks.items():
        last = quiet.get(name)
        resting = last is not None and last <= now < last + mark.period
        if mark.is_due(now) and not resting:
            return str(name)
    return None
