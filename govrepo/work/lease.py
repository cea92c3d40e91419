"""The right to be the worker: one holder at a time, over all processes and hosts.

A *lease* in the database says who holds it and until when; a thread renews it while its holder works. The holder's
commits depend on it (ZODB's ``readCurrent``), so a worker that has lost its lease cannot commit. On one host a lock
file beside it tells at once that a former holder is dead; across hosts its lease must run out.
"""

import logging
import secrets
import socket
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from persistent import Persistent
from transaction import TransactionManager
from transaction.interfaces import TransientError
from zc.lockfile import LockError, LockFile

from govrepo import clock
from govrepo.database import ROOT

LENGTH = timedelta(seconds=60)
RENEW_SECONDS = 20.0

log = logging.getLogger(__name__)


class LeaseLostError(Exception):
    """Somebody else is the worker now."""


class Pulse(Persistent):
    """Until when a lease runs; apart from its holder, so that renewing it does not disturb the holder's commits."""

    def __init__(self) -> None:
        self.expires = 0


class Lease(Persistent):
    """Who is the worker; an empty holder means nobody."""

    def __init__(self) -> None:
        self.holder = ""
        self.pulse = Pulse()

    @property
    def running(self) -> bool:
        """Whether it has a holder and has not run out.

        An expiry further away than a lease's length was set before the clock went back: it counts as run out.
        """
        now = clock.now()
        return bool(self.holder) and clock.micros(now) < self.pulse.expires <= clock.micros(now + LENGTH)

    def renew(self) -> None:
        """Let it run for its full length from now."""
        self.pulse.expires = clock.micros(clock.now() + LENGTH)


class Tenure:
    """One worker's attempt to get the lease, and its hold on it."""

    def __init__(self, database: Any, lock_path: Path) -> None:
        self._database = database
        self._lock_path = lock_path
        self._lock: LockFile | None = None
        self._over = threading.Event()
        self._renewer = threading.Thread(target=self._keep_renewing, name="govrepo-lease", daemon=True)
        self.holder = f"{_host()} {secrets.token_hex(8)}"

    def acquire(self) -> bool:
        """Try once to become the worker: first on this host, then over all."""
        if not self._lock_host():
            return False
        try:
            held = bool(self._with_lease(self._take))
        except TransientError:
            held = False
        if held:
            self._renewer.start()
        return held

    def require(self, lease: Lease, connection: Any) -> None:
        """Bind the current transaction to the lease; raise LeaseLostError if somebody else holds it."""
        if lease.holder != self.holder:
            raise LeaseLostError(lease.holder)
        connection.readCurrent(lease)

    def close(self) -> None:
        """Give everything back."""
        self._over.set()
        try:
            if self._renewer.is_alive():
                self._renewer.join()
                self._with_lease(self._release)
        finally:
            self._unlock_host()

    def _lock_host(self) -> bool:
        if self._lock is None:
            self._lock_path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._lock = LockFile(str(self._lock_path))
            except LockError:
                return False
        return True

    def _unlock_host(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _take(self, lease: Lease) -> bool:
        # We hold this host's lock, so a holder on this host is dead, whatever its lease says.
        if lease.running and lease.holder.split()[0] != _host():
            return False
        lease.holder = self.holder
        lease.renew()
        return True

    def _release(self, lease: Lease) -> None:
        if lease.holder == self.holder:
            lease.holder = ""

    def _renew(self, lease: Lease) -> None:
        if lease.holder == self.holder:
            lease.renew()

    def _keep_renewing(self) -> None:
        while not self._over.wait(RENEW_SECONDS):
            try:
                self._with_lease(self._renew)
            except Exception as error:  # noqa: BLE001 - Whatever it was, the next round may succeed.
                log.warning("lease not renewed: %s", type(error).__name__)

    def _with_lease(self, act: Callable[[Lease], Any]) -> Any:
        """Do something to the lease in a short transaction of its own; None while the site is not made yet."""
        manager = TransactionManager(explicit=True)
        connection = self._database.open(transaction_manager=manager)
        try:
            with manager:
                site = connection.root().get(ROOT)
                return None if site is None else act(site.work.lease)
        finally:
            connection.close()


def _host() -> str:
    """A name of this host that two hosts do not share."""
    return f"{socket.gethostname()}/{uuid.getnode():x}"
