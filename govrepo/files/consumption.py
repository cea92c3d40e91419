"""Ties the end of an upload to the end of a transaction (design sect. 5).

It is consumed exactly if the business commit succeeds.
"""

import logging
from collections.abc import Callable
from typing import Any

from govrepo.files.participant import Participant

_log = logging.getLogger(__name__)


class Consumption(Participant):
    """Removes something after a commit, and lets go of it in any case."""

    def __init__(self, transaction_manager: Any, remove: Callable[[], None], let_go: Callable[[], None]) -> None:
        super().__init__(transaction_manager)
        self._remove = remove
        self._let_go = let_go

    @classmethod
    def join(cls, transaction_manager: Any, remove: Callable[[], None], let_go: Callable[[], None]) -> None:
        """Call ``remove`` when the present transaction has committed, and ``let_go`` when it has ended either way."""
        transaction_manager.get().join(cls(transaction_manager, remove, let_go))

    def tpc_finish(self, _transaction: Any) -> None:
        """The commit is done. What cannot be removed now expires later."""
        try:
            self._remove()
        except OSError:
            _log.exception("a consumed upload could not be removed")
        self._let_go()

    def tpc_abort(self, _transaction: Any) -> None:
        """Keep it for the next attempt."""
        self._let_go()

    abort = tpc_abort
