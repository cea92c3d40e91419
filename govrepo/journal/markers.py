"""Commit markers: what ZODB remembers of a journaled transaction until the journal has been told that it committed.

A marker is the transaction's uuid, written by the transaction itself: it is there exactly if the transaction
committed. No transaction metadata is relied on, because packing and history-free storages drop it.
"""

from collections.abc import Iterator
from typing import Any

import transaction
from persistent import Persistent
from ZODB.POSException import POSKeyError

LANES = 64


class MarkerLane(Persistent):
    """A set of markers that any number of transactions may change at once.

    A BTree lane would still conflict when a bucket splits or is emptied by pruning; additions to and removals from a
    plain set always merge. It stays small because resolved markers are pruned.
    """

    def __init__(self) -> None:
        self.marks: frozenset[bytes] = frozenset()

    def add(self, mark: bytes) -> None:
        """Add a marker; adding it again changes nothing."""
        if mark not in self.marks:
            self.marks |= {mark}

    def prune(self, keep: frozenset[bytes]) -> None:
        """Drop every marker that is not to be kept."""
        if not self.marks <= keep:
            self.marks &= keep

    def _p_resolveConflict(  # noqa: N802 - ZODB's name.
        self, old: dict[str, Any], saved: dict[str, Any], new: dict[str, Any]
    ) -> dict[str, Any]:
        added, removed = new["marks"] - old["marks"], old["marks"] - new["marks"]
        return {**new, "marks": (saved["marks"] | added) - removed}


class MarkerLanes(Persistent):
    """The site's markers, spread over lanes so that two transactions seldom meet; the random uuid picks the lane.

    ``genesis`` is the hash of the first entry of the journal that the site was made with.
    """

    genesis = ""

    def __init__(self) -> None:
        self.lanes = tuple(MarkerLane() for _ in range(LANES))

    def lane(self, mark: bytes) -> MarkerLane:
        """The lane of one marker."""
        return self.lanes[mark[0] % LANES]

    def __iter__(self) -> Iterator[bytes]:
        for lane in self.lanes:
            yield from lane.marks

    def prune(self, keep: frozenset[bytes]) -> None:
        """Drop every marker that is not to be kept, writing only lanes that change."""
        for lane in self.lanes:
            lane.prune(keep)


def committed_marks(db: Any, oid: bytes | None) -> frozenset[bytes]:
    """The markers under a lane or lanes object as last committed, read through a connection of its own.

    The caller's connection will not do: it may have been opened before the commit in question.
    """
    connection = db.open(transaction.TransactionManager())
    try:
        return _marks(connection.get(oid)) if oid else frozenset()
    except POSKeyError:  # The object was made by a transaction that did not commit.
        return frozenset()
    finally:
        connection.close()


def _marks(stored: MarkerLane | MarkerLanes) -> frozenset[bytes]:
    return stored.marks if isinstance(stored, MarkerLane) else frozenset(stored)
