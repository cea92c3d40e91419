"""Rows of the journal's table: an entry as chained text, the text as a record again, and the query over them."""

import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from govrepo import clock
from govrepo.journal.chain import ZERO, canonical, digest
from govrepo.journal.entry import ENTRY_FIELDS, Entry, Query, Record

Found = tuple[int, str, str, int]
"""A stored row as it is read: number, body, hash, and whether its transaction did not happen."""


class Row(NamedTuple):
    """One row: number, body (canonical JSON of everything the entry says and where it stands), hash of the body."""

    seq: int
    body: str
    hash: str

    @classmethod
    def of(cls, head: Sequence[Any] | None) -> "Row":
        """The row to go on from: the newest one, or what stands before the first."""
        return cls(head[0], "", head[1]) if head else cls(-1, "", ZERO)


def row(last: Row, txn: str, entry: Entry, voids: str | None = None) -> Row:
    """The row that follows ``last``, at the present instant."""
    seq = last.seq + 1
    place = {"seq": seq, "time": clock.micros(clock.now()), "txn": txn, "prev": last.hash, "voids": voids}
    body = canonical({name: getattr(entry, name) for name in ENTRY_FIELDS} | place)
    return Row(seq, body, digest(body))


def not_committed(txn: str) -> Entry:
    """What the journal says when a transaction that it prepared did not happen."""
    return Entry("journal.not_committed", "system", result="failed", details={"txn": txn})


def record(seq: int, body: str, stored_hash: str, void: int) -> Record:
    """A stored row for readers."""
    said = json.loads(body)
    entry = Entry(**{name: said[name] for name in ENTRY_FIELDS})
    time = clock.from_micros(said["time"])
    return Record(seq, time, said["txn"], entry, said["prev"], stored_hash, not void, said["voids"])


def body_of(found: Record) -> str:
    """A record as the text that was hashed."""
    place = {
        "seq": found.seq,
        "time": clock.micros(found.time),
        "txn": found.txn,
        "prev": found.prev,
        "voids": found.voids,
    }
    return canonical({name: getattr(found.entry, name) for name in ENTRY_FIELDS} | place)


_CONDITIONS = {
    "after": "e.seq > ?",
    "before": "e.seq < ?",
    "subject": "e.subject = ?",
    "actor": "e.actor = ?",
    "action": "e.action = ?",
    "result": "e.result = ?",
    "module": "e.module = ?",
    "address": "e.address = ? AND e.address <> ''",
    "subject_uid": "e.subject_uid = ? AND e.subject_uid <> ''",
    "certificate": "e.certificate = ? AND e.certificate <> ''",
}

_ROW = "e.seq, e.body, e.hash, EXISTS (SELECT 1 FROM entries v WHERE v.voids = e.txn)"
_SELECT = "SELECT {} FROM entries e{} WHERE {} ORDER BY e.seq {}{}"


def by_number(count: int) -> str:
    """The rows of so many numbers, in no order."""
    return f"SELECT {_ROW} FROM entries e WHERE e.seq IN ({', '.join('?' * count)})"  # noqa: S608 - our own words.


def selection(query: Query, index: str = "", *, numbers: bool = False) -> tuple[str, list[Any]]:
    """The query as SQL and its values, by an index of SQLite's if one is named, or for the numbers alone.

    Only our own words enter the SQL.
    """
    given = {name: getattr(query, name) for name in _CONDITIONS if getattr(query, name) is not None}
    where = " AND ".join(_CONDITIONS[name] for name in given) or "TRUE"
    if query.result not in (None, "allowed"):
        where += " AND e.result <> 'allowed'"  # Only then the partial index serves.
    values = [*given.values()] if query.limit is None else [*given.values(), query.limit]
    by, order, limit = (
        (f" INDEXED BY {index}" if index else ""),
        ("DESC" if query.reverse else "ASC"),
        ("" if query.limit is None else " LIMIT ?"),
    )
    return _SELECT.format("e.seq" if numbers else _ROW, by, where, order, limit), values


def halved(ask: Callable[[str, Sequence[Any]], Any], low: int, high: int, wanted: int) -> int:
    """The first number between two whose entry is not older than an instant (microseconds); the upper one if there is none.

    Entries stand in order of time; where a clock was set back, some of that stretch may be missed.
    """
    while low < high:
        middle = (low + high) // 2
        ((body,),) = ask("SELECT body FROM entries WHERE seq = ?", (middle,))
        low, high = (middle + 1, high) if json.loads(body)["time"] < wanted else (low, middle)
    return low
