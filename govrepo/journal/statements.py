"""What is written into the tables of the journal's SQLite file, by the store and by a rotation; the caller's transaction commits it."""

import sqlite3
from collections.abc import Collection, Sequence

from govrepo.journal.checkpoint import Checkpoint
from govrepo.journal.entry import Entry
from govrepo.journal.merkle import Tree, leaf
from govrepo.journal.rows import Row, row

BATCH = 2000  # Entries added to the Merkle tree in one turn: writers wait some 20 ms at most.
NEWEST = """
SELECT seq, hash FROM (SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1)
UNION ALL SELECT last, head FROM segments ORDER BY 1 DESC LIMIT 1
"""
"""The newest entry's number and hash, in this file or at the end of the sealed period before it."""
GENESIS = "SELECT coalesce((SELECT min(genesis) FROM segments), (SELECT hash FROM entries WHERE seq = 0))"


def insert(connection: sqlite3.Connection, txn: str, entries: Sequence[Entry], voids: str | None = None) -> None:
    """Add entries of one transaction at the end of the chain."""
    last = Row.of(connection.execute(NEWEST).fetchone())
    for entry in entries:
        last = row(last, txn, entry, voids)
        connection.execute("INSERT INTO entries (seq, body, hash) VALUES (?, ?, ?)", last)


def settled(connection: sqlite3.Connection, txns: Collection[str]) -> int:
    """Close transactions; how many of them were open."""
    return connection.executemany("DELETE FROM open_transactions WHERE txn = ?", [(txn,) for txn in txns]).rowcount


def grow_tree(connection: sqlite3.Connection, tree: Tree) -> int:
    """Add the next entries, at most a batch of them, to the Merkle tree; how many there were."""
    sql = "SELECT body FROM entries WHERE seq >= ? ORDER BY seq LIMIT ?"
    found = connection.execute(sql, (tree.size, BATCH)).fetchall()
    tree.extend(leaf(body.encode()) for (body,) in found)
    return len(found)


def keep(connection: sqlite3.Connection, checkpoint: Checkpoint) -> None:
    """Keep a checkpoint; raises sqlite3.IntegrityError if there is one of that size."""
    values = (checkpoint.size, checkpoint.text, checkpoint.signature)
    connection.execute("INSERT INTO checkpoints (size, text, signature) VALUES (?, ?, ?)", values)
