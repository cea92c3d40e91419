"""Write the journal, or a sealed period of it, as one SQLite file: the form that govrepo-verify reads (docs/evidence.md).

The file is at rest and only read. Its tree is computed from the entries, so it holds nothing but what they say and the checkpoints.
"""

import os
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from govrepo.journal import schema
from govrepo.journal.checkpoint import Checkpoint
from govrepo.journal.entry import JournalUnavailableError, Query
from govrepo.journal.merkle import peaks
from govrepo.journal.segments import Segment
from govrepo.journal.statements import add_nodes, grow_tree, keep, name

if TYPE_CHECKING:
    from govrepo.journal.stores import Store

PAGE = 2000
READ_ONLY = 0o440


def export(store: "Store", path: Path) -> int:
    """Write all of a journal; how many entries it has.

    Raises FileExistsError, OSError, and JournalUnavailableError, also where a sealed period was moved elsewhere.
    """
    if missing := store.missing():
        raise JournalUnavailableError(f"the sealed period {missing[0]} is not here")
    last = store.head().seq
    _write(store, path, Segment(0, last, "", 0, 0, ""), ())
    return last + 1


def write_periods(store: "Store", folder: Path) -> list[Path]:
    """Write each sealed period whose file is not in the folder yet; raises OSError and JournalUnavailableError."""
    written = []
    periods = store.segments()
    for number, period in enumerate(periods):
        path = period.path(folder / "journal.sqlite")
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            _write(store, path, period, periods[: number + 1])
            written.append(path)
    return written


def _write(store: "Store", path: Path, period: Segment, names: Collection[Segment]) -> None:
    """Write the entries of a period; ``names`` are the sealed ones up to it, itself among them."""
    unfinished = path.with_name(f".{path.name}")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        schema.make(connection)
        for each in names:
            if each != period:
                name(connection, each)
        tree = store.tree()
        add_nodes(connection, [(place, tree.subtree(place)) for place in peaks(period.first)])
        _copy(store, connection, period)
        while grow_tree(connection):
            pass
        for checkpoint in _checkpoints(store, period):
            keep(connection, checkpoint)
        if period in names:
            name(connection, period)
        connection.execute("COMMIT")
    unfinished.chmod(READ_ONLY)
    os.link(unfinished, path)  # Never over another file.
    unfinished.unlink()


def _copy(store: "Store", connection: sqlite3.Connection, period: Segment) -> None:
    after = period.first - 1
    while after < period.last:
        found = store.rows(Query(after=after, before=period.last + 1, limit=PAGE))
        rows = [(seq, body, hashed) for seq, body, hashed, _void in found]
        connection.executemany("INSERT INTO entries (seq, body, hash) VALUES (?, ?, ?)", rows)
        after = rows[-1][0] if rows else period.last


def _checkpoints(store: "Store", period: Segment) -> list[Checkpoint]:
    """Those from the seam before the period to its end."""
    return [each for each in store.checkpoints(period.first) if each.size <= period.size]
