"""Seal what the journal has written so far as a file of its own, and go on in a new one, without breaking the chain (R-7.2).

Whoever rotates holds the gate alone. The period is closed in one commit: no transaction is open in it, the tree is grown to its
end, a signed checkpoint stands there, and the file names itself among the sealed ones, upon which it takes no further entry.
Killed before that commit, nothing has happened. Killed after it, whoever comes next finds the file sealed and does again, from the
beginning, what follows: every step of :func:`exchange` may have been done before.
"""

import os
import sqlite3
import time
import uuid
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path

from govrepo.journal import schema, segments
from govrepo.journal.checkpoint import Checkpoint
from govrepo.journal.entry import Entry, JournalUnavailableError
from govrepo.journal.merkle import Tree
from govrepo.journal.segments import Segment
from govrepo.journal.statements import GENESIS, grow_tree, insert, keep, settled

Sign = Callable[[str, int, bytes], Checkpoint]
"""Signs a checkpoint: the journal's genesis, how many entries, the root over them."""
Committed = Callable[[Collection[str]], Collection[str]]
"""Which of the transactions have committed."""
PATIENCE = 2.0  # Seconds that those who have voted get to finish; nobody can vote meanwhile.
PAUSE = 0.01
READERS = 0.2  # Seconds that another program's reading is waited for.
READ_ONLY = 0o440


class BusyError(JournalUnavailableError):
    """The journal cannot be sealed now: a transaction is open, or another program reads the file. Try again later."""


def is_sealed(connection: sqlite3.Connection) -> bool:
    """Whether the file is a sealed period: it names its own last entry."""
    sql = "SELECT (SELECT max(seq) FROM entries) = (SELECT max(last) FROM segments)"
    return bool(connection.execute(sql).fetchone()[0])


def empty_log(path: Path) -> None:
    """Bring everything from the write-ahead log into the file; raises BusyError if another program is reading it."""
    with closing(sqlite3.connect(path, timeout=READERS, isolation_level=None)) as connection:
        if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            raise BusyError(f"another program is reading {path}")


def close_period(connection: sqlite3.Connection, sign: Sign, committed: Committed, tree: Tree) -> Segment:
    """Close the period in the caller's transaction; raises BusyError while a transaction is open."""
    _wait_until_settled(connection, committed)
    while grow_tree(connection, tree):
        pass
    first, last, genesis = _bounds(connection)
    if not connection.execute("SELECT 1 FROM checkpoints WHERE size = ?", (tree.size,)).fetchone():
        keep(connection, sign(genesis, tree.size, tree.root()))
    segment = Segment(first[0], last[0], last[1], first[2], last[2], genesis)
    name(connection, segment)
    return segment


def _bounds(connection: sqlite3.Connection) -> tuple[tuple[int, str, int], tuple[int, str, int], str]:
    sql = "SELECT seq, hash, json_extract(body, '$.time') FROM entries ORDER BY seq {} LIMIT 1"
    first, last = (connection.execute(sql.format(order)).fetchone() for order in ("ASC", "DESC"))
    return first, last, connection.execute(GENESIS).fetchone()[0]


def name(connection: sqlite3.Connection, segment: Segment) -> None:
    """Name a sealed period in a file."""
    connection.execute(segments.NAME, segment.values)


def _wait_until_settled(connection: sqlite3.Connection, committed: Committed) -> None:
    """Note who has committed until nobody is left; those who have voted finish without the journal."""
    until = time.monotonic() + PATIENCE
    while left := [txn for (txn,) in connection.execute("SELECT txn FROM open_transactions")]:
        if not settled(connection, committed(left)):
            if time.monotonic() > until:
                raise BusyError(f"{len(left)} transactions are open")
            time.sleep(PAUSE)


def exchange(path: Path, connection: sqlite3.Connection) -> None:
    """Give a sealed file its own name and put the next one in its place; ``connection`` is the only one, and is closed.

    Raises BusyError if another program is reading the file.
    """
    names = segments.listed(connection)
    following = path.with_name(f"{path.name}-next")
    _make(following, names, connection)
    connection.close()
    empty_log(path)
    sealed = names[-1].path(path)
    if not sealed.exists():
        os.link(path, sealed)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    following.replace(path)
    _sync(path.parent)
    _at_rest(sealed)


def _make(path: Path, names: list[Segment], before: sqlite3.Connection) -> None:
    """The next file: it names all sealed periods, and begins with an entry that says so."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    last = names[-1]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("BEGIN")
        schema.make(connection)
        for each in names:
            name(connection, each)
        _copy_seam(before, connection, last.size)
        said = {"first": last.first, "last": last.last, "hash": last.head}
        insert(connection, uuid.uuid4().hex, [Entry("journal.sealed", "system", details=said)])
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")
    _sync(path)


def _copy_seam(before: sqlite3.Connection, following: sqlite3.Connection, size: int) -> None:
    """The checkpoint at the seam, and the nodes that the tree goes on from: the roots of its perfect subtrees."""
    checkpoint = before.execute("SELECT size, text, signature FROM checkpoints WHERE size = ?", (size,)).fetchone()
    following.execute("INSERT INTO checkpoints (size, text, signature) VALUES (?, ?, ?)", checkpoint)
    for place in peaks(size):
        found = before.execute("SELECT hash FROM nodes WHERE level = ? AND position = ?", place).fetchone()
        following.execute("INSERT INTO nodes (level, position, hash) VALUES (?, ?, ?)", (*place, found[0]))


def peaks(size: int) -> list[tuple[int, int]]:
    """The perfect subtrees that a tree of so many leaves is made of, largest first."""
    return [(level, (size >> level) - 1) for level in range(size.bit_length() - 1, -1, -1) if size >> level & 1]


def _at_rest(sealed: Path) -> None:
    """Leave a file that stock tools can read from any medium; not yet possible while another process has it open."""
    try:
        with closing(sqlite3.connect(sealed, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError:
        pass
    for suffix in ("-wal", "-shm"):
        sealed.with_name(sealed.name + suffix).unlink(missing_ok=True)
    sealed.chmod(READ_ONLY)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
