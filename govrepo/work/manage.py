"""What people see and do about work: its state, dead letters, trying again and discarding.

The views ask here; who did it and why is theirs to journal.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from govrepo import clock
from govrepo.work.bell import ring_on_commit
from govrepo.work.queue import Item, Shelf, WorkQueue
from govrepo.work.timed import Mark


class UnknownLetterError(LookupError):
    """No dead letter has that id (any more)."""


@dataclass(frozen=True)
class Letter:
    """A dead or discarded item, as shown: ``error`` is the last one, ``reason`` why it was discarded."""

    id: str
    name: str
    payload: dict[str, Any]
    enqueued: datetime
    attempts: int
    error: str
    reason: str


@dataclass(frozen=True)
class TimedState:
    """How a timed job has fared; ``succeeded`` is None if it never has."""

    name: str
    every: timedelta
    succeeded: datetime | None
    next: datetime
    failures: int
    error: str


@dataclass(frozen=True)
class Summary:
    """The state of all work. ``oldest`` is the longest wait of an item not tried yet, None if there is none."""

    waiting: int
    retrying: int
    due: int
    dead: int
    discarded: int
    oldest: timedelta | None
    timed: tuple[TimedState, ...]


def summary(site: Any) -> Summary:
    """Counts, age and timed jobs. ``due`` is what should be done now: new items, and retries whose time has come."""
    queue: WorkQueue = site.work
    waiting = queue.new_items() + len(queue.ready)
    oldest = queue.oldest()
    return Summary(
        waiting=waiting,
        retrying=len(queue.later),
        due=waiting + queue.due_retries(clock.now()),
        dead=len(queue.dead),
        discarded=len(queue.discarded),
        oldest=None if oldest is None else clock.now() - clock.from_micros(oldest.enqueued),
        timed=tuple(_timed_state(name, mark) for name, mark in queue.marks.items()),
    )


def dead_letters(site: Any) -> list[Letter]:
    """Items that have failed for the last time, oldest first."""
    return _letters(site.work.dead)


def discarded_letters(site: Any) -> list[Letter]:
    """Dead letters that somebody has given up, oldest first."""
    return _letters(site.work.discarded)


def retry(site: Any, item_id: str) -> None:
    """Have a dead letter tried again at once, with all its attempts before it; raise UnknownLetterError."""
    item = _take_dead(site.work, item_id)
    item.failures = 0
    site.work.put(item)
    ring_on_commit(site._p_jar.transaction_manager.get())  # noqa: SLF001 - ZODB's documented way.


def discard(site: Any, item_id: str, reason: str) -> Letter:
    """Give a dead letter up, for a reason kept with it; raise UnknownLetterError, or ValueError without a reason."""
    if not reason.strip():
        raise ValueError("a dead letter is discarded for a reason")
    item = _take_dead(site.work, item_id)
    item.reason = reason.strip()
    site.work.discarded.put(item.id, item)
    return _letter(item)


def _take_dead(queue: WorkQueue, item_id: str) -> Item:
    item = queue.dead.take(item_id)
    if item is None:
        raise UnknownLetterError(item_id)
    return item


def _letters(shelf: Shelf) -> list[Letter]:
    return [_letter(item) for item in shelf]


def _letter(item: Item) -> Letter:
    enqueued = clock.from_micros(item.enqueued)
    return Letter(item.id, item.name, json.loads(item.payload), enqueued, item.failures, item.error, item.reason)


def _timed_state(name: str, mark: Mark) -> TimedState:
    succeeded = clock.from_micros(mark.succeeded) if mark.succeeded else None
    return TimedState(name, mark.period, succeeded, clock.from_micros(mark.next), mark.failures, mark.error)
