"""Zones of rows: for blocks of 2,048 rows, between which values of an index they lie, so that a page of few matches is found without a walk.

Rows are numbered as entries arrive, and what arrives together lies together in most orders: dates, numbers, years. A page of the rows of a
bitmap is then found in the one or two blocks that reach furthest; where the order has nothing to do with the arrival, more blocks are
looked into, and the page is the same. A zone only ever widens: it is a bound, not a fact.
Only :class:`govrepo.catalog.main.Main` writes here, for the indexes that have an order and no bitmaps.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from BTrees.IOBTree import IOBTree
from persistent import Persistent

BLOCK_BITS = 11
"""A block holds 2,048 rows."""

Rank = tuple[bool, Any]
"""What orders values: a missing one first."""

MISSING: Rank = (False, 0)


def rank_of(value: Any) -> Rank:
    """A value as it is ordered."""
    return MISSING if value is None else (True, value)


class Zones(Persistent):
    """For each index and block: the lowest and the highest rank of its rows."""

    def __init__(self, names: Iterable[str]) -> None:
        self.by_index = {name: IOBTree() for name in names}

    def widen(self, name: str, row: int, value: Any) -> None:
        """Let a row's block reach to a value; nothing is written if it does."""
        blocks, number, rank = self.by_index[name], row >> BLOCK_BITS, rank_of(value)
        low, high = blocks.get(number, (rank, rank))
        if number not in blocks or rank < low or rank > high:
            blocks[number] = (min(low, rank), max(high, rank))

    def furthest(self, name: str, *, reverse: bool) -> Iterator[tuple[Rank, range]]:
        """Blocks as ranges of rows with the rank that they reach to, from the one that reaches furthest on."""
        end = 1 if reverse else 0
        reach = [(bounds[end], number) for number, bounds in self.by_index[name].items()]
        for rank, number in sorted(reach, reverse=reverse):
            yield rank, range(number << BLOCK_BITS, (number + 1) << BLOCK_BITS)
