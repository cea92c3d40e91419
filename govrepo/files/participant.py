"""What our two-phase participants have in common: they do nothing until their moment comes."""

from typing import Any, Self


class Participant:
    """A data manager (see the ``transaction`` package) that takes part in every step and does nothing in any."""

    def __init__(self, transaction_manager: Any) -> None:
        self.transaction_manager = transaction_manager

    def tpc_begin(self, _transaction: Any) -> None:
        """The commit begins."""

    def commit(self, _transaction: Any) -> None:
        """Storages write now."""

    def tpc_vote(self, _transaction: Any) -> None:
        """The last moment to object, by raising."""

    def tpc_finish(self, _transaction: Any) -> None:
        """The commit is done; must not raise."""

    def tpc_abort(self, _transaction: Any) -> None:
        """The commit was begun and failed."""

    def abort(self, _transaction: Any) -> None:
        """The transaction was given up before any commit."""

    def savepoint(self) -> Self:
        """What a participant has to do does not depend on savepoints."""
        return self

    def rollback(self) -> None:
        """See :meth:`savepoint`."""

    def sortKey(self) -> str:  # noqa: N802 - named by the transaction package.
        """After every storage, whose keys begin with a path, a letter or a digit."""
        return "~govrepo.files"
