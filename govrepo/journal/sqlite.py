"""The journal in SQLite files beside ZODB, for one host (several processes may share it).

One file is written (connections.py); the others are sealed periods (segments.py). Each thread has a connection; in one
process the writers queue on a lock instead of polling SQLite's.
"""

import os
import sqlite3
import threading
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from govrepo import clock
from govrepo.journal import rotation, schema, segments
from govrepo.journal.checkpoint import Checkpoint, parse
from govrepo.journal.connections import Connections
from govrepo.journal.entry import Entry, Head, JournalUnavailableError, Query, Record
from govrepo.journal.gate import Gate
from govrepo.journal.lease import Lease
from govrepo.journal.merkle import Hash, Place, Tree
from govrepo.journal.nodes import Ask, Nodes
from govrepo.journal.rows import Found, halved, record
from govrepo.journal.sealing import Committed, Sign, close_period
from govrepo.journal.search import search, sqlite_index
from govrepo.journal.segments import Segment
from govrepo.journal.statements import GENESIS, NEWEST, grow_tree, insert, keep, lost, open_transaction, probe, settled


class SqliteStore:
    """Entries and open transactions; every method may raise JournalUnavailableError."""

    def __init__(self, path: Path, timeout: float = 10.0) -> None:
        self._path, self._timeout = path, timeout
        self._connections = Connections(path, timeout)
        self._gate = Gate(path)
        self._lock = threading.Lock()
        with self._translated(), self._turn():
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
            insert(connection, txn, entries)

    def prepare(self, txn: str, entries: Sequence[Entry], done: Collection[str]) -> None:
        """Write a transaction's entries and keep it open; note in the same commit which earlier ones have committed."""
        with self._writing() as connection:
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
        with self._writing() as connection:
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
        """The records of one query, all at once; what stands in a sealed file that is not here is left out."""
        return [record(*each) for each in self.rows(query)]

    def rows(self, query: Query) -> list[Found]:
        """The rows of one query: number, body, hash, and whether they are void."""
        found: list[Found] = []
        with self._reading():
            for ask in self._files(query):
                left = None if query.limit is None else query.limit - len(found)
                found += search(ask, replace(query, limit=left), sqlite_index)
        return found

    def first_since(self, instant: datetime) -> int:
        """The number of the first entry at or after an instant; one more than the newest if there is none.

        Found by halving, for entries stand in order of time; where a clock was set back, some of that stretch may be missed.
        """
        wanted = clock.micros(instant)
        with self._reading():
            sealed = self.segments()
            place = next((each for each in sealed if each.ended >= wanted), None)
            if place is None:
                return halved(self._read, sealed[-1].size if sealed else 0, self.head().seq + 1, wanted)
            path = place.path(self._path)
            ask = partial(segments.read, path)
            return halved(ask, place.first, place.size, wanted) if path.is_file() else place.first

    # Sealed periods.

    def segments(self) -> list[Segment]:
        """The sealed periods, oldest first, whether their files are here or not."""
        return [Segment(*found) for found in self._read(segments.LIST)]

    def files(self) -> list[str]:
        """The names of the sealed periods' files, oldest first."""
        return [each.path(self._path).name for each in self.segments()]

    def missing(self) -> list[str]:
        """The names of sealed files that are not here."""
        return [name for name in self.files() if not self._path.with_name(name).is_file()]

    def seal(self, sign: Sign, committed: Committed) -> Segment:
        """Close what has been written as a sealed file, with a signed checkpoint at its end, and go on in a new one.

        ``committed`` says which of the open transactions have committed. Raises BusyError while one is neither.
        """
        while self.grow_tree():
            pass
        with self._translated(), self._turn(), self._gate.alone(self._timeout):
            rotation.empty_log(self._path)
            with self._committing() as connection:
                segment = close_period(connection, sign, committed)
            self._exchange()
        return segment

    def write_periods(self, _folder: Path) -> list[Path]:
        """Nothing to write: sealed files lie beside the journal."""
        return []

    # The Merkle tree and its checkpoints.

    def grow_tree(self) -> int:
        """Add the next entries, at most a batch of them, to the Merkle tree; answer how many were added."""
        with self._writing() as connection:
            return grow_tree(connection)

    def tree(self) -> Tree:
        """The Merkle tree as far as it has grown, for roots and proofs."""
        nodes = Nodes(self._read, self._sealed_node)
        return Tree(nodes, nodes.leaves())

    def keep_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Keep a checkpoint for ever; raises JournalUnavailableError if there is one of that size."""
        with self._writing() as connection:
            keep(connection, checkpoint)

    def checkpoints(self, size: int = 0, limit: int = -1, *, newest: bool = False) -> list[Checkpoint]:
        """The checkpoints of at least ``size`` entries, shortest first, or newest first."""
        order = "DESC" if newest else "ASC"
        sql = f"SELECT size, text, signature FROM checkpoints WHERE size >= ? ORDER BY size {order} LIMIT ?"  # noqa: S608 - our own words.
        found: dict[int, Checkpoint] = {}
        with self._reading():
            for ask in self._files(Query(after=size - 2, reverse=newest)):
                found |= {length: parse(text, signature) for length, text, signature in ask(sql, (size, limit))}
        return list(found.values())[: limit if limit >= 0 else None]

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
        if self._connections.close():
            self._lease.release()

    # How.

    def _create(self) -> None:
        """Make the file with its schema and first entry, unless it is there; end a rotation that was interrupted."""
        with self._gate.alone(self._timeout):
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
            with closing(sqlite3.connect(self._path, timeout=self._timeout, isolation_level=None)) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("BEGIN IMMEDIATE")
                known = connection.execute("PRAGMA application_id").fetchone()[0]
                if not known and not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                    schema.make(connection)
                    insert(connection, uuid.uuid4().hex, [Entry("journal.found", "system", details={"format": 1})])
                elif known != schema.APPLICATION_ID:
                    raise JournalUnavailableError(f"{self._path} is not a journal")
                schema.grow(connection)
                connection.execute("COMMIT")
            self._exchange()

    def _exchange(self) -> None:
        """If the file has been sealed, put the next one in its place; the gate is held alone."""
        self._connections.close_all()
        with closing(sqlite3.connect(self._path, timeout=self._timeout, isolation_level=None)) as connection:
            if rotation.is_sealed(connection):
                rotation.exchange(self._path, connection)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Write in one commit. If another process was killed while it exchanged the file, this fails once, and ends that."""
        try:
            with self._translated(), self._turn(), self._gate.shared(), self._committing() as connection:
                yield connection
        except JournalUnavailableError as error:
            if schema.SEALED in str(error):
                self._end_rotation()
            raise

    def _end_rotation(self) -> None:
        with self._translated(), self._turn(), self._gate.alone(self._timeout):
            self._exchange()

    @contextmanager
    def _committing(self) -> Iterator[sqlite3.Connection]:
        connection = self._connections.current()
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            self._connections.discard()  # Closing rolls back; the next write starts on a fresh connection.
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

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Read several times of one state of the files."""
        with self._translated(), self._gate.shared():
            yield

    def _read(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._reading():
            return self._connections.current().execute(sql, values).fetchall()

    def _files(self, query: Query) -> Iterator[Ask]:
        """The files in which the query may find something, in its order, each as what can be asked; stop when it has enough."""
        low = -1 if query.after is None else query.after
        sealed = [partial(segments.read, path) for each, path in segments.present(self.segments(), self._path)
                  if each.last > low and (query.before is None or each.first < query.before)]  # fmt: skip
        files: list[Ask] = [*sealed, self._read]
        return reversed(files) if query.reverse else iter(files)

    def _sealed_node(self, place: Place) -> Hash | None:
        """A node that a sealed file keeps: the one with the last of the entries it covers."""
        last = ((place[1] + 1) << place[0]) - 1
        with self._reading():
            kept = next((each for each in self.segments() if each.first <= last <= each.last), None)
            if kept is None:
                return None
            path = kept.path(self._path)
            if not path.is_file():
                raise JournalUnavailableError(f"the sealed period {path.name} is not here")
            found = segments.read(path, "SELECT hash FROM nodes WHERE level = ? AND position = ?", place)
            return found[0][0] if found else None
