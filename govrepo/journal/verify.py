"""Walk a journal's chain without govrepo's database, and name the first row that is not what it was (SOD-12).

A chain alone does not show that its end was cut off or that all of it was written anew; an anchor - the number and
hash of an entry, kept elsewhere - does.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from govrepo.journal.chain import ZERO, fault

MEANING = {
    "changed": "entry {seq} was changed: its text does not have its hash",
    "moved": "entry {seq} stands in the place of another: entries were reordered or inserted",
    "unlinked": "entry {seq} does not follow from the entry before it: one of the two was replaced or inserted",
    "missing": "entry {seq} is missing: it was deleted",
    "inserted": "entry {seq} was inserted before the first",
    "anchor": "entry {seq} is not the one that the anchor names",
    "unreadable": "the file cannot be read as a journal after entry {seq}",
}


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold."""

    seq: int
    kind: str

    @property
    def message(self) -> str:
        """In words."""
        return MEANING[self.kind].format(seq=self.seq)


@dataclass(frozen=True)
class Report:
    """How many entries were found sound, the hash of the last of them, and the break after them if there is one."""

    entries: int
    head: str
    broken: Break | None


Stored = tuple[int, bytes, bytes]


def verify(path: Path, anchors: Mapping[int, str] | None = None) -> Report:
    """Check every entry in order, and those named by anchors (number to hash); raises FileNotFoundError."""
    if not path.is_file():
        raise FileNotFoundError(path)
    walk = _Walk(anchors or {})
    try:
        with closing(_open(path)) as connection:
            broken = walk.over(connection.execute("SELECT seq, body, hash FROM entries ORDER BY seq"))
    except sqlite3.Error:
        broken = Break(walk.next - 1, "unreadable")
    return Report(walk.next, walk.prev, broken)


def _open(path: Path) -> sqlite3.Connection:
    """Open for reading only: a journal at rest (no WAL beside it) also from a medium that cannot be written."""
    at_rest = not path.with_name(f"{path.name}-wal").exists()
    uri = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if at_rest else ''}"
    connection = sqlite3.connect(uri, uri=True)
    connection.text_factory = bytes  # A forged row need not be valid UTF-8.
    return connection


class _Walk:
    """The way along the chain: which entry comes next, and the hash of the one before."""

    def __init__(self, anchors: Mapping[int, str]) -> None:
        self.next, self.prev = 0, ZERO
        self._anchors = anchors

    def over(self, rows: Iterable[Stored]) -> Break | None:
        """Walk until the first break; None if there is none."""
        return next(self._breaks(rows), None)

    def _breaks(self, rows: Iterable[Stored]) -> Iterator[Break]:
        for seq, body, stored_hash in rows:
            if seq != self.next:
                yield Break(min(seq, self.next), "missing" if seq > self.next else "inserted")
            kind = fault(body, stored_hash, seq, self.prev) or self._off_anchor(seq, stored_hash)
            if kind:
                yield Break(seq, kind)
            self.next, self.prev = seq + 1, stored_hash.decode()
        # A journal has a first entry, and whatever an anchor names.
        yield from (Break(seq, "missing") for seq in sorted({0, *self._anchors}) if seq >= self.next)

    def _off_anchor(self, seq: int, stored_hash: bytes) -> str | None:
        return "anchor" if self._anchors.get(seq, stored_hash.decode()) != stored_hash.decode() else None
