"""Who uses the journal's SQLite file, and who exchanges it for another.

SQLite must not lose its file from under it: a log beside a new file would be taken for the new file's. So everybody who uses
the file holds a lock shared with the others, and a rotation holds it alone. The kernel lets go of it when a process dies.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAUSE = 0.005


class Gate:
    """The lock on ``<journal>-gate``; raises OSError. Each thread keeps the file open, and may ask for the lock while it has it."""

    def __init__(self, journal: Path) -> None:
        self._path = journal.with_name(f"{journal.name}-gate")
        self._local = threading.local()

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Use the file; waits while it is being exchanged."""
        held = self._held()
        if not held.times:
            fcntl.flock(held.lock, fcntl.LOCK_SH)
        held.times += 1
        try:
            yield
        finally:
            held.times -= 1
            if not held.times:
                fcntl.flock(held.lock, fcntl.LOCK_UN)

    @contextmanager
    def alone(self, timeout: float) -> Iterator[None]:
        """Be the only one; raises TimeoutError if others are at it for so many seconds. This thread may use the file meanwhile."""
        until, held = time.monotonic() + timeout, self._held()
        while not _taken(held.lock):
            if time.monotonic() > until:
                raise TimeoutError(f"{self._path} has been in use for {timeout} s")
            time.sleep(PAUSE)
        held.times += 1
        try:
            yield
        finally:
            held.times -= 1
            fcntl.flock(held.lock, fcntl.LOCK_UN)

    def _held(self) -> "_Held":
        held: _Held | None = getattr(self._local, "held", None)
        if held is None:
            held = self._local.held = _Held(os.open(self._path, os.O_CREAT | os.O_RDONLY, 0o600))
        return held


class _Held:
    """A thread's hold on the gate's file: the open file, and how often it has asked; closed with the thread."""

    def __init__(self, lock: int) -> None:
        self.lock, self.times = lock, 0

    def __del__(self) -> None:
        os.close(self.lock)


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
