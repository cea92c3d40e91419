"""A journal's SQLite files as the verifier reads them: only for reading, in the order of their entries, nothing in them trusted."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from govrepo.journal import schema
from govrepo.journal.checkpoint import Checkpoint, parse
from govrepo.journal.merkle import Hash, peaks
from govrepo.journal.segments import LIST, Segment

Stored = tuple[int, bytes, bytes]
GROWN = "SELECT coalesce(max(position), -1) + 1 FROM nodes WHERE level = 0"
FORM = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"
NODES = "SELECT position, hash FROM nodes WHERE level = ? AND position >= ? ORDER BY position"


class File:
    """One file: the sealed periods it names, its checkpoints, its entries. Raises sqlite3.Error."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = _open(path)
        try:
            self._read()
        except BaseException:
            self.connection.close()
            raise

    def _read(self) -> None:
        self._tables = {
            name.decode(errors="replace") for (name,) in self.connection.execute("SELECT name FROM sqlite_schema")
        }
        first, last = self.connection.execute("SELECT min(seq), max(seq) FROM entries").fetchone()
        self.first: int = 0 if first is None else first
        self.last: int = -1 if last is None else last
        self.grown = sum(size for (size,) in self._all("nodes", GROWN))
        self.periods = [_segment(found) for found in self._all("segments", LIST)]
        self._streams: dict[int, Iterator[tuple[int, bytes]]] = {}

    def _all(self, table: str, sql: str) -> Iterable[Any]:
        return self.connection.execute(sql) if table in self._tables else ()

    @property
    def before(self) -> list[Segment]:
        """The sealed periods before this file; a sealed one names itself as well."""
        return [each for each in self.periods if each.last < self.first]

    def entries(self) -> Iterator[Stored]:
        """The entries in order."""
        yield from self.connection.execute("SELECT seq, body, hash FROM entries ORDER BY seq")

    def checkpoints(self) -> Iterator[tuple[int, Checkpoint]]:
        """Its checkpoints and the number each stands under; raises NoCheckpointError for what is none."""
        for size, text, signature in self._all("checkpoints", "SELECT size, text, signature FROM checkpoints"):
            yield size, parse(text.decode("utf-8", "replace"), signature.decode("utf-8", "replace"))

    def peaks(self) -> list[Hash | None]:
        """The nodes that its part of the tree goes on from."""
        found = (self.connection.execute("SELECT hash FROM nodes WHERE level = ? AND position = ?", place).fetchone() for place in peaks(self.first))  # fmt: skip
        return [each and each[0] for each in found]

    def holds(self, level: int, position: int, hashed: Hash) -> bool:
        """Whether the file has this node of the tree; asked for each node as it comes about, level by level."""
        if (position + 1) << level > self.grown:
            return True  # The tree grows after the entries.
        if level not in self._streams:
            self._streams[level] = self.connection.execute(NODES, (level, position))
        return next(self._streams[level], None) == (position, hashed)

    def is_ended(self) -> bool:
        """Whether no node is left that nothing asked for."""
        return all(next(stream, None) is None for stream in self._streams.values())

    def has_its_form(self) -> bool:
        """Whether its tables, columns, indexes and triggers are those of its release."""
        ((release,),) = self.connection.execute("PRAGMA user_version")
        with closing(sqlite3.connect(":memory:")) as made:
            schema.make(made, release)
            wanted = [tuple(each) for each in made.execute(FORM)]
        said = self.connection.execute(FORM)
        return [tuple(each.decode(errors="replace") for each in found) for found in said] == wanted

    def close(self) -> None:
        """Close it."""
        self.connection.close()


def _segment(found: Any) -> Segment:
    first, last, head, began, ended, genesis = found
    return Segment(first, last, head.decode("utf-8", "replace"), began, ended, genesis.decode("utf-8", "replace"))


def _open(path: Path) -> sqlite3.Connection:
    """Open for reading only: a journal at rest (no WAL beside it) also from a medium that cannot be written."""
    at_rest = not path.with_name(f"{path.name}-wal").exists()
    uri = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if at_rest else ''}"
    connection = sqlite3.connect(uri, uri=True)
    connection.text_factory = bytes  # A forged row need not be valid UTF-8.
    return connection


def open_files(paths: Iterable[Path], stack: ExitStack) -> list[File]:
    """The files of these paths, and the sealed ones that lie beside them, in the order of their entries; the stack closes them.

    A folder stands for every ``*.sqlite`` in it. Raises FileNotFoundError, sqlite3.Error.
    """
    found: dict[Path, File] = {}
    for path in _named(paths):
        file = _opened(path, found, stack)
        for beside in (each.path(path) for each in file.before):
            if beside.is_file():
                _opened(beside, found, stack)
    return sorted(found.values(), key=lambda file: file.first)


def _named(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        inside = sorted(path.glob("*.sqlite")) if path.is_dir() else [path]
        if not inside or not all(each.is_file() for each in inside):
            raise FileNotFoundError(path)
        yield from inside


def _opened(path: Path, found: dict[Path, File], stack: ExitStack) -> File:
    place = path.resolve()
    if place not in found:
        found[place] = File(path)
        stack.callback(found[place].close)
    return found[place]
