"""The journal as the application sees it: write in a transaction, write at once, ask whether it works, read."""

import threading
import time
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from govrepo.journal import reconcile
from govrepo.journal.checkpoint import Checkpoint, export, last_exported, sign
from govrepo.journal.entry import Entry, Head, Query, Record
from govrepo.journal.events import Events
from govrepo.journal.markers import committed_marks
from govrepo.journal.merkle import Tree
from govrepo.journal.participant import Participant
from govrepo.journal.segments import Segment
from govrepo.journal.stores import Store, open_store
from govrepo.trust.system_key import SystemKey

PROOF_SECONDS = 1.0  # For how long one successful write stands for the next.
PAGE = 500  # Records read at once; between pages no read transaction is held.


def _site(context: Any) -> Any:
    from govrepo.database import site  # noqa: PLC0415 - keeps the off-line verifier free of the web framework.

    return site(context)


class Journal:
    """One site's journal; ``site`` finds the object that carries ``journal_markers`` from any stored object.

    With a list of events, an entry that is not in it is refused (ValueError).
    """

    def __init__(self, store: Store, site: Callable[[Any], Any] = _site, events: Events | None = None) -> None:
        self._store, self._site, self._events = store, site, events
        self._finished: set[str] = set()
        self._guard = threading.Lock()
        self._proven_until = 0.0

    @classmethod
    def open(cls, where: str | Path, events: Events | None = None) -> "Journal":
        """The journal in an SQLite file, made if absent, or in a PostgreSQL database; raises JournalUnavailableError."""
        return cls(open_store(where), events=events)

    def close(self) -> None:
        """Note what has committed and close the files; nothing can be written or read afterwards."""
        try:
            self._settle_finished()
        finally:
            self._store.close()

    # For the acts.

    def append(self, entry: Entry, context: Any) -> None:
        """Journal an act in the current transaction of ``context._p_jar``: durable exactly if that commits.

        Raises JournalUnavailableError, here or at commit; LookupError if the context hangs in no database; ValueError.
        """
        self._check(entry)
        self.require_writable()
        site = self._site(context)
        manager = site._p_jar.transaction_manager  # noqa: SLF001 - ZODB's documented name.
        current = manager.get()
        joined = self._participant(current)
        participant = joined or Participant(self, manager)
        participant.add(entry, site.journal_markers)
        if not joined:
            current.join(participant)
            current.set_data(self, participant)

    def append_now(self, entry: Entry) -> None:
        """Journal in a commit of its own: refusals, failed logins, readings. Raises JournalUnavailableError, ValueError."""
        self._check(entry)
        with self._attempt():
            self._store.append(uuid.uuid4().hex, [entry])

    def require_writable(self) -> None:
        """Raise JournalUnavailableError unless the journal could be written within the last second."""
        if time.monotonic() >= self._proven_until:
            settled = self._take_finished()
            with self._attempt(settled):
                # What has finished is noted on this occasion: a process with nothing more to write would keep it open.
                self._store.settle(settled) if settled else self._store.probe()

    # For the readers.

    def entries(self, **filters: Any) -> Iterator[Record]:
        """The records that fit a :class:`Query` with these fields, in order of seq or in reverse."""
        query = Query(**filters)
        left = query.limit
        while left is None or left > 0:
            page = self._store.records(replace(query, limit=PAGE if left is None else min(PAGE, left)))
            yield from page
            if len(page) < PAGE:
                return
            left = None if left is None else left - len(page)
            query = replace(query, before=page[-1].seq) if query.reverse else replace(query, after=page[-1].seq)

    def first_since(self, instant: datetime) -> int:
        """The number of the first entry at or after an instant; one more than the newest if there is none."""
        return self._store.first_since(instant)

    def head(self) -> Head:
        """The newest entry's number and hash."""
        return self._store.head()

    def genesis(self) -> str:
        """The hash of the first entry, which tells this journal from every other."""
        return self._store.genesis()

    # For those who want proof.

    def checkpoint(self, key: SystemKey, folder: Path) -> Checkpoint | None:
        """Sign the journal as it stands and export what is not exported yet; None if nothing was added since the last time.

        Raises JournalUnavailableError, and OSError if the folder cannot be written: the next call exports then.
        """
        while self._store.grow_tree():
            pass
        tree = self._store.tree()
        newest = self._store.checkpoints(limit=1, newest=True)
        made = None
        if not newest or newest[0].size < tree.size:
            made = sign(self.genesis(), tree.size, tree.root(), key)
            self._store.keep_checkpoint(made)
        for each in self._store.checkpoints(last_exported(folder) + 1):
            export(each, folder, key)
        return made

    def root(self, size: int) -> bytes:
        """The root of the Merkle tree over the first entries; the tree is grown that far."""
        while self._store.tree().size < size and self._store.grow_tree():
            pass
        return self._store.tree().root(size)

    def checkpoints(self, size: int = 0, limit: int = -1, *, newest: bool = False) -> list[Checkpoint]:
        """The checkpoints of at least ``size`` entries, shortest first, or newest first."""
        return self._store.checkpoints(size, limit, newest=newest)

    def tree(self) -> Tree:
        """The Merkle tree as far as it has grown: to the newest checkpoint at least."""
        return self._store.tree()

    def inclusion(self, seq: int) -> tuple[Checkpoint, list[bytes]] | None:
        """The first checkpoint that holds an entry, and the proof that it does; None while there is none."""
        found = self._store.checkpoints(seq + 1, limit=1)
        return (found[0], self._store.tree().inclusion(seq, found[0].size)) if found else None

    # For those who seal a period.

    def segments(self) -> list[Segment]:
        """The sealed periods, oldest first."""
        return self._store.segments()

    def files(self) -> list[str]:
        """The names of their files."""
        return self._store.files()

    def missing(self) -> list[str]:
        """The names of sealed files that were moved elsewhere: their entries cannot be read here."""
        return self._store.missing()

    def whole_since(self) -> Segment | None:
        """The newest sealed period whose file was moved elsewhere: only what follows it can be read here. None if all is here."""
        gone = self.missing()
        away = [each for each in self.segments() if any(f"{each.first:012d}-{each.last:012d}" in name for name in gone)]
        return away[-1] if away else None

    def write_periods(self, folder: Path) -> list[Path]:
        """Write the files of sealed periods that have none yet; raises OSError and JournalUnavailableError."""
        return self._store.write_periods(folder)

    def seal(self, site: Any, key: SystemKey, folder: Path) -> Segment:
        """Seal everything up to now as a period, and export the signed checkpoint at its end.

        Raises BusyError while a transaction is neither committed nor lost, JournalUnavailableError, OSError.
        """
        db, oid = site._p_jar.db(), site.journal_markers._p_oid  # noqa: SLF001 - ZODB's documented names.

        def committed(txns: Collection[str]) -> list[str]:
            marks = committed_marks(db, oid)
            return [txn for txn in txns if bytes.fromhex(txn) in marks]

        segment = self._store.seal(lambda genesis, size, root: sign(genesis, size, root, key), committed)
        self.checkpoint(key, folder)
        return segment

    # For start-up and the worker.

    def reconcile(self, site: Any) -> list[str]:
        """Judge what dead processes left open; return the transactions that were found not to have happened."""
        return reconcile.reconcile(self._store, site)

    def prune_markers(self, site: Any) -> None:
        """Drop, in the site's current transaction, the markers of transactions the journal knows to have committed."""
        self._settle_finished()
        keep = {bytes.fromhex(txn) for txn in self._store.open_transactions()}
        # This transaction has marked itself, if it journals, and is not in the store before its vote.
        own = self._participant(site._p_jar.transaction_manager.get())  # noqa: SLF001 - ZODB's documented name.
        site.journal_markers.prune(frozenset(keep | ({own.mark} if own else set())))

    # For the participant.

    def prepare(self, participant: Participant) -> None:
        """Write a voting transaction's entries, and what has finished since the last write."""
        settled = self._take_finished()
        with self._attempt(settled):
            self._store.prepare(participant.txn, participant.entries, settled)

    def finished(self, participant: Participant) -> None:
        """A transaction has committed everywhere; cannot fail."""
        with self._guard:
            self._finished.add(participant.txn)

    def forget(self, transaction: Any) -> None:
        """A transaction's participant is done."""
        transaction.set_data(self, None)

    def judge(self, participant: Participant) -> None:
        """A transaction failed after its vote; say so if the database agrees."""
        reconcile.judge(self._store, participant)

    # How.

    def _check(self, entry: Entry) -> None:
        if self._events is not None:
            self._events.check(entry)

    def _participant(self, transaction: Any) -> Participant | None:
        try:
            found: Participant | None = transaction.data(self)
        except KeyError:
            return None
        return found

    def _settle_finished(self) -> None:
        settled = self._take_finished()
        if settled:
            with self._attempt(settled):
                self._store.settle(settled)

    def _take_finished(self) -> set[str]:
        with self._guard:
            taken, self._finished = self._finished, set()
        return taken

    @contextmanager
    def _attempt(self, settled: Collection[str] = ()) -> Iterator[None]:
        """Remember whether the journal could be written; what could not be noted is noted next time."""
        try:
            yield
        except BaseException:
            self._proven_until = 0.0
            with self._guard:
                self._finished.update(settled)
            raise
        self._proven_until = time.monotonic() + PROOF_SECONDS
