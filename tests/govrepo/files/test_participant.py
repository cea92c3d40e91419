"""A participant takes part in every step and does nothing in any."""

import pytest
import transaction

from govrepo.files.participant import Participant


def test_it_survives_every_ending_of_a_transaction():
    manager = transaction.TransactionManager()
    for ending in (manager.commit, manager.abort):
        participant = Participant(manager)
        manager.get().join(participant)
        manager.savepoint().rollback()
        ending()


def test_it_survives_a_commit_that_another_stops():
    class Refuses(Participant):
        def tpc_vote(self, _transaction):
            raise RuntimeError("no")

    manager = transaction.TransactionManager()
    manager.get().join(Participant(manager))
    manager.get().join(Refuses(manager))
    with pytest.raises(RuntimeError, match="no"):
        manager.commit()
    manager.abort()


def test_it_votes_after_every_storage():
    assert Participant(None).sortKey() > "/var/Data.fs:1"
    assert Participant(None).sortKey() > "z"
