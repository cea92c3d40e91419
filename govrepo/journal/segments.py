"""Sealed periods of the journal in SQLite (R-7.2): files that are only read, side by side with the one that is written.

``journal-<first>-<last>.sqlite`` holds the entries of those numbers, their part of the Merkle tree and their checkpoints. Every
later file names all of them, so that one that was moved to a medium elsewhere is known to be missing.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COLUMNS = "first, last, head, began, ended, genesis"
NAME = f"INSERT INTO segments ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)"  # noqa: S608 - our own words.
LIST = f"SELECT {COLUMNS} FROM segments ORDER BY first"  # noqa: S608 - our own words.


@dataclass(frozen=True)
class Segment:
    """A sealed period: its first and last entry, the last one's hash, the instants of both (microseconds), the journal's genesis."""

    first: int
    last: int
    head: str
    began: int
    ended: int
    genesis: str

    @property
    def values(self) -> tuple[Any, ...]:
        """What stands in the table's columns."""
        return tuple(vars(self).values())

    @property
    def size(self) -> int:
        """How many entries the journal had when this period ended."""
        return self.last + 1

    def path(self, journal: Path) -> Path:
        """Its file, beside the journal's."""
        return journal.with_name(f"{journal.stem}-{self.first:012d}-{self.last:012d}{journal.suffix}")

    def covers(self, first: int, last: int) -> bool:
        """Whether an entry of the range may be in it."""
        return self.first <= last and first <= self.last


def listed(connection: sqlite3.Connection) -> list[Segment]:
    """The sealed periods that a journal's file names, oldest first."""
    return [Segment(*found) for found in connection.execute(LIST)]


def read(path: Path, sql: str, values: Iterable[Any] = ()) -> list[Any]:
    """Ask a sealed file, also one on a medium that cannot be written; raises sqlite3.Error."""
    with closing(opened(path)) as connection:
        return connection.execute(sql, tuple(values)).fetchall()


def opened(path: Path) -> sqlite3.Connection:
    """A connection that only reads a file at rest; raises sqlite3.Error."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def present(segments: Iterable[Segment], journal: Path) -> Iterator[tuple[Segment, Path]]:
    """Those whose files are here, with their paths."""
    for segment in segments:
        path = segment.path(journal)
        if path.is_file():
            yield segment, path
