"""Who uses the journal's SQLite file, and who exchanges it for another.

SQLite must not lose its file from under it: a log beside a new file would be taken for the new file's. So everybody who uses
the file holds a lock shared with the others, and a rotation holds it alone. The kernel lets go of it when a process dies.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAUSE = 0.005


class Gate:
    """The lock on ``<journal>-gate``; raises OSError."""

    def __init__(self, journal: Path) -> None:
        self._path = journal.with_name(f"{journal.name}-gate")

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Use the file; waits while it is being exchanged."""
        with self._opened() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            yield

    @contextmanager
    def alone(self, timeout: float) -> Iterator[None]:
        """Be the only one; raises TimeoutError if others are at it for so many seconds."""
        until = time.monotonic() + timeout
        with self._opened() as lock:
            while not _taken(lock):
                if time.monotonic() > until:
                    raise TimeoutError(f"{self._path} has been in use for {timeout} s")
                time.sleep(PAUSE)
            yield

    @contextmanager
    def _opened(self) -> Iterator[int]:
        lock = self._open()
        try:
            yield lock
        finally:
            os.close(lock)

    def _open(self) -> int:
        """A lock of our own on the file; asking for it to be made each time would wait for whoever writes in the folder."""
        try:
            return os.open(self._path, os.O_RDONLY)
        except FileNotFoundError:
            return os.open(self._path, os.O_CREAT | os.O_RDONLY, 0o600)


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
