"""Doing work: one item or one timed job at a time, each in a transaction of its own.

Handlers run as content code runs in a request: with this thread's ``transaction.manager`` and the registry pushed as
Pyramid's current one (there is no current request). So folders, the journal and Substance D's own hooks work alike.
"""

import logging
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import PurePath
from typing import Any, TypeVar

from pyramid.threadlocal import manager as threadlocals
from transaction.interfaces import TransientError

from govrepo import clock
from govrepo.database import ROOT
from govrepo.work import timed
from govrepo.work.backoff import CONFLICT_TRIES, LAST_ATTEMPT, conflict_wait, delay
from govrepo.work.lease import Lease, LeaseLostError
from govrepo.work.queue import Item, WorkQueue, describe

POSTPONED = timedelta(seconds=2)

T = TypeVar("T")

log = logging.getLogger(__name__)

_PAUSE = threading.Event()  # Never set: waiting for it is a sleep on the monotonic clock.


class UnknownHandlerError(LookupError):
    """No handler of that name is declared in this process."""


class Outcome(StrEnum):
    """What became of one piece of work."""

    DONE = "done"
    FAILED = "failed"
    DEAD = "dead"
    POSTPONED = "postponed"
    GONE = "gone"
    TIMED = "timed"
    TIMED_FAILED = "timed failed"
    TIDIED = "tidied"


@dataclass(frozen=True)
class Job:
    """What a handler gets: the site, the process, what to do, and the number of this attempt (from 1)."""

    root: Any
    registry: Any
    payload: dict[str, Any]
    attempt: int
    id: str = ""
    name: str = ""


class Consumer:
    """Takes work through one connection, in the thread that opened it."""

    def __init__(self, registry: Any, connection: Any, require: Callable[[Lease, Any], None] | None = None) -> None:
        self._registry = registry
        self._connection = connection
        self._tm = connection.transaction_manager
        self._require = require
        self._quiet: dict[str, datetime] = {}

    def step(self) -> Outcome | None:
        """Do the next piece of due work; None if there is none.

        Raises LeaseLostError, and TransientError if not even a failure could be written down.
        """
        with _pushed(self._registry):
            act = self._next()
            return None if act is None else act()

    def drain(self) -> Counter[str]:
        """Do everything that is due; how often each outcome came."""
        counts: Counter[str] = Counter()
        while (outcome := self.step()) is not None:
            counts[outcome.value] += 1
        del counts[Outcome.TIDIED]
        return counts

    def _next(self) -> Callable[[], Outcome] | None:
        """What to do next; looked up in a transaction that writes nothing."""
        self._tm.begin()
        try:
            return self._choose() if ROOT in self._connection.root() else None
        finally:
            self._tm.abort()

    def _choose(self) -> Callable[[], Outcome] | None:
        queue, jobs, now = self._queue, self._registry.timed_jobs, clock.now()
        if timed.needs_declaring(queue, jobs):
            return lambda: self._tidy(lambda: timed.declare(queue, jobs))
        if queue.crowded:
            return lambda: self._tidy(queue.clear_lanes)
        name = timed.next_due(queue, now, self._quiet)
        if name is not None:
            return lambda: self._timed_job(name)
        item = queue.peek(now)
        return None if item is None else lambda: self._item(item)

    @property
    def _site(self) -> Any:
        return self._connection.root()[ROOT]

    @property
    def _queue(self) -> WorkQueue:
        queue: WorkQueue = self._site.work
        return queue

    def _tidy(self, act: Callable[[], None]) -> Outcome:
        self._transact(act)
        return Outcome.TIDIED

    def _item(self, item: Item) -> Outcome:
        try:
            return self._transact(lambda: self._perform(item))
        except LeaseLostError:
            raise
        except TransientError as error:
            log.warning("%s %s postponed: %s", item.name, item.id, where(error))
            return self._transact(lambda: self._set_aside(item))
        except Exception as error:  # noqa: BLE001 - Whatever a handler raises is its failure, kept with the item.
            log.warning("%s %s failed, attempt %d: %s", item.name, item.id, item.failures + 1, where(error))
            message = describe(error)
            return self._transact(lambda: self._fail(item, message))

    def _perform(self, item: Item) -> Outcome:
        if not self._queue.take(item):
            return Outcome.GONE
        handler = self._registry.work_handlers.get(item.name)
        if handler is None:
            raise UnknownHandlerError(item.name)
        handler(Job(self._site, self._registry, item.fresh_payload(), item.failures + 1, item.id, item.name))
        return Outcome.DONE

    def _fail(self, item: Item, message: str) -> Outcome:
        if not self._queue.take(item):
            return Outcome.GONE
        item.failures += 1
        item.error = message
        if item.failures >= LAST_ATTEMPT:
            self._queue.bury(item)
            return Outcome.DEAD
        self._queue.postpone(item, clock.now() + delay(item.failures))
        return Outcome.FAILED

    def _set_aside(self, item: Item) -> Outcome:
        """Let others go first: too many conflicts in a row are no failure of the item's own."""
        if not self._queue.take(item):
            return Outcome.GONE
        self._queue.postpone(item, clock.now() + POSTPONED)
        return Outcome.POSTPONED

    def _timed_job(self, name: str) -> Outcome:
        try:
            self._transact(lambda: self._run_timed(name))
        except LeaseLostError:
            raise
        except Exception as error:  # noqa: BLE001 - Kept in the job's mark; it is tried again.
            log.warning("timed job %s failed: %s", name, where(error))
            message = describe(error)
            self._transact(lambda: self._queue.marks[name].failure(clock.now(), message))
            return Outcome.TIMED_FAILED
        return Outcome.TIMED

    def _run_timed(self, name: str) -> None:
        mark = self._queue.marks[name]
        self._registry.timed_jobs[name].handler(Job(self._site, self._registry, {}, mark.failures + 1, name=name))
        if has_changes(self._tm) or mark.is_stale(clock.now()):
            mark.success(clock.now())
        self._quiet[name] = clock.now()

    def _transact(self, act: Callable[[], T]) -> T:
        """Do something in a transaction of its own, again after conflicts; the last one's TransientError is raised."""
        for tries in range(CONFLICT_TRIES):
            try:
                return self._once(act)
            except TransientError:
                _PAUSE.wait(conflict_wait(tries))
        return self._once(act)

    def _once(self, act: Callable[[], T]) -> T:
        self._tm.begin()
        try:
            if self._require is not None:
                self._require(self._queue.lease, self._connection)
            result = act()
            self._tm.commit()
        except BaseException:
            self._tm.abort()
            raise
        return result


def has_changes(manager: Any) -> bool:
    """Whether the current transaction has anything to commit."""
    return bool(manager.get()._resources)  # noqa: SLF001 - transaction has no public way to ask.


@contextmanager
def _pushed(registry: Any) -> Iterator[None]:
    """Make the registry Pyramid's current one, without a request."""
    threadlocals.push({"registry": registry, "request": None})
    try:
        yield
    finally:
        threadlocals.pop()


def where(error: BaseException) -> str:
    """Type and place of an error, without its message, which may hold content."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__qualname__} at {PurePath(frame.filename).name}:{frame.lineno}"
