"""Whether a process that wrote to the journal still lives.

Each opened journal holds a locked file beside it. The kernel lets the lock go when the process dies, however it dies;
unlike a process id it is never reused and means the same inside every container on the host. A missing file means
dead.
"""

import fcntl
import os
import uuid
from pathlib import Path


class Lease:
    """This opened journal's sign of life, ``<journal>-lease-<process>``, held until :meth:`release`; raises OSError."""

    def __init__(self, journal: Path) -> None:
        self.process = uuid.uuid4().hex
        self._prefix = f"{journal.name}-lease-"
        self._folder = journal.parent
        self._held = self._hold()

    def _path(self, process: str) -> Path:
        return self._folder / (self._prefix + process)

    def _hold(self) -> int:
        path = self._path(self.process)
        fresh = path.with_name(f".{path.name}")
        held = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        fcntl.flock(held, fcntl.LOCK_EX)
        fresh.rename(path)  # Under its name the file is never seen unlocked while we live.
        return held

    def is_dead(self, process: str) -> bool:
        """Whether the process that held this lease is gone."""
        try:
            with self._path(process).open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except FileNotFoundError:
            return True
        return True

    def sweep(self) -> None:
        """Remove the files of the dead."""
        for path in self._folder.glob(f"{self._prefix}*"):
            if self.is_dead(path.name.removeprefix(self._prefix)):
                path.unlink(missing_ok=True)

    def release(self) -> None:
        """Give up this process's own lease."""
        self._path(self.process).unlink(missing_ok=True)
        os.close(self._held)
