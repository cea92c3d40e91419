"""The pending layer: what has changed and is not in the main indexes yet.

A request only ever adds a record to a *lane*. Two generations of 64 lanes take turns: requests write into the open one
while the worker folds the closed one and empties its lanes whole; then they change places. A connection stays with one
lane for a while, different connections with different ones, and a lane merges two commits that meet in it all the same.
So requests have no conflicts over a register, neither with each other nor with the worker, and no record is lost, not
even one committed late into a generation that has been closed meanwhile.
"""

import itertools
import os
from collections.abc import Container, Iterator
from typing import Any, NamedTuple

from persistent import Persistent

LANES = 64
CHANGES_PER_LANE = 100

# Starting at the process's number keeps the processes of one site apart.
_next_lane = itertools.count(os.getpid() * 7)


class Record(NamedTuple):
    """What became of one object: its version counter, when (microseconds), itself, its values (None: removed)."""

    version: int
    stamp: int
    obj: Any
    values: dict[str, Any] | None


Records = dict[str, Record]


class Lane(Persistent):
    """Some records by object uid, which merges concurrent commits."""

    def __init__(self) -> None:
        self.records: Records = {}

    def put(self, uid: str, record: Record) -> None:
        """Add a record, or replace the object's older one."""
        self.records[uid] = record
        self._p_changed = True

    def take_all(self) -> int:
        """Empty the lane; how many records were in it."""
        count = len(self.records)
        self.records = {}
        return count

    def forget(self, uids: Container[str]) -> None:
        """Drop the records of these objects; nothing is written if there are none."""
        kept = {uid: record for uid, record in self.records.items() if uid not in uids}
        if len(kept) < len(self.records):
            self.records = kept

    def _p_resolveConflict(self, old: Any, saved: Any, new: Any) -> Any:  # noqa: N802 - ZODB calls it by this name.
        """Three-way merge: what this commit dropped and added, on top of what has been saved meanwhile.

        A drop takes away only the very record that was seen, so a newer one stays.
        """
        before, mine = old["records"], new["records"]
        records: Records = dict(saved["records"])
        for uid in before.keys() - mine.keys():
            if uid in records and records[uid].version == before[uid].version:
                del records[uid]
        for uid, record in mine.items():
            untouched = uid in before and before[uid].version == record.version
            if not untouched:
                records[uid] = newer(records.get(uid), record)
        return {**saved, "records": records}


def newer(one: Record | None, other: Record) -> Record:
    """The record of the higher version."""
    return one if one is not None and one.version > other.version else other


class Gate(Persistent):
    """Which generation is open. Its own small object: all read it, only the worker writes it."""

    open = 0


class Pending(Persistent):
    """All lanes of one register."""

    _v_number = 0
    _v_left = 0

    def __init__(self) -> None:
        self.gate = Gate()
        self.generations = tuple(tuple(Lane() for _ in range(LANES)) for _ in range(2))

    def put(self, uid: str, record: Record) -> None:
        """Record a change in the caller's transaction."""
        self._lane().put(uid, record)

    def _lane(self) -> Lane:
        """This connection's lane of the open generation."""
        if self._v_left <= 0:
            self._v_number = next(_next_lane) % LANES
            self._v_left = CHANGES_PER_LANE
        self._v_left -= 1
        lane: Lane = self.generations[self.gate.open][self._v_number]
        return lane

    def winners(self) -> Records:
        """The record of the highest version of every pending object."""
        found: Records = {}
        for lane in itertools.chain(*self.generations):
            for uid, record in lane.records.items():
                other = found.get(uid)
                if other is None or other.version < record.version:
                    found[uid] = record
        return found

    def parts(self) -> Iterator[Persistent]:
        """The objects that hold records."""
        return itertools.chain(*self.generations)

    def is_empty(self) -> bool:
        """Whether nothing waits to be folded."""
        return not any(lane.records for lane in itertools.chain(*self.generations))

    def close(self) -> None:
        """Close the open generation if it holds anything and the closed one is folded."""
        if not any(True for _ in self.closed()) and any(lane.records for lane in self.generations[self.gate.open]):
            self.gate.open = 1 - self.gate.open

    def closed(self) -> Iterator[Lane]:
        """The lanes of the closed generation that hold records."""
        return (lane for lane in self.generations[1 - self.gate.open] if lane.records)
