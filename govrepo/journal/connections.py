"""Each thread's connection to the journal's SQLite file.

WAL with ``synchronous=FULL``: a write that returned survives a power cut.
"""

import sqlite3
import threading
from pathlib import Path
from weakref import WeakSet

from govrepo.journal.entry import JournalUnavailableError

CHECKPOINT_PAGES = 4000  # 16 MB: SQLite's default would make every 200th commit pay for a checkpoint.


class _Handle:
    """A thread's connection, and which file it was opened on; closed with the thread."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self._file = _identity(path)

    def serves(self, path: Path) -> bool:
        """Whether the path still names the opened file; SQLite would go on writing to a removed one."""
        return _identity(path) == self._file

    def __del__(self) -> None:
        self.connection.close()


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def connect(path: Path, timeout: float) -> sqlite3.Connection:
    """Open the file; it is never made here, because a lost journal must not be replaced in silence."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    return connection


class Connections:
    """The connections of one opened journal; raises sqlite3.Error and OSError."""

    def __init__(self, path: Path, timeout: float) -> None:
        self._path, self._timeout = path, timeout
        self._local = threading.local()
        self._handles: WeakSet[_Handle] = WeakSet()
        self._closed = False

    def __len__(self) -> int:
        return len(self._handles)

    def current(self) -> sqlite3.Connection:
        """This thread's connection, on the file that the path names now; raises JournalUnavailableError once closed."""
        if self._closed:
            raise JournalUnavailableError(f"{self._path} has been closed")
        handle = getattr(self._local, "handle", None)
        if handle is None or not handle.serves(self._path):
            handle = self._local.handle = _Handle(connect(self._path, self._timeout), self._path)
            self._handles.add(handle)
        return handle.connection

    def discard(self) -> None:
        """Close this thread's connection, which rolls back; the next use opens another."""
        handle = getattr(self._local, "handle", None)
        if handle is not None:
            handle.connection.close()
            self._local.handle = None

    def close_all(self) -> None:
        """Close every thread's connection before its file is exchanged; nobody may be using one."""
        for handle in list(self._handles):
            handle.connection.close()

    def close(self) -> bool:
        """Close for good; False if that was done before."""
        first, self._closed = not self._closed, True
        self.close_all()
        return first
