"""What is written into the journal's tables, in SQLite and PostgreSQL alike; the caller's transaction commits it.

Values stand where ``?`` does; a store whose database writes them otherwise translates.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

from govrepo.journal.checkpoint import Checkpoint
from govrepo.journal.entry import Entry
from govrepo.journal.merkle import Tree, leaf
from govrepo.journal.nodes import Nodes
from govrepo.journal.rows import Row, not_committed, row
from govrepo.journal.segments import NAME, Segment

BATCH = 2000  # Entries added to the Merkle tree in one turn: writers wait some 20 ms at most.
NEWEST = """
SELECT seq, hash FROM (SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1) AS newest
UNION ALL SELECT last, head FROM segments ORDER BY 1 DESC LIMIT 1
"""
"""The newest entry's number and hash, in this file or at the end of the sealed period before it."""
GENESIS = "SELECT coalesce((SELECT min(genesis) FROM segments), (SELECT hash FROM entries WHERE seq = 0))"
BODY = "SELECT body FROM entries WHERE seq = ?"


class Connection(Protocol):
    """What a database's connection must do here."""

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Any:
        """Run a statement; the answer has ``rowcount``, ``fetchone``, ``fetchall`` and can be iterated over."""

    def executemany(self, sql: str, values: Iterable[Sequence[Any]], /) -> Any:
        """Run a statement with each of the values."""


def insert(connection: Connection, txn: str, entries: Sequence[Entry], voids: str | None = None) -> None:
    """Add entries of one transaction at the end of the chain."""
    last = Row.of(connection.execute(NEWEST).fetchone())
    for entry in entries:
        last = row(last, txn, entry, voids)
        connection.execute("INSERT INTO entries (seq, body, hash) VALUES (?, ?, ?)", last)


def open_transaction(connection: Connection, txn: str, process: str) -> None:
    """A transaction has voted."""
    connection.execute("INSERT INTO open_transactions (txn, process) VALUES (?, ?)", (txn, process))


def settled(connection: Connection, txns: Collection[str]) -> int:
    """Close transactions; how many of them were open."""
    return sum(connection.execute("DELETE FROM open_transactions WHERE txn = ?", (txn,)).rowcount for txn in txns)


def lost(connection: Connection, txns: Collection[str]) -> None:
    """Close transactions that did not happen; an entry says so for each that is still open."""
    for txn in txns:
        if settled(connection, [txn]):
            insert(connection, uuid.uuid4().hex, [not_committed(txn)], voids=txn)


def probe(connection: Connection) -> None:
    """A write that changes nothing."""
    connection.execute("UPDATE pulse SET beats = beats + 1")


def grow_tree(connection: Connection) -> int:
    """Add the next entries, at most a batch of them, to the Merkle tree; how many there were."""
    nodes = Nodes(connection.execute)
    tree = Tree(nodes, nodes.leaves())
    sql = "SELECT body FROM entries WHERE seq >= ? ORDER BY seq LIMIT ?"
    found = connection.execute(sql, (tree.size, BATCH)).fetchall()
    tree.extend(leaf(body.encode()) for (body,) in found)
    add_nodes(connection, nodes.fresh.items())
    return len(found)


def add_nodes(connection: Connection, nodes: Iterable[tuple[tuple[int, int], bytes]]) -> None:
    """Keep nodes of the tree."""
    rows = [(*place, hashed) for place, hashed in nodes]
    connection.executemany("INSERT INTO nodes (level, position, hash) VALUES (?, ?, ?)", rows)


def keep(connection: Connection, checkpoint: Checkpoint) -> None:
    """Keep a checkpoint; the database refuses a second one of that size."""
    values = (checkpoint.size, checkpoint.text, checkpoint.signature)
    connection.execute("INSERT INTO checkpoints (size, text, signature) VALUES (?, ?, ?)", values)


def name(connection: Connection, segment: Segment) -> None:
    """Name a sealed period."""
    connection.execute(NAME, segment.values)


def sealed(segment: Segment) -> Entry:
    """What the journal says first after a period was sealed."""
    said = {"first": segment.first, "last": segment.last, "hash": segment.head}
    return Entry("journal.sealed", "system", details=said)
