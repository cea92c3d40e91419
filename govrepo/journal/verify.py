"""Walk a journal's chain without govrepo's database, and name the first row that is not what it was (SOD-12).

A chain alone does not show that its end was cut off or that all of it was written anew; an anchor - the number and
hash of an entry, kept elsewhere - does, and so does a checkpoint (checkpoint.py), which the system has signed.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from govrepo.journal.chain import ZERO, fault
from govrepo.journal.checkpoint import Checkpoint, NoCheckpointError, parse
from govrepo.journal.merkle import Frontier, leaf

MEANING = {
    "changed": "entry {seq} was changed: its text does not have its hash",
    "moved": "entry {seq} stands in the place of another: entries were reordered or inserted",
    "unlinked": "entry {seq} does not follow from the entry before it: one of the two was replaced or inserted",
    "missing": "entry {seq} is missing: it was deleted",
    "inserted": "entry {seq} was inserted before the first",
    "anchor": "entry {seq} is not the one that the anchor names",
    "root": "the first {seq} entries are not those that a checkpoint names",
    "forked": "the first {seq} entries are not those that a checkpoint names, though the first {since} are: what follows was written anew",
    "split": "two checkpoints over {seq} entries, both signed by the system's key, name different entries",
    "cut": "entry {seq} and what followed are missing: the journal holds a checkpoint over more than it has; its end was cut off",
    "replayed": "entry {seq} and what followed are missing: a checkpoint kept elsewhere counts more; an older copy stands in the journal's place",
    "forged": "the checkpoint over {seq} entries was not signed by the system's key",
    "strange": "the checkpoint over {seq} entries is that of another journal",
    "unreadable": "the file cannot be read as a journal after entry {seq}",
}


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold."""

    seq: int
    kind: str
    since: int = 0

    @property
    def message(self) -> str:
        """In words; ``since`` counts the entries that the checkpoint before has confirmed."""
        return MEANING[self.kind].format(seq=self.seq, since=self.since)


@dataclass(frozen=True)
class Report:
    """How many entries were found sound, the hash of the last of them, how many checkpoints confirm them, and the first break."""

    entries: int
    head: str
    broken: Break | None
    checkpoints: int = 0


Stored = tuple[int, bytes, bytes]


def verify(
    path: Path, anchors: Mapping[int, str] | None = None, checkpoints: Iterable[Checkpoint] = (), key: str = ""
) -> Report:
    """Check every entry in order, those named by anchors (number to hash), and every checkpoint, kept elsewhere or in the file.

    ``key`` is the public half of the system's key in hexadecimal; without it, the checkpoints' signatures are taken with the
    key that each names, which shows no more than that text and signature belong together. Raises FileNotFoundError.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    walk = _Walk(anchors or {})
    try:
        with closing(_open(path)) as connection:
            walk.expect(_kept(connection), list(checkpoints), key)
            broken = walk.over(connection.execute("SELECT seq, body, hash FROM entries ORDER BY seq"))
    except (sqlite3.Error, NoCheckpointError):
        broken = Break(walk.next - 1, "unreadable")
    return Report(walk.next, walk.prev, broken, walk.confirmed)


def _kept(connection: sqlite3.Connection) -> list[Checkpoint]:
    """The checkpoints in the file itself; a file of the first release has no table for them."""
    known = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'checkpoints'").fetchone()
    rows = connection.execute("SELECT text, signature FROM checkpoints") if known else ()
    return [parse(text.decode("utf-8", "replace"), signature.decode("utf-8", "replace")) for text, signature in rows]


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
        self.confirmed = 0
        self._anchors = anchors
        self._checkpoints: dict[int, list[Checkpoint]] = {}
        self._since, self._own = 0, 0
        self._key, self._genesis = "", ""
        self._frontier = Frontier()

    def expect(self, own: list[Checkpoint], elsewhere: list[Checkpoint], key: str) -> None:
        """Say which checkpoints the way must pass, the file's own and those kept elsewhere, and whose signature they bear."""
        self._key = key
        self._own = max((each.size for each in own), default=0)
        for each in (*own, *elsewhere):
            self._checkpoints.setdefault(each.size, []).append(each)

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
            self._genesis = self._genesis or self.prev
            self._frontier.append(leaf(body))
            yield from self._off_checkpoints()
        yield from self._off_end()

    def _off_end(self) -> Iterator[Break]:
        """A journal has a first entry, and whatever an anchor or a checkpoint names."""
        for size in sorted(size for size in self._checkpoints if size > self.next):
            yield from self._misplaced(self._checkpoints[size], size)
            if self.next:
                yield Break(self.next, "cut" if size <= self._own else "replayed")
        yield from (Break(seq, "missing") for seq in sorted({0, *self._anchors}) if seq >= self.next)

    def _off_checkpoints(self) -> Iterator[Break]:
        met = self._checkpoints.get(self.next, [])
        yield from self._misplaced(met, self.next)
        for each in met:
            if each.root != self._frontier.root().hex():
                yield Break(self.next, "forked" if self._since else "root", self._since)
            self.confirmed += 1
        self._since = self.next if met else self._since

    def _misplaced(self, met: list[Checkpoint], size: int) -> Iterator[Break]:
        """What speaks against checkpoints of one size by themselves."""
        if any(not each.is_signed_by(self._key or each.key) for each in met):
            yield Break(size, "forged")
        if any(each.journal != self._genesis for each in met if self._genesis):
            yield Break(size, "strange")
        if len({each.root for each in met}) > 1:
            yield Break(size, "split")

    def _off_anchor(self, seq: int, stored_hash: bytes) -> str | None:
        return "anchor" if self._anchors.get(seq, stored_hash.decode()) != stored_hash.decode() else None
