"""Durable background work: items enqueued in the business commit, done once each by one worker.

What callers need stands here; handlers and timed jobs are declared in the configuration::

    config.add_work_handler("dispatch.deliver", deliver)
    config.add_timed_job("overdue", mark_overdue, every=timedelta(minutes=5))
    enqueue(dispatch, "dispatch.deliver", uid=dispatch.uid)
"""

import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from govrepo.database import database, site
from govrepo.work.bell import ring_on_commit
from govrepo.work.consumer import Consumer, Job, has_changes
from govrepo.work.manage import dead_letters, discard, discarded_letters, retry, summary
from govrepo.work.queue import Item, PayloadError, WorkQueue
from govrepo.work.timed import TimedJob
from govrepo.work.worker import Worker

__all__ = [
    "Job",
    "PayloadError",
    "WorkQueue",
    "close",
    "dead_letters",
    "discard",
    "discarded_letters",
    "drain",
    "enqueue",
    "includeme",
    "retry",
    "summary",
]


SWITCH_SECONDS = 0.0005


def enqueue(context: Any, name: str, /, **payload: Any) -> str:
    """Have the handler called ``name`` do something after, and only if, the current transaction commits.

    Returns the item's id. Raises PayloadError if a value is no plain JSON (give ids, not objects), and LookupError if
    the context hangs in no database.
    """
    item = Item(name, payload)
    root = site(context)
    root.work.put(item)
    ring_on_commit(root._p_jar.transaction_manager.get())  # noqa: SLF001 - ZODB's documented way.
    return item.id


def drain(registry: Any, root: Any = None) -> Counter[str]:
    """Do all work due now in this thread, each piece in its own transaction; how often each outcome came.

    Uses the connection of ``root``, or one of its own. For tests and scripts. Raises RuntimeError if this thread's
    transaction holds changes: they would be lost.
    """
    connection = database(registry).open() if root is None else root._p_jar  # noqa: SLF001 - As above.
    try:
        if has_changes(connection.transaction_manager):
            raise RuntimeError("commit before draining the work queue")
        return Consumer(registry, connection).drain()
    finally:
        if root is None:
            connection.close()


def close(registry: Any) -> None:
    """Stop the worker thread of this process, if there is one, after the piece of work in hand; let go of what work held open."""
    if registry.worker is not None:
        registry.worker.close()
        registry.worker = None
    for closer in registry.work_closers:
        closer()


def add_work_handler(config: Any, name: str, handler: Callable[[Job], None] | str) -> None:
    """Directive: declare what does the items called ``name``."""
    config.action(
        ("work handler", name), config.registry.work_handlers.__setitem__, (name, config.maybe_dotted(handler))
    )


def add_timed_job(config: Any, name: str, handler: Callable[[Job], None] | str, *, every: timedelta) -> None:
    """Directive: declare what the worker does every so often; raise ValueError for no time at all."""
    if every <= timedelta(0):
        raise ValueError(f"timed job {name!r}: the period must be positive")
    job = TimedJob(name, config.maybe_dotted(handler), every)
    config.action(("timed job", name), config.registry.timed_jobs.__setitem__, (name, job))


def _start(event: Any) -> None:
    """In embedded mode, start the worker with the application.

    A request gives up the interpreter at every read and flush, and would wait for a busy worker each time as long as
    Python's default, 5 ms: a dozen waits made signing for a delivery take a tenth of a second.
    """
    registry = event.app.registry
    if registry.govrepo_settings.worker == "thread":
        sys.setswitchinterval(SWITCH_SECONDS)
        registry.worker = Worker(registry)
        registry.worker.start()


def includeme(config: Any) -> None:
    """Add the directives, and start the worker thread where the setting ``worker`` says so."""
    config.registry.work_handlers = {}
    config.registry.work_closers = []
    config.registry.timed_jobs = {}
    config.registry.worker = None
    config.registry.in_service = False
    config.add_directive("add_work_handler", add_work_handler)
    config.add_directive("add_timed_job", add_timed_job)
    config.add_subscriber(_start, "pyramid.events.ApplicationCreated")
