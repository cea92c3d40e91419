"""The journal's part in the two-phase commit.

It votes last, so a vote is cast only when every storage is ready; its entries are durable when the vote returns. From
then on nothing is taken back: if the transaction fails all the same, an entry says so.
"""

import uuid
from typing import TYPE_CHECKING, Any

from transaction.interfaces import IDataManagerSavepoint, ISavepointDataManager
from zope.interface import implementer

from govrepo.journal.entry import Entry

if TYPE_CHECKING:
    from govrepo.journal.journal import Journal
    from govrepo.journal.markers import MarkerLanes

LAST = "\U0010ffffgovrepo.journal"  # Sorts after every storage, also one in a folder with a Chinese name.


@implementer(ISavepointDataManager)
class Participant:
    """The entries of one transaction, and the transaction's uuid in the journal and in ZODB."""

    def __init__(self, journal: "Journal", manager: Any) -> None:
        self.transaction_manager = manager
        self.txn = uuid.uuid4().hex
        self.entries: list[Entry] = []
        self.prepared = False
        self.lane_oid: bytes | None = None
        self._journal = journal
        self._lane: Any = None
        self._connection: Any = None

    @property
    def mark(self) -> bytes:
        """The marker that ZODB keeps of this transaction."""
        return bytes.fromhex(self.txn)

    def add(self, entry: Entry, markers: "MarkerLanes") -> None:
        """Take an entry and mark the transaction; a mark lost to a rolled-back savepoint is made again."""
        self._lane = markers.lane(self.mark)
        self._lane.add(self.mark)
        self.entries.append(entry)

    @property
    def db(self) -> Any:
        """The database that keeps the marker."""
        return self._connection.db()

    def sortKey(self) -> str:  # noqa: N802 - the transaction package's name.
        """Last of all participants."""
        return LAST

    def savepoint(self) -> "Savepoint":
        """Remember how many entries there are."""
        return Savepoint(self.entries)

    def tpc_begin(self, transaction: Any) -> None:
        """Nothing to begin."""

    def commit(self, transaction: Any) -> None:
        """Nothing to store before the vote."""

    def tpc_vote(self, transaction: Any) -> None:  # noqa: ARG002 - the interface's.
        """Write the entries durably; raises JournalUnavailableError, upon which nothing commits."""
        self._connection, self.lane_oid = self._lane._p_jar, self._lane._p_oid  # noqa: SLF001 - ZODB's documented names.
        self._journal.prepare(self)
        self.prepared = True

    def tpc_finish(self, transaction: Any) -> None:
        """Remember that it happened; the journal's next write notes it."""
        self._journal.finished(self)
        self.abort(transaction)

    def abort(self, transaction: Any) -> None:
        """Forget entries that were never written."""
        self._journal.forget(transaction)

    def tpc_abort(self, transaction: Any) -> None:
        """Forget the entries; once they are written, have the transaction judged."""
        self.abort(transaction)
        if self.prepared:
            self._journal.judge(self)


@implementer(IDataManagerSavepoint)
class Savepoint:
    """A point in a transaction's list of entries."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries, self._length = entries, len(entries)

    def rollback(self) -> None:
        """Drop the entries taken since."""
        del self._entries[self._length :]
