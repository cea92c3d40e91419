"""Walk a journal's chain without govrepo's database, and name the first row that is not what it was (SOD-12).

A chain alone does not show that its end was cut off or that all of it was written anew; an anchor - the number and
hash of an entry, kept elsewhere - does, and so does a checkpoint (checkpoint.py), which the system has signed.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from govrepo.journal.chain import ZERO, fault, time_of
from govrepo.journal.checkpoint import Checkpoint
from govrepo.journal.files import File, open_files
from govrepo.journal.merkle import Frontier, leaf

TORN = (sqlite3.Error, ValueError, TypeError, AttributeError, KeyError)
"""What reading a file may raise in which somebody changed bytes."""
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
    "absent": "entries {seq} to {since} are missing: the sealed period journal-{seq:012d}-{since:012d}.sqlite is not here",
    "seam": "what a later file says of the sealed period with entry {seq} is not so: a file was changed, or put in the place of another",
    "misplaced": "the checkpoint over {seq} entries stands in the journal under {since}",
    "node": "a node of the Merkle tree over entry {seq} was changed; proofs made from it would not hold",
    "form": "the tables or triggers of the file with entries {seq} to {since} are not those of a journal: somebody has changed them",
    "index": "an index over entries {seq} to {since} does not fit them: a search may not find all that is there",
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
    """How many entries were found sound, the hash of the last, the first break, how many checkpoints confirm them, where the way began."""

    entries: int
    head: str
    broken: Break | None
    checkpoints: int = 0
    began: int = 0


def verify(
    paths: Path | Iterable[Path],
    anchors: Mapping[int, str] | None = None,
    checkpoints: Iterable[Checkpoint] = (),
    key: str = "",
    *,
    partial: bool = False,
    deep: bool = False,
) -> Report:
    """Check every entry in order, those named by anchors (number to hash), and every checkpoint, kept elsewhere or in the files.

    ``paths`` are files or folders; sealed periods lying beside a file are taken along. With ``partial`` the first ones may be missing:
    then the way begins at the checkpoint of a seam. ``deep`` looks at tables, triggers and indexes, too: whoever changes an index
    hides entries from a search. ``key`` is the public half of the system's key in hexadecimal; without it, the checkpoints' signatures are
    taken with the key that each names, which shows no more than that text and signature belong together. Raises FileNotFoundError.
    """
    walk = _Walk(anchors or {})
    try:
        with ExitStack() as stack:
            files = open_files([paths] if isinstance(paths, Path) else paths, stack)
            own = dict.fromkeys(each for file in files for each in file.checkpoints())
            walk.expect([each for _size, each in own], list(checkpoints), key)
            broken = walk.over(files, partial=partial) or _off_place(own) or (_off_form(files) if deep else None)
    except TORN:
        broken = Break(walk.next - 1, "unreadable")
    return Report(walk.next, walk.prev, broken, walk.confirmed, walk.began)


def _off_place(own: Iterable[tuple[int, Checkpoint]]) -> Break | None:
    return next((Break(each.size, "misplaced", size) for size, each in own if size != each.size), None)


def _off_form(files: Iterable[File]) -> Break | None:
    """What does not touch the entries themselves: triggers taken off, columns computed otherwise, indexes that do not fit."""
    for file in files:
        if not file.has_its_form():
            return Break(file.first, "form", file.last)
        if file.connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != b"ok":
            return Break(file.first, "index", file.last)
    return None


class _Walk:
    """The way along the chain: which entry comes next, and the hash of the one before."""

    def __init__(self, anchors: Mapping[int, str]) -> None:
        self.next, self.prev, self.began = 0, ZERO, 0
        self.confirmed = 0
        self._anchors = anchors
        self._checkpoints: dict[int, list[Checkpoint]] = {}
        self._since, self._own = 0, 0
        self._key, self._genesis = "", ""
        self._frontier = Frontier()
        self._node: Break | None = None
        self._bounds: dict[int, tuple[str, int]] = {}

    def expect(self, own: list[Checkpoint], elsewhere: list[Checkpoint], key: str) -> None:
        """Say which checkpoints the way must pass, the files' own and those kept elsewhere, and whose signature they bear."""
        self._key = key
        self._own = max((each.size for each in own), default=0)
        for each in (*own, *elsewhere):
            self._checkpoints.setdefault(each.size, []).append(each)

    def over(self, files: Sequence[File], *, partial: bool) -> Break | None:
        """Walk until the first break; None if there is none."""
        if partial and files and files[0].before:
            self._skip(files[0])
        bounds = (place for file in files for each in file.periods for place in (each.first, each.last))
        self._bounds = dict.fromkeys(bounds, ("", 0))
        return next(self._breaks(files), None) or self._node

    def _skip(self, file: File) -> None:
        """Begin where a file does; the checkpoint at the seam shows whether the tree's nodes there are the right ones."""
        seam = file.before[-1]
        self.next = self.began = seam.size
        self.prev, self._genesis = seam.head, seam.genesis
        self._frontier = Frontier(seam.size, (each or b"" for each in file.peaks()))

    def _breaks(self, files: Sequence[File]) -> Iterator[Break]:
        if self.began:
            yield from (
                self._off_checkpoints() if self.began in self._checkpoints else [Break(0, "absent", self.next - 1)]
            )
        for file in files:
            yield from self._off_seam(file)
            for stored in file.entries():
                yield from self._step(file, *stored)
            self._off_node(file.is_ended(), self.next - 1)
        yield from self._off_end()
        yield from self._off_periods(files)

    def _step(self, file: File, seq: int, body: bytes, stored_hash: bytes) -> Iterator[Break]:
        if seq != self.next:
            yield Break(min(seq, self.next), "missing" if seq > self.next else "inserted")
        kind = fault(body, stored_hash, seq, self.prev) or self._off_anchor(seq, stored_hash)
        if kind:
            yield Break(seq, kind)
        self.next, self.prev = seq + 1, stored_hash.decode()
        self._genesis = self._genesis or self.prev
        for level, hashed in enumerate(self._frontier.append(leaf(body))):
            self._off_node(file.holds(level, seq >> level, hashed), seq)
        if seq in self._bounds:
            self._bounds[seq] = (self.prev, time_of(body))
        if self.next in self._checkpoints:
            yield from self._off_checkpoints()

    def _off_seam(self, file: File) -> Iterator[Break]:
        """Where a file begins: the periods before it are here, and it goes on from the last of them."""
        yield from (Break(each.first, "absent", each.last) for each in file.before if each.first >= self.next)
        if not file.before:
            return
        seam = file.before[-1]
        if (seam.size, seam.head, seam.genesis) != (self.next, self.prev, self._genesis):
            yield Break(seam.last, "seam")
        self._off_node(file.peaks() == self._frontier.roots, seam.last)

    def _off_periods(self, files: Sequence[File]) -> Iterator[Break]:
        """What the files say of sealed periods: all the same, and what was found at their first and last entries."""
        longest = max((file.periods for file in files), key=len, default=[])
        yield from (Break(each.last, "seam") for file in files for each, same in zip(file.periods, longest, strict=False) if each != same)  # fmt: skip
        for each in longest:
            if each.first >= self.began:
                (_hash, began), (head, ended) = (
                    self._bounds.get(each.first, ("", 0)),
                    self._bounds.get(each.last, ("", 0)),
                )
                if (began, head, ended, self._genesis) != (each.began, each.head, each.ended, each.genesis):
                    yield Break(each.last, "seam")

    def _off_node(self, holds: bool, seq: int) -> None:
        """Remember the first node that is not what it should be; told if nothing graver is found."""
        if not holds and not self._node:
            self._node = Break(seq, "node")

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
