"""The journal in a PostgreSQL database, for several hosts (postgres_schema.py says who may do what there).

An advisory lock orders the writers; each thread has a connection. A sealed period stays in the database, too; its file is an
export of it. The connections must reach the server itself: a pooler that hands them around would take the lease along.
"""

import threading
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, LiteralString, cast
from weakref import WeakSet

import psycopg

from govrepo import clock
from govrepo.journal.checkpoint import Checkpoint, parse
from govrepo.journal.dump import write_periods
from govrepo.journal.entry import Entry, Head, JournalUnavailableError, Query, Record
from govrepo.journal.merkle import Tree
from govrepo.journal.nodes import Nodes
from govrepo.journal.postgres_lease import PostgresLease
from govrepo.journal.rows import Found, halved, record
from govrepo.journal.sealing import Committed, Sign, close_period
from govrepo.journal.search import search
from govrepo.journal.segments import LIST, Segment
from govrepo.journal.statements import (
    GENESIS,
    NEWEST,
    grow_tree,
    insert,
    keep,
    lost,
    open_transaction,
    probe,
    sealed,
    settled,
)

CHAIN = 0x474F5652  # "GOVR": who holds this advisory lock writes.
CONNECT_SECONDS = 5
OPTIONS = "-c search_path=govrepo_journal,pg_catalog -c synchronous_commit=on -c lock_timeout={} -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
"""For each session; the server notices within half a minute that a host is gone."""


class _Asked:
    """A connection that takes statements as this package writes them, with ``?`` for a value."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Any:
        return self._connection.execute(_translated(sql), values or None)

    def executemany(self, sql: str, values: Iterable[Sequence[Any]], /) -> Any:
        with self._connection.cursor() as cursor:
            cursor.executemany(_translated(sql), values)


def _translated(sql: str) -> LiteralString:
    return sql.replace("?", "%s")  # All statements are our own words.


class _Handle:
    """A thread's connection; closed with the thread."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self.connection = connection

    def __del__(self) -> None:
        self.connection.close()


class PostgresStore:
    """Entries and open transactions; every method may raise JournalUnavailableError."""

    def __init__(self, url: str, timeout: float = 10.0) -> None:
        self._url, self._timeout = url, timeout
        self._local = threading.local()
        self._handles: WeakSet[_Handle] = WeakSet()
        self._closed = False
        with self._failing():
            self._require_journal()
            self._lease = PostgresLease(self._connect)

    @property
    def process(self) -> str:
        """The identity under which this opened store prepares transactions."""
        return self._lease.process

    # Writing.

    def append(self, txn: str, entries: Sequence[Entry]) -> None:
        """Write entries that stand on their own, in one commit."""
        with self._writing() as connection:
            insert(connection, txn, entries)

    def prepare(self, txn: str, entries: Sequence[Entry], done: Collection[str]) -> None:
        """Write a transaction's entries and keep it open; note in the same commit which earlier ones have committed."""
        with self._living() as connection:
            insert(connection, txn, entries)
            open_transaction(connection, txn, self.process)
            settled(connection, done)

    def settle(self, committed: Collection[str], failed: Collection[str] = ()) -> None:
        """Close transactions; an entry says so for each that is still open and was lost."""
        with self._writing() as connection:
            settled(connection, committed)
            lost(connection, failed)

    def probe(self) -> None:
        """Prove by a real, durable write that the journal can be written."""
        with self._living() as connection:
            probe(connection)

    # Reading.

    def open_transactions(self) -> dict[str, str]:
        """The open transactions and the process of each."""
        return {txn: process for txn, process in self._read("SELECT txn, process FROM open_transactions")}  # noqa: C416 - typed.

    def head(self) -> Head:
        """The newest entry's number and hash."""
        return Head(*self._read(NEWEST)[0])

    def genesis(self) -> str:
        """The hash of the first entry."""
        return str(self._read(GENESIS)[0][0])

    def records(self, query: Query) -> list[Record]:
        """The records of one query, all at once."""
        return [record(*each) for each in self.rows(query)]

    def rows(self, query: Query) -> list[Found]:
        """The rows of one query: number, body, hash, and whether they are void."""
        return search(self._read, query)

    def first_since(self, instant: datetime) -> int:
        """The number of the first entry at or after an instant; one more than the newest if there is none."""
        return halved(self._read, 0, self.head().seq + 1, clock.micros(instant))

    # Sealed periods.

    def segments(self) -> list[Segment]:
        """The sealed periods, oldest first."""
        return [Segment(*found) for found in self._read(LIST)]

    def files(self) -> list[str]:
        """The names of the files that sealed periods are written to, oldest first."""
        return [each.path(Path("journal.sqlite")).name for each in self.segments()]

    def missing(self) -> list[str]:
        """Nothing: what is sealed stays in the database."""
        return []

    def seal(self, sign: Sign, committed: Committed) -> Segment:
        """Close what has been written as a period, with a signed checkpoint at its end; raises BusyError.

        ``committed`` says which of the open transactions have committed.
        """
        while self.grow_tree():
            pass
        with self._writing() as connection:
            segment = close_period(connection, sign, committed)
            insert(connection, uuid.uuid4().hex, [sealed(segment)])
        return segment

    def write_periods(self, folder: Path) -> list[Path]:
        """Write the sealed periods whose files are not in a folder yet."""
        return write_periods(self, folder)

    # The Merkle tree and its checkpoints.

    def grow_tree(self) -> int:
        """Add the next entries, at most a batch of them, to the Merkle tree; answer how many were added."""
        with self._writing() as connection:
            return grow_tree(connection)

    def tree(self) -> Tree:
        """The Merkle tree as far as it has grown, for roots and proofs."""
        nodes = Nodes(self._read)
        return Tree(nodes, nodes.leaves())

    def keep_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Keep a checkpoint for ever; raises JournalUnavailableError if there is one of that size."""
        with self._writing() as connection:
            keep(connection, checkpoint)

    def checkpoints(self, size: int = 0, limit: int = -1, *, newest: bool = False) -> list[Checkpoint]:
        """The checkpoints of at least ``size`` entries, shortest first, or newest first."""
        order = "DESC" if newest else "ASC"
        sql = f"SELECT text, signature FROM checkpoints WHERE size >= ? ORDER BY size {order} LIMIT ?"  # noqa: S608 - our own words.
        found = self._read(sql, (size, limit if limit >= 0 else None))
        return [parse(text, signature) for text, signature in found]

    # Life and death.

    def is_dead(self, process: str) -> bool:
        """Whether a process that left transactions open is gone."""
        with self._failing():
            return self._lease.is_dead(process, self._connection())

    def sweep(self) -> None:
        """Nothing to forget: a lease goes with its session."""

    def close(self) -> None:
        """Close every thread's connection and give up the lease."""
        if not self._closed:
            self._closed = True
            self._lease.release()
            for handle in list(self._handles):
                handle.connection.close()

    # How.

    def _require_journal(self) -> None:
        found = self._connection().execute("SELECT to_regclass('govrepo_journal.entries')").fetchone()
        if not found or found[0] is None:
            raise JournalUnavailableError(
                "this database holds no journal: its owner makes one with govrepo-journal init"
            )

    def _connect(self) -> "psycopg.Connection[Any]":
        options = OPTIONS.format(int(self._timeout * 1000))
        return psycopg.connect(self._url, autocommit=True, connect_timeout=CONNECT_SECONDS, options=options)

    def _connection(self) -> "psycopg.Connection[Any]":
        if self._closed:
            raise JournalUnavailableError("the journal has been closed")
        handle = getattr(self._local, "handle", None)
        if handle is None or handle.connection.closed:
            handle = self._local.handle = _Handle(self._connect())
            self._handles.add(handle)
        return cast("psycopg.Connection[Any]", handle.connection)

    @contextmanager
    def _writing(self) -> Iterator[_Asked]:
        with self._failing(), self._connection().transaction():
            connection = _Asked(self._connection())
            connection.execute("SELECT pg_advisory_xact_lock(?)", (CHAIN,))
            yield connection

    @contextmanager
    def _living(self) -> Iterator[_Asked]:
        """Write as a process that the others know to be alive; one that they may think dead comes to life again, and fails this once."""
        with self._writing() as connection:
            alive = self._lease.is_held(connection)
            if alive:
                yield connection
        if not alive:
            with self._failing():
                self._lease.renew()
            raise JournalUnavailableError(
                "the connection that shows that this process lives was lost; it is there again"
            )

    def _read(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._failing():
            found: list[Any] = _Asked(self._connection()).execute(sql, values).fetchall()
            return found

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Any failure means that the journal cannot be used; the next use opens another connection."""
        try:
            yield
        except (psycopg.Error, OSError) as error:
            self._discard()
            raise JournalUnavailableError(str(error).strip()) from error

    def _discard(self) -> None:
        handle = getattr(self._local, "handle", None)
        if handle is not None:
            handle.connection.close()
            self._local.handle = None
