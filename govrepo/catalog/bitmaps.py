"""Bitmaps of facet indexes: which rows hold a value, so that counts are intersections of bitmaps, not of sets.

An index declared with ``facet=True`` has a :class:`RowBitmap` for each value, cut into chunks of 65,536 rows; each chunk is an
object of its own, so a changed entry rewrites at most 8 kB for its old value and 8 kB for its new one. The whole bitmap of a
value is put together in memory once a connection and kept until a chunk changes. Stored in roaring's portable format.
Only :class:`govrepo.catalog.main.Main` writes here: as its indexes, these belong to the folding worker.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from BTrees.OOBTree import OOBTree
from persistent import Persistent
from pyroaring import BitMap

CHUNK_BITS = 16
"""A chunk holds 65,536 rows: one container of a roaring bitmap."""


class Chunk(Persistent):
    """Rows of one chunk."""

    def __init__(self) -> None:
        self.rows = BitMap()

    def __getstate__(self) -> bytes:
        return bytes(self.rows.serialize())

    def __setstate__(self, state: bytes) -> None:
        self.rows = BitMap.deserialize(state)


class RowBitmap(Persistent):
    """A set of rows: how many, and its chunks."""

    _v_whole: BitMap

    def __init__(self) -> None:
        self.count = 0
        self.chunks: dict[int, Chunk] = {}

    def add(self, row: int) -> None:
        """Take in a row that is not in."""
        number = row >> CHUNK_BITS
        chunk = self.chunks.get(number)
        if chunk is None:
            chunk = self.chunks[number] = Chunk()
        chunk.rows.add(row)
        self._changed(chunk, 1)
        whole = getattr(self, "_v_whole", None)
        if whole is not None:
            whole.add(row)

    def remove(self, row: int) -> None:
        """Leave out a row that is in; raises KeyError."""
        number = row >> CHUNK_BITS
        chunk = self.chunks[number]
        chunk.rows.remove(row)
        self._changed(chunk, -1)
        if not chunk.rows:
            del self.chunks[number]
        whole = getattr(self, "_v_whole", None)
        if whole is not None:
            whole.discard(row)

    def _changed(self, chunk: Chunk, by: int) -> None:
        """The count is written with every chunk: so no connection keeps an old whole bitmap."""
        chunk._p_changed = True  # noqa: SLF001 - ZODB's documented way to say that a part has changed.
        self.count += by

    def whole(self) -> BitMap:
        """All rows, to be read only."""
        try:
            return self._v_whole
        except AttributeError:
            chunks = [chunk.rows for chunk in self.chunks.values()]
            found = self._v_whole = BitMap.union(*chunks) if chunks else BitMap()
            found.run_optimize()  # All rows, a year, a day: a few runs, which intersect ten times as fast.
            return found


class Bitmaps(Persistent):
    """All rows of a register, and for each facet index and value the rows that hold it."""

    def __init__(self, names: Iterable[str]) -> None:
        self.rows = RowBitmap()
        self.by_index = {name: OOBTree() for name in names}

    def facet(self, name: str) -> Any:
        """A facet index's BTree from value to :class:`RowBitmap`; None if the index is no facet."""
        return self.by_index.get(name)

    def of(self, name: str, value: Any) -> BitMap:
        """The rows that hold a value of a facet index."""
        found = self.by_index[name].get(value)
        return BitMap() if found is None else found.whole()

    def between(self, name: str, low: Any, high: Any) -> Iterator[BitMap]:
        """The bitmaps of the values from ``low`` to ``high``, both included; None leaves an end open."""
        for value, found in self.by_index[name].items(low, high):
            if value is not None:
                yield found.whole()

    def move(self, name: str, row: int, old: frozenset[Any], new: frozenset[Any]) -> None:
        """Let a row hold the new values instead of the old ones."""
        tree = self.by_index[name]
        for value in old - new:
            tree[value].remove(row)
            if not tree[value].count:
                del tree[value]
        for value in new - old:
            if value not in tree:
                tree[value] = RowBitmap()
            tree[value].add(row)
