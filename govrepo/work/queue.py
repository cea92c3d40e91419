"""The persistent work queue: items, lanes, shelves.

Everything here lives in ZODB and is changed inside somebody's transaction; nothing here commits.

How an item travels: :meth:`WorkQueue.put` lays it in a *lane* as part of the business commit. The one worker takes it
from there. When lanes grow long it first moves them to the *ready* shelf, which no request ever writes. A failed item
waits on the *later* shelf, ordered by due time, and ends on the *dead* shelf after its last attempt.

Requests and worker never conflict: lanes merge (see :class:`Lane`), shelves belong to the worker alone. Two consumers
of the same item do conflict, so that an item is done once even if two workers ran by mistake.
"""

import json
import secrets
import threading
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from BTrees.Length import Length
from BTrees.OOBTree import OOBTree
from persistent import Persistent
from ZODB.POSException import ConflictError

from govrepo import clock
from govrepo.work.lease import Lease

LANES = 64
LONG_LANE = 32  # Items in one lane from which the worker moves lanes to the ready shelf.
MOVE_AT_ONCE = 1000  # Items moved in one commit.
ERROR_LENGTH = 300


class PayloadError(ValueError):
    """A payload holds something that is no plain JSON value."""


class Item(Persistent):
    """One piece of work: which handler, with what, and how it has fared."""

    def __init__(self, name: str, payload: dict[str, Any]) -> None:
        self.name = name
        self.payload = dump_payload(payload)
        self.enqueued = clock.micros(clock.now())
        # Ids sort by age, so that shelves are roughly first in, first out.
        self.id = f"{self.enqueued:014x}-{secrets.token_hex(4)}"
        self.failures = 0
        self.due = 0
        self.error = ""
        self.reason = ""

    def fresh_payload(self) -> dict[str, Any]:
        """The payload as a new dict, so that no attempt sees what an earlier one changed."""
        return dict(json.loads(self.payload))

    @property
    def shelf_key(self) -> tuple[int, str]:
        """Its place on the later shelf."""
        return (self.due, self.id)


class Lane(Persistent):
    """A small set of new items that merges concurrent puts and takes.

    A BTree would not do: its buckets refuse to merge when one side splits or empties them, which a short queue does all
    the time. zc.queue refuses when a bucket is emptied.
    """

    def __init__(self) -> None:
        self.items: dict[str, Item] = {}

    def put(self, item: Item) -> None:
        """Add an item."""
        self.items[item.id] = item
        self._p_changed = True

    def take(self, item_id: str) -> Item | None:
        """Remove and return an item, or None if it is not here."""
        item = self.items.pop(item_id, None)
        if item is not None:
            self._p_changed = True
        return item

    def _p_resolveConflict(  # noqa: N802 - ZODB's name for it.
        self, old: dict[str, Any], saved: dict[str, Any], new: dict[str, Any]
    ) -> dict[str, Any]:
        """Keep what either side put, drop what either side took; refuse if both took the same item."""
        before, theirs, mine = old["items"], saved["items"], new["items"]
        taken = before.keys() - mine.keys()
        if taken - theirs.keys():
            raise ConflictError(message="an item was taken twice")
        merged = {key: value for key, value in theirs.items() if key not in taken}
        merged.update({key: value for key, value in mine.items() if key not in before})
        return {**saved, "items": merged}


class Shelf(Persistent):
    """An ordered map of items that knows its length without being loaded."""

    def __init__(self) -> None:
        self.tree = OOBTree()
        self.length = Length()

    def put(self, key: Any, item: Item) -> None:
        """Add an item under a key that is not taken."""
        self.tree[key] = item
        self.length.change(1)

    def take(self, key: Any) -> Item | None:
        """Remove and return an item, or None if it is not here."""
        item: Item | None = self.tree.pop(key, None)
        if item is not None:
            self.length.change(-1)
        return item

    def first(self) -> Item | None:
        """The item with the lowest key, or None."""
        if not self.tree:
            return None
        item: Item = self.tree[self.tree.minKey()]
        return item

    def __len__(self) -> int:
        return int(self.length())

    def __iter__(self) -> Iterator[Item]:
        return iter(self.tree.values())


class WorkQueue(Persistent):
    """All work of a site: lanes of new items, shelves, marks of timed jobs and the worker's lease."""

    def __init__(self) -> None:
        self.lanes = tuple(Lane() for _ in range(LANES))
        self.ready = Shelf()
        self.later = Shelf()
        self.dead = Shelf()
        self.discarded = Shelf()
        self.marks = OOBTree()
        self.lease = Lease()

    def put(self, item: Item) -> None:
        """Add a new item, or an old one that shall be tried again at once."""
        lane = self.lanes[_THIS_THREAD.lane]
        if len(lane.items) > LONG_LANE:
            # Nobody clears the lanes just now: let the backlog spread evenly, since a lane is written as a whole.
            lane = min(secrets.choice(self.lanes), secrets.choice(self.lanes), key=lambda lane: len(lane.items))
        lane.put(item)

    def peek(self, now: datetime) -> Item | None:
        """The item to do next, or None if nothing is due."""
        first_later = self.later.first()
        if first_later is not None and first_later.due <= clock.micros(now):
            return first_later
        return self.ready.first() or min(self._in_lanes(), key=lambda item: item.id, default=None)

    def take(self, item: Item) -> bool:
        """Remove an item from wherever it waits; False if it waits no more."""
        if self.later.take(item.shelf_key) or self.ready.take(item.id):
            return True
        return any(lane.take(item.id) for lane in self.lanes)

    def postpone(self, item: Item, due: datetime) -> None:
        """Let a taken item wait until an instant."""
        item.due = clock.micros(due)
        self.later.put(item.shelf_key, item)

    def bury(self, item: Item) -> None:
        """Make a taken item a dead letter."""
        self.dead.put(item.id, item)

    @property
    def crowded(self) -> bool:
        """Whether a lane has become so long that writing it costs too much."""
        return any(len(lane.items) > LONG_LANE for lane in self.lanes)

    def clear_lanes(self) -> None:
        """Move items from the lanes to the ready shelf, a bounded number at once."""
        moved = 0
        for lane in self.lanes:
            for item_id in sorted(lane.items)[: MOVE_AT_ONCE - moved]:
                item = lane.take(item_id)
                self.ready.put(item_id, item)  # type: ignore[arg-type]  # It was listed a line above.
                moved += 1

    def due_retries(self, now: datetime) -> int:
        """How many failed items should be tried again by now."""
        return len(self.later.tree.keys(max=(clock.micros(now), "~")))

    def new_items(self) -> int:
        """How many items lie in the lanes."""
        return sum(len(lane.items) for lane in self.lanes)

    def oldest(self) -> Item | None:
        """The item that has waited longest without having been tried."""
        candidates = [item for item in (self.ready.first(), *self._in_lanes()) if item is not None]
        return min(candidates, key=lambda item: item.id, default=None)

    def _in_lanes(self) -> Iterator[Item]:
        """The oldest item of each lane."""
        for lane in self.lanes:
            if lane.items:
                yield lane.items[min(lane.items)]


def describe(error: BaseException) -> str:
    """Type and message of an error in one short line."""
    return " ".join(f"{type(error).__qualname__}: {error}".split())[:ERROR_LENGTH]


def dump_payload(payload: dict[str, Any]) -> str:
    """A payload as JSON text; raise PayloadError naming the first key whose value is not plain JSON."""
    for key, value in payload.items():
        if not _is_plain(value):
            raise PayloadError(f"payload {key!r}: {type(value).__name__} is, or holds, no plain JSON value")
    return json.dumps(payload, ensure_ascii=False, allow_nan=False)


def _is_plain(value: Any) -> bool:
    """Whether a value comes back from JSON as it went in (a tuple or a number as a key does not)."""
    try:
        return bool(json.loads(json.dumps(value, allow_nan=False)) == value)
    except (TypeError, ValueError):
        return False


class _OwnLane(threading.local):
    """Each thread keeps to one lane, so that a commit with many items writes a single lane."""

    def __init__(self) -> None:
        self.lane = secrets.randbelow(LANES)


_THIS_THREAD = _OwnLane()
