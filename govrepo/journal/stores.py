"""What every store of the journal does, and which one a setting names (tests/contracts/journal_store.py holds it)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from govrepo.journal.checkpoint import Checkpoint
from govrepo.journal.entry import Entry, Head, Query, Record
from govrepo.journal.merkle import Tree
from govrepo.journal.rows import Found
from govrepo.journal.sealing import Committed, Sign
from govrepo.journal.segments import Segment
from govrepo.journal.sqlite import SqliteStore


class Store(Protocol):
    """Entries, open transactions, the Merkle tree and its checkpoints; every method may raise JournalUnavailableError."""

    @property
    def process(self) -> str:
        """The identity under which this opened store prepares transactions."""

    def append(self, txn: str, entries: Sequence[Entry]) -> None:
        """Write entries that stand on their own, in one commit."""

    def prepare(self, txn: str, entries: Sequence[Entry], done: Collection[str]) -> None:
        """Write a transaction's entries and keep it open; note in the same commit which earlier ones have committed."""

    def settle(self, committed: Collection[str], failed: Collection[str] = ()) -> None:
        """Close transactions; an entry says so for each that is still open and was lost."""

    def probe(self) -> None:
        """Prove by a real, durable write that the journal can be written."""

    def open_transactions(self) -> dict[str, str]:
        """The open transactions and the process of each."""

    def head(self) -> Head:
        """The newest entry's number and hash."""

    def genesis(self) -> str:
        """The hash of the first entry."""

    def records(self, query: Query) -> list[Record]:
        """The records of one query, all at once."""

    def rows(self, query: Query) -> list[Found]:
        """The rows of one query as they are stored."""

    def first_since(self, instant: datetime) -> int:
        """The number of the first entry at or after an instant; one more than the newest if there is none."""

    def segments(self) -> list[Segment]:
        """The sealed periods, oldest first."""

    def files(self) -> list[str]:
        """The names of the sealed periods' files, oldest first."""

    def missing(self) -> list[str]:
        """The names of sealed files whose entries cannot be read here."""

    def seal(self, sign: Sign, committed: Committed) -> Segment:
        """Close what has been written as a sealed period; raises BusyError while a transaction is open."""

    def write_periods(self, folder: Path) -> list[Path]:
        """Write the sealed periods whose files lie neither beside the journal nor in a folder; raises OSError, too."""

    def grow_tree(self) -> int:
        """Add the next entries, at most a batch of them, to the Merkle tree; answer how many were added."""

    def tree(self) -> Tree:
        """The Merkle tree as far as it has grown, for roots and proofs."""

    def keep_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Keep a checkpoint for ever; raises JournalUnavailableError if there is one of that size."""

    def checkpoints(self, size: int = 0, limit: int = -1, *, newest: bool = False) -> list[Checkpoint]:
        """The checkpoints of at least ``size`` entries, shortest first, or newest first."""

    def is_dead(self, process: str) -> bool:
        """Whether a process that left transactions open is gone."""

    def sweep(self) -> None:
        """Forget what the dead have left behind."""

    def close(self) -> None:
        """Close every connection and give up the sign of life."""


def in_database(where: str) -> bool:
    """Whether a setting names a PostgreSQL database and no file."""
    return where.startswith(("postgresql://", "postgres://"))


def open_store(where: str | Path) -> Store:
    """The store in an SQLite file, made if absent, or in a PostgreSQL database; raises JournalUnavailableError."""
    if in_database(str(where)):
        from govrepo.journal.postgres import PostgresStore  # noqa: PLC0415 - Needs psycopg, which the verifier does without.

        return PostgresStore(str(where))
    return SqliteStore(Path(where))
