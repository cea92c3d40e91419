"""Seal what the journal has written so far as a file of its own, and go on in a new one, without breaking the chain (R-7.2).

Whoever rotates holds the gate alone. The period is closed in one commit (sealing.py), after which the file names itself
among the sealed ones and takes no further entry.
Killed before that commit, nothing has happened. Killed after it, whoever comes next finds the file sealed and does again, from the
beginning, what follows: every step of :func:`exchange` may have been done before.
"""

import os
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

from govrepo.journal import schema, segments
from govrepo.journal.merkle import peaks
from govrepo.journal.nodes import Nodes
from govrepo.journal.sealing import BusyError
from govrepo.journal.segments import Segment
from govrepo.journal.statements import add_nodes, insert, name, sealed

READERS = 0.2  # Seconds that another program's reading is waited for.
READ_ONLY = 0o440


def is_sealed(connection: sqlite3.Connection) -> bool:
    """Whether the file is a sealed period: it names its own last entry."""
    sql = "SELECT (SELECT max(seq) FROM entries) = (SELECT max(last) FROM segments)"
    return bool(connection.execute(sql).fetchone()[0])


def empty_log(path: Path) -> None:
    """Bring everything from the write-ahead log into the file; raises BusyError if another program is reading it."""
    with closing(sqlite3.connect(path, timeout=READERS, isolation_level=None)) as connection:
        if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            raise BusyError(f"another program is reading {path}")


def exchange(path: Path, connection: sqlite3.Connection) -> None:
    """Give a sealed file its own name and put the next one in its place; ``connection`` is the only one, and is closed.

    Raises BusyError if another program is reading the file.
    """
    names = segments.listed(connection)
    following = path.with_name(f"{path.name}-next")
    _make(following, names, connection)
    connection.close()
    empty_log(path)
    at_rest = names[-1].path(path)
    if not at_rest.exists():
        os.link(path, at_rest)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    following.replace(path)
    _sync(path.parent)
    _lay_down(at_rest)


def _make(path: Path, names: list[Segment], before: sqlite3.Connection) -> None:
    """The next file: it names all sealed periods, and begins with an entry that says so."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("BEGIN")
        schema.make(connection)
        for each in names:
            name(connection, each)
        _copy_seam(before, connection, names[-1].size)
        insert(connection, uuid.uuid4().hex, [sealed(names[-1])])
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")
    _sync(path)


def _copy_seam(before: sqlite3.Connection, following: sqlite3.Connection, size: int) -> None:
    """The checkpoint at the seam, and the nodes that the tree goes on from: the roots of its perfect subtrees."""
    checkpoint = before.execute("SELECT size, text, signature FROM checkpoints WHERE size = ?", (size,)).fetchone()
    following.execute("INSERT INTO checkpoints (size, text, signature) VALUES (?, ?, ?)", checkpoint)
    kept = Nodes(before.execute)
    add_nodes(following, [(place, kept[place]) for place in peaks(size)])


def _lay_down(at_rest: Path) -> None:
    """Leave a file that stock tools can read from any medium; not yet possible while another process has it open."""
    try:
        with closing(sqlite3.connect(at_rest, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError:
        pass
    for suffix in ("-wal", "-shm"):
        at_rest.with_name(at_rest.name + suffix).unlink(missing_ok=True)
    at_rest.chmod(READ_ONLY)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
