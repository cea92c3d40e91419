"""The journal in one SQLite file beside ZODB, for one host (several processes may share it).

WAL with ``synchronous=FULL``: a write that returned survives a power cut. Each thread has a connection; in one
process the writers queue on a lock instead of polling SQLite's. Triggers refuse to change, delete or renumber an
entry, for stock tools too; whoever removes the triggers breaks the chain. The searchable columns are computed from
the body, so that they cannot say anything else than what is hashed.
"""

import os
import sqlite3
import threading
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from weakref import WeakSet

from govrepo import clock
from govrepo.journal.checkpoint import Checkpoint, parse
from govrepo.journal.entry import Entry, Head, JournalUnavailableError, Query, Record
from govrepo.journal.lease import Lease
from govrepo.journal.merkle import Tree, leaf
from govrepo.journal.nodes import Nodes
from govrepo.journal.rows import Row, not_committed, record, row, selection

APPLICATION_ID = 0x474F5652  # "GOVR"
BATCH = 2000  # Entries added to the Merkle tree in one turn: writers wait some 20 ms at most.
CHECKPOINT_PAGES = 4000  # 16 MB: SQLite's default would make every 200th commit pay for a checkpoint.
SCHEMA = """
CREATE TABLE entries (
    seq INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    hash TEXT NOT NULL,
    txn TEXT AS (json_extract(body, '$.txn')),
    subject TEXT AS (json_extract(body, '$.subject')),
    actor TEXT AS (json_extract(body, '$.actor')),
    action TEXT AS (json_extract(body, '$.action')),
    result TEXT AS (json_extract(body, '$.result')),
    voids TEXT AS (json_extract(body, '$.voids'))
) STRICT;
CREATE INDEX entries_subject ON entries (subject);
CREATE INDEX entries_actor ON entries (actor);
CREATE INDEX entries_voids ON entries (voids) WHERE voids IS NOT NULL;
CREATE TRIGGER entries_in_order BEFORE INSERT ON entries
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM entries)
    BEGIN SELECT RAISE(ABORT, 'a journal entry can only be added at the end'); END;
CREATE TRIGGER entries_unchanged BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'a journal entry cannot be changed'); END;
CREATE TRIGGER entries_kept BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'a journal entry cannot be deleted'); END;
CREATE TABLE open_transactions (txn TEXT PRIMARY KEY, process TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE pulse (only INTEGER PRIMARY KEY CHECK (only = 1), beats INTEGER NOT NULL) STRICT;
INSERT INTO pulse VALUES (1, 0);
"""
GROWN = """
ALTER TABLE entries ADD COLUMN module TEXT AS (substr(json_extract(body, '$.action'), 1, instr(json_extract(body, '$.action'), '.') - 1));
ALTER TABLE entries ADD COLUMN address TEXT AS (json_extract(body, '$.address'));
ALTER TABLE entries ADD COLUMN subject_uid TEXT AS (json_extract(body, '$.subject_uid'));
ALTER TABLE entries ADD COLUMN certificate TEXT AS (json_extract(body, '$.certificate'));
CREATE INDEX entries_module ON entries (module);
CREATE INDEX entries_action ON entries (action);
CREATE INDEX entries_result ON entries (result) WHERE result <> 'allowed';
CREATE INDEX entries_address ON entries (address) WHERE address <> '';
CREATE INDEX entries_subject_uid ON entries (subject_uid) WHERE subject_uid <> '';
CREATE INDEX entries_certificate ON entries (certificate) WHERE certificate <> '';
CREATE TABLE nodes (level INTEGER, position INTEGER, hash BLOB NOT NULL, PRIMARY KEY (level, position)) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, text TEXT NOT NULL, signature TEXT NOT NULL) STRICT;
CREATE TRIGGER checkpoints_unchanged BEFORE UPDATE ON checkpoints
    BEGIN SELECT RAISE(ABORT, 'a checkpoint cannot be changed'); END;
CREATE TRIGGER checkpoints_kept BEFORE DELETE ON checkpoints
    BEGIN SELECT RAISE(ABORT, 'a checkpoint cannot be deleted'); END;
"""
"""What the second release of the file holds besides: more ways to search (R-7.1), the inner nodes of the Merkle tree, the checkpoints."""
RELEASE = 2


class _Handle:
    """A thread's connection, and which file it was opened on; closed with the thread."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self._file = _identity(path)

    @classmethod
    def open(cls, path: Path, timeout: float) -> "_Handle":
        """Open the file; it is never made here, because a lost journal must not be replaced in silence."""
        uri = f"{path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        return cls(connection, path)

    def serves(self, path: Path) -> bool:
        """Whether the path still names the opened file; SQLite would go on writing to a removed one."""
        return _identity(path) == self._file

    def __del__(self) -> None:
        self.connection.close()


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


class SqliteStore:
    """Entries and open transactions; every method may raise JournalUnavailableError."""

    def __init__(self, path: Path, timeout: float = 10.0) -> None:
        self._path, self._timeout = path, timeout
        self._local = threading.local()
        self._handles: WeakSet[_Handle] = WeakSet()
        self._lock = threading.Lock()
        self._closed = False
        with self._translated():
            self._create()
            self._lease = Lease(path)

    @property
    def process(self) -> str:
        """The identity under which this opened store prepares transactions."""
        return self._lease.process

    # Writing.

    def append(self, txn: str, entries: Sequence[Entry]) -> None:
        """Write entries that stand on their own, in one commit."""
        with self._writing() as connection:
            _insert(connection, txn, entries)

    def prepare(self, txn: str, entries: Sequence[Entry], settled: Collection[str]) -> None:
        """Write a transaction's entries and keep it open; note in the same commit which earlier ones have committed."""
        with self._writing() as connection:
            _insert(connection, txn, entries)
            connection.execute("INSERT INTO open_transactions VALUES (?, ?)", (txn, self.process))
            _close(connection, settled)

    def settle(self, committed: Collection[str], lost: Collection[str] = ()) -> None:
        """Close transactions; an entry says so for each that is still open and was lost."""
        with self._writing() as connection:
            _close(connection, committed)
            for txn in lost:
                if _close(connection, [txn]):
                    _insert(connection, uuid.uuid4().hex, [not_committed(txn)], voids=txn)

    def probe(self) -> None:
        """Prove by a real, durable write that the journal can be written."""
        with self._writing() as connection:
            connection.execute("UPDATE pulse SET beats = beats + 1")

    # Reading.

    def open_transactions(self) -> dict[str, str]:
        """The open transactions and the process of each."""
        return {txn: process for txn, process in self._read("SELECT txn, process FROM open_transactions")}  # noqa: C416 - typed.

    def head(self) -> Head:
        """The newest entry's number and hash."""
        return Head(*self._read("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1")[0])

    def records(self, query: Query) -> list[Record]:
        """The records of one query, all at once."""
        return [record(*found) for found in self._read(*selection(query))]

    def first_since(self, instant: datetime) -> int:
        """The number of the first entry at or after an instant; one more than the newest if there is none.

        Found by halving, for entries stand in order of time; where a clock was set back, some of that stretch may be missed.
        """
        low, high, wanted = 0, self.head().seq + 1, clock.micros(instant)
        while low < high:
            middle = (low + high) // 2
            time = self._read("SELECT json_extract(body, '$.time') FROM entries WHERE seq = ?", (middle,))[0][0]
            low, high = (middle + 1, high) if time < wanted else (low, middle)
        return low

    # The Merkle tree and its checkpoints.

    def grow_tree(self) -> int:
        """Add the next entries, at most a batch of them, to the Merkle tree; answer how many were added."""
        with self._writing() as connection:
            tree = _tree(connection)
            found = connection.execute(
                "SELECT body FROM entries WHERE seq >= ? ORDER BY seq LIMIT ?", (tree.size, BATCH)
            ).fetchall()
            tree.extend(leaf(body.encode()) for (body,) in found)
            return len(found)

    def tree(self) -> Tree:
        """The Merkle tree as far as it has grown, for roots and proofs."""
        with self._translated():
            return _tree(self._connection())

    def keep_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Keep a checkpoint for ever; raises JournalUnavailableError if there is one of that size."""
        with self._writing() as connection:
            values = (checkpoint.size, checkpoint.text, checkpoint.signature)
            connection.execute("INSERT INTO checkpoints (size, text, signature) VALUES (?, ?, ?)", values)

    def checkpoints(self, size: int = 0, limit: int = -1, *, newest: bool = False) -> list[Checkpoint]:
        """The checkpoints of at least ``size`` entries, shortest first, or newest first."""
        order = "DESC" if newest else "ASC"
        sql = f"SELECT text, signature FROM checkpoints WHERE size >= ? ORDER BY size {order} LIMIT ?"  # noqa: S608 - our own words.
        return [parse(text, signature) for text, signature in self._read(sql, (size, limit))]

    # Life and death.

    def is_dead(self, process: str) -> bool:
        """Whether a process that left transactions open is gone."""
        with self._translated():
            return self._lease.is_dead(process)

    def sweep(self) -> None:
        """Forget the leases of the dead."""
        with self._translated():
            self._lease.sweep()

    def close(self) -> None:
        """Close every thread's connection and give up the lease."""
        if not self._closed:
            self._closed = True
            self._lease.release()
            for handle in list(self._handles):
                handle.connection.close()

    # How.

    def _create(self) -> None:
        """Make the file with its schema and first entry, unless it is there."""
        os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(self._path, timeout=self._timeout, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("BEGIN IMMEDIATE")
            known = connection.execute("PRAGMA application_id").fetchone()[0]
            if not known and not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                _found(connection)
            elif known != APPLICATION_ID:
                raise JournalUnavailableError(f"{self._path} is not a journal")
            _grow(connection)
            connection.execute("COMMIT")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._translated(), self._turn():
            connection = self._connection()
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                self._discard()  # Closing rolls back; the next write starts on a fresh connection.
                raise

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=self._timeout):
            raise JournalUnavailableError(f"{self._path} has been busy for {self._timeout} s")
        try:
            yield
        finally:
            self._lock.release()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise JournalUnavailableError(f"{self._path}: {error}") from error

    def _read(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._translated():
            return self._connection().execute(sql, values).fetchall()

    def _connection(self) -> sqlite3.Connection:
        if self._closed:
            raise JournalUnavailableError(f"{self._path} has been closed")
        handle = getattr(self._local, "handle", None)
        if handle is None or not handle.serves(self._path):
            handle = self._local.handle = _Handle.open(self._path, self._timeout)
            self._handles.add(handle)
        return handle.connection

    def _discard(self) -> None:
        self._local.handle.connection.close()
        self._local.handle = None


def _found(connection: sqlite3.Connection) -> None:
    for statement in _statements(SCHEMA):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    genesis = Entry("journal.found", "system", details={"format": 1})
    _insert(connection, uuid.uuid4().hex, [genesis])


def _grow(connection: sqlite3.Connection) -> None:
    """Bring a file of the first release up to the second."""
    release = connection.execute("PRAGMA user_version").fetchone()[0]
    if release > RELEASE:
        raise JournalUnavailableError(f"the journal is of release {release}, newer than this program")
    if release < RELEASE:
        for statement in _statements(GROWN):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version={RELEASE}")


def _statements(script: str) -> Iterator[str]:
    """The script's statements one by one: executescript would commit first."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _insert(connection: sqlite3.Connection, txn: str, entries: Sequence[Entry], voids: str | None = None) -> None:
    head = connection.execute("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
    last = Row.of(head)
    for entry in entries:
        last = row(last, txn, entry, voids)
        connection.execute("INSERT INTO entries (seq, body, hash) VALUES (?, ?, ?)", (last.seq, last.body, last.hash))


def _tree(connection: sqlite3.Connection) -> Tree:
    nodes = Nodes(connection)
    return Tree(nodes, nodes.leaves())


def _close(connection: sqlite3.Connection, txns: Collection[str]) -> int:
    return connection.executemany("DELETE FROM open_transactions WHERE txn = ?", [(txn,) for txn in txns]).rowcount
