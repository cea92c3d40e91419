"""Close a period of the journal, in SQLite and PostgreSQL alike: what must hold at its end, and what is written there (R-7.2)."""

import time
from collections.abc import Callable, Collection
from typing import Any

from govrepo.journal.chain import time_of
from govrepo.journal.checkpoint import Checkpoint
from govrepo.journal.entry import JournalUnavailableError
from govrepo.journal.merkle import Tree
from govrepo.journal.nodes import Nodes
from govrepo.journal.segments import Segment
from govrepo.journal.statements import GENESIS, Connection, grow_tree, keep, name, settled

Sign = Callable[[str, int, bytes], Checkpoint]
"""Signs a checkpoint: the journal's genesis, how many entries, the root over them."""
Committed = Callable[[Collection[str]], Collection[str]]
"""Which of the transactions have committed."""
PATIENCE = 2.0  # Seconds that those who have voted get to finish; nobody can vote meanwhile.
PAUSE = 0.01
FIRST = "SELECT seq, hash, body FROM entries WHERE seq > (SELECT coalesce(max(last), -1) FROM segments) ORDER BY seq LIMIT 1"
LAST = "SELECT seq, hash, body FROM entries ORDER BY seq DESC LIMIT 1"


class BusyError(JournalUnavailableError):
    """The journal cannot be sealed now: a transaction is open, or another program reads the file. Try again later."""


def close_period(connection: Connection, sign: Sign, committed: Committed) -> Segment:
    """Close the period in the caller's transaction, in which nobody else can write; raises BusyError while a transaction is open."""
    _wait_until_settled(connection, committed)
    while grow_tree(connection):
        pass
    segment = _period(connection)
    if not connection.execute("SELECT 1 FROM checkpoints WHERE size = ?", (segment.size,)).fetchone():
        tree = Tree(Nodes(connection.execute), segment.size)
        keep(connection, sign(segment.genesis, tree.size, tree.root()))
    name(connection, segment)
    return segment


def _period(connection: Connection) -> Segment:
    first, _hash, began = connection.execute(FIRST).fetchone()
    last, head, ended = connection.execute(LAST).fetchone()
    return Segment(first, last, head, time_of(began), time_of(ended), connection.execute(GENESIS).fetchone()[0])


def _wait_until_settled(connection: Connection, committed: Committed) -> None:
    """Note who has committed until nobody is left; those who have voted finish without the journal."""
    until = time.monotonic() + PATIENCE
    while left := _open(connection):
        if not settled(connection, committed(left)):
            if time.monotonic() > until:
                raise BusyError(f"{len(left)} transactions are open")
            time.sleep(PAUSE)


def _open(connection: Any) -> list[str]:
    return [txn for (txn,) in connection.execute("SELECT txn FROM open_transactions")]
