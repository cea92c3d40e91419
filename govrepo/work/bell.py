"""The bell that a commit with new work rings, so that a worker in the same process need not poll.

No after-commit hook: after those ``transaction`` aborts every resource manager of the committed transaction once more,
which the journal would take for a real abort.
"""

import threading
from typing import Any
from weakref import WeakSet

_BELLS: WeakSet[threading.Event] = WeakSet()
_JOINED = object()
LAST_OF_ALL = "\U0010ffff~govrepo.work.bell"  # After every storage and after the journal, which stores something.


def listen(bell: threading.Event) -> None:
    """Have an event set whenever a transaction of this process commits new work."""
    _BELLS.add(bell)


def ring_on_commit(transaction: Any) -> None:
    """Ring all bells when this transaction has committed."""
    try:
        transaction.data(_JOINED)
    except KeyError:
        transaction.set_data(_JOINED, True)  # noqa: FBT003 - Only its presence counts.
        transaction.join(_Ringer())


class _Ringer:
    """A resource manager that stores nothing and sorts last, so that it rings when the others have finished."""

    def sortKey(self) -> str:  # noqa: N802 - The two-phase protocol's name.
        return LAST_OF_ALL

    def tpc_finish(self, _transaction: Any) -> None:
        for bell in tuple(_BELLS):
            bell.set()

    def _nothing(self, _transaction: Any = None) -> None:
        """Nothing is kept, so nothing is to be voted on, taken back or thrown away."""

    abort = tpc_begin = commit = tpc_vote = tpc_abort = rollback = _nothing

    def savepoint(self) -> "_Ringer":
        return self
