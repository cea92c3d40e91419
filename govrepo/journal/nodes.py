"""The inner nodes of the Merkle tree in the journal's file. They can be computed anew from the entries, so nobody trusts them."""

import sqlite3
from collections.abc import Iterator, MutableMapping

from govrepo.journal.merkle import Hash, Place


class Nodes(MutableMapping[Place, Hash]):
    """The table ``nodes`` as the mapping that :class:`govrepo.journal.merkle.Tree` reads and writes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def leaves(self) -> int:
        """How many leaves the tree has."""
        found = self._connection.execute("SELECT max(position) FROM nodes WHERE level = 0").fetchone()[0]
        return 0 if found is None else int(found) + 1

    def __getitem__(self, place: Place) -> Hash:
        found = self._connection.execute("SELECT hash FROM nodes WHERE level = ? AND position = ?", place).fetchone()
        if found is None:
            raise KeyError(place)
        return bytes(found[0])

    def __setitem__(self, place: Place, hashed: Hash) -> None:
        self._connection.execute("INSERT INTO nodes VALUES (?, ?, ?)", (*place, hashed))

    def __delitem__(self, place: Place) -> None:
        raise TypeError("a node of the tree is never taken away")

    def __iter__(self) -> Iterator[Place]:
        yield from self._connection.execute("SELECT level, position FROM nodes ORDER BY level, position")

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM nodes").fetchone()[0])
