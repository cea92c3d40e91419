"""The worker: gets the lease, does what is due, sleeps until there is more.

One runs at a time. In embedded mode it is a thread of the web process, woken by the commit that enqueued; otherwise it
is the process ``govrepo-worker``, which looks every :data:`POLL_SECONDS`. All waits are on the monotonic clock, never
on govrepo.clock.
"""

import logging
import threading
from contextlib import closing
from typing import Any

from govrepo.database import database
from govrepo.work.bell import listen
from govrepo.work.consumer import Consumer, where
from govrepo.work.lease import LeaseLostError, Tenure

POLL_SECONDS = 0.2
LEASE_POLL_SECONDS = 1.0
STUMBLE_SECONDS = 1.0
STOP_SECONDS = 30.0

log = logging.getLogger(__name__)


class Worker:
    """Works until stopped; :meth:`run` in the caller's thread, or :meth:`start` in its own."""

    def __init__(self, registry: Any) -> None:
        self._registry = registry
        self._lock_path = registry.govrepo_settings.path("var") / "worker.lock"
        self._stop = threading.Event()
        self._bell = threading.Event()
        self._thread = threading.Thread(target=self.run, name="govrepo-worker", daemon=True)

    def start(self) -> None:
        """Work in a thread of its own until :meth:`close`."""
        self._thread.start()

    def stop(self) -> None:
        """Ask it to stop after the piece of work in hand; safe in a signal handler."""
        self._stop.set()
        self._bell.set()

    def close(self) -> None:
        """Stop, and wait until its thread has ended."""
        self.stop()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def run(self) -> None:
        """Work until stopped. Whatever goes wrong is logged and tried again: the worker itself never gives up."""
        listen(self._bell)
        while not self._stop.is_set():
            try:
                self._serve()
            except LeaseLostError:
                log.warning("another worker has taken the lease")
            except Exception as error:  # noqa: BLE001 - A lost storage or a full disk must not end the worker.
                log.error("worker stumbled: %s", where(error))  # noqa: TRY400 - A traceback would show content.
                self._stop.wait(STUMBLE_SECONDS)

    def _serve(self) -> None:
        """One tenure: wait for the lease, then work while it is ours."""
        with closing(Tenure(database(self._registry), self._lock_path)) as tenure:
            while not tenure.acquire():
                if self._stop.wait(LEASE_POLL_SECONDS):
                    return
            log.info("working")
            self._registry.in_service = True  # A script that drains the queue, in another time perhaps, is no service.
            with closing(database(self._registry).open()) as connection:
                self._work(Consumer(self._registry, connection, tenure.require))

    def _work(self, consumer: Consumer) -> None:
        while not self._stop.is_set():
            # Cleared before looking: a commit in between sets it again and the wait returns at once.
            self._bell.clear()
            if consumer.step() is None:
                self._bell.wait(POLL_SECONDS)
