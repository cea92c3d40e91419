"""Whether a prepared transaction happened: its marker in ZODB decides, never a guess.

A transaction stays open in the journal until its own process says that it committed. If the process cannot say so any
more, or the commit failed half-way, the committed database is asked. The journal is never cut: what did not happen is
declared by a further entry.
"""

import logging
from typing import TYPE_CHECKING, Any

from govrepo.journal.markers import committed_marks
from govrepo.journal.participant import Participant

if TYPE_CHECKING:
    from govrepo.journal.stores import Store

log = logging.getLogger(__name__)


def reconcile(store: "Store", site: Any) -> list[str]:
    """Judge the open transactions of dead processes; return those that were found not to have happened.

    The list is read before the database, so that a process that dies in between is left to the next call.
    """
    doubtful = _left_by_the_dead(store)
    lost: list[str] = []
    if doubtful:
        db, oid = site._p_jar.db(), site.journal_markers._p_oid  # noqa: SLF001 - ZODB's documented names.
        marks = committed_marks(db, oid)
        lost = [txn for txn in doubtful if bytes.fromhex(txn) not in marks]
        store.settle([txn for txn in doubtful if txn not in lost], lost)
    store.sweep()
    return lost


def _left_by_the_dead(store: "Store") -> list[str]:
    open_transactions = store.open_transactions()
    dead = {process for process in set(open_transactions.values()) if store.is_dead(process)}
    return [txn for txn, process in open_transactions.items() if process in dead]


def judge(store: "Store", participant: Participant) -> None:
    """Judge a transaction that failed after its vote; raises nothing.

    A storage that failed while finishing may have committed all the same. If it cannot be asked, or the journal
    cannot be written, the transaction stays open and the next start judges it.
    """
    try:
        if participant.mark in committed_marks(participant.db, participant.lane_oid):
            store.settle([participant.txn])
        else:
            store.settle([], [participant.txn])
    except Exception:
        log.exception("transaction %s stays open in the journal until the next start", participant.txn)
