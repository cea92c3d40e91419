"""The inner nodes of the Merkle tree in the journal's tables. They can be computed anew from the entries, so nobody trusts them."""

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import Any

from govrepo.journal.merkle import Hash, Place

Ask = Callable[[str, Sequence[Any]], Any]
"""Executes a statement with its values, for which ``?`` stands; what it answers can be iterated over."""
SIZE = """
SELECT coalesce((SELECT max(position) FROM nodes WHERE level = 0), -1), coalesce((SELECT max(last) FROM segments), -1)
"""


class Nodes(MutableMapping[Place, Hash]):
    """The table ``nodes`` as the mapping that :class:`govrepo.journal.merkle.Tree` reads and writes.

    What is set is kept in ``fresh`` for the caller to write in one go. ``elsewhere`` is asked for what the table lacks: a sealed
    period keeps the nodes over its own entries.
    """

    def __init__(self, ask: Ask, elsewhere: Callable[[Place], Hash | None] = lambda _place: None) -> None:
        self._ask, self._elsewhere = ask, elsewhere
        self.fresh: dict[Place, Hash] = {}

    def leaves(self) -> int:
        """How many leaves the tree has in the table."""
        return int(max(next(iter(self._ask(SIZE, ()))))) + 1

    def __getitem__(self, place: Place) -> Hash:
        if place in self.fresh:
            return self.fresh[place]
        for (found,) in self._ask("SELECT hash FROM nodes WHERE level = ? AND position = ?", place):
            return bytes(found)
        hashed = self._elsewhere(place)
        if hashed is None:
            raise KeyError(place)
        return hashed

    def __setitem__(self, place: Place, hashed: Hash) -> None:
        self.fresh[place] = hashed

    def __delitem__(self, place: Place) -> None:
        raise TypeError("a node of the tree is never taken away")

    def __iter__(self) -> Iterator[Place]:
        yield from self._ask("SELECT level, position FROM nodes ORDER BY level, position", ())
        yield from self.fresh

    def __len__(self) -> int:
        return len(list(iter(self)))
