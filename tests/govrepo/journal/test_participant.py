import threading

import pytest
import transaction
from transaction.interfaces import TransactionFailedError
from ZODB.POSException import ConflictError
from zope.interface.verify import verifyObject

from govrepo.journal.participant import Participant, Savepoint
from govrepo.journal.verify import verify
from tests.govrepo.journal.support import Place, act


def subjects(place, *, committed=True):
    return [each.entry.subject for each in place.acts(committed=committed)]


def test_the_participant_is_a_data_manager(journal):
    for each, interface in (
        (Participant(journal, transaction.manager), transaction.interfaces.ISavepointDataManager),
        (Savepoint([]), transaction.interfaces.IDataManagerSavepoint),
    ):
        assert verifyObject(interface, each)


def test_it_votes_after_every_storage(place, journal):
    with place.session() as site:
        journal.append(act(), site)
        assert max(site._p_jar.transaction_manager.get()._resources, key=lambda each: each.sortKey()).sortKey() > "数据"


def test_what_commits_is_journaled_in_order_as_one_transaction(place, journal):
    with place.session() as site:
        site["a"].changes += 1
        journal.append(act("/1"), site["a"])
        journal.append(act("/2"), site)
        assert subjects(place) == []
        site._p_jar.transaction_manager.commit()
    assert subjects(place) == ["/1", "/2"]
    assert {bytes.fromhex(each.txn) for each in place.acts()} == place.marks()
    assert len(place.marks()) == 1


def test_the_next_transaction_of_a_connection_is_another(place, journal):
    with place.session() as site:
        for _ in range(2):
            journal.append(act(), site)
            site._p_jar.transaction_manager.commit()
    assert len({each.txn for each in place.acts()}) == len(place.marks()) == 2


def test_what_aborts_leaves_nothing(place, journal):
    with place.session() as site:
        journal.append(act("/1"), site)
        site._p_jar.transaction_manager.abort()
        journal.append(act("/2"), site)
        site._p_jar.transaction_manager.commit()
    assert subjects(place) == ["/2"]
    assert len(place.marks()) == 1


def test_a_conflict_leaves_nothing_and_the_retry_is_journaled_once(place, journal):
    with place.session() as loser:
        manager = loser._p_jar.transaction_manager
        loser["a"].changes += 1
        journal.append(act("/loser"), loser)
        place.commit(act("/winner"))
        with pytest.raises(ConflictError):
            manager.commit()
        assert subjects(place) == ["/winner"]
        with pytest.raises(TransactionFailedError):
            manager.commit()
        manager.abort()
        loser["a"].changes += 1
        journal.append(act("/loser"), loser)
        manager.commit()
    assert (subjects(place), place.changes(), len(place.marks())) == (["/winner", "/loser"], 2, 2)


def test_a_rolled_back_savepoint_drops_the_entries_since(place, journal):
    with place.session() as site:
        manager = site._p_jar.transaction_manager
        journal.append(act("/kept"), site)
        savepoint = manager.savepoint()
        journal.append(act("/dropped"), site)
        savepoint.rollback()
        journal.append(act("/also dropped"), site)
        savepoint.rollback()
        journal.append(act("/after"), site)
        manager.commit()
    assert subjects(place) == ["/kept", "/after"]
    assert len(place.marks()) == 1


def test_a_savepoint_before_the_first_entry_drops_all_of_them(place, journal):
    with place.session() as site:
        manager = site._p_jar.transaction_manager
        site["a"].changes += 1
        savepoint = manager.savepoint()
        journal.append(act("/dropped"), site)
        savepoint.rollback()
        manager.commit()
        assert (subjects(place), place.marks()) == ([], set())
        savepoint = manager.savepoint()
        journal.append(act("/dropped"), site)
        savepoint.rollback()
        journal.append(act("/kept"), site)
        manager.commit()
    assert subjects(place) == ["/kept"]
    assert {bytes.fromhex(each.txn) for each in place.acts()} == place.marks()


def test_nothing_can_be_journaled_once_the_commit_has_begun(place, journal):
    with place.session() as site:
        errors = []

        def late(success):
            try:
                journal.append(act("/late"), site)
            except ValueError as error:
                errors.append(str(error))

        manager = site._p_jar.transaction_manager
        journal.append(act("/in time"), site)
        manager.get().addAfterCommitHook(late)
        manager.commit()
    assert len(errors) == 1
    assert subjects(place) == ["/in time"]


class Troublemaker:
    """A participant that sorts after the journal and refuses to vote."""

    def __init__(self, manager):
        self.transaction_manager = manager

    def sortKey(self):  # noqa: N802
        return "\U0010ffffz"

    def tpc_vote(self, transaction):
        raise RuntimeError("no")

    def abort(self, transaction):
        pass

    tpc_begin = commit = tpc_abort = abort


def test_an_abort_after_the_vote_is_said_and_nothing_is_cut(place, journal):
    with place.session() as site:
        manager = site._p_jar.transaction_manager
        site["a"].changes += 1
        journal.append(act("/1"), site)
        manager.get().join(Troublemaker(manager))
        with pytest.raises(RuntimeError, match="no"):
            manager.commit()
    assert (subjects(place), subjects(place, committed=False), place.changes()) == ([], ["/1"], 0)
    assert [each.entry.action for each in journal.entries(after=1)] == ["journal.not_committed"]
    assert (place.marks(), journal._store.open_transactions()) == (set(), {})


@pytest.mark.parametrize("when", ["before flushing", "after flushing"])
def test_when_the_storage_dies_while_finishing_the_next_start_judges(place, journal, monkeypatch, caplog, when):
    storage = place.db.storage
    finish = storage._finish_finish

    def fail(tid):
        if when == "after flushing":
            finish(tid)
        raise OSError("disk gone")

    monkeypatch.setattr(storage, "_finish_finish", fail)
    with pytest.raises(OSError, match="disk gone"):
        place.commit(act("/1"))
    assert "stays open in the journal" in caplog.text
    assert len(journal._store.open_transactions()) == 1
    place.close()
    again = Place(place.folder)
    with again.session() as site:
        again.journal.reconcile(site)
    assert again.journal._store.open_transactions() == {}
    assert len(again.acts()) == again.changes()
    again.close()


def test_a_commit_that_fails_after_the_storage_has_it_stays_committed(place, journal, monkeypatch):
    with place.session() as site:
        connection = site._p_jar
        finish = type(connection).tpc_finish

        def fail(self, transaction):
            finish(self, transaction)
            raise RuntimeError("too late")

        monkeypatch.setattr(type(connection), "tpc_finish", fail)
        site["a"].changes += 1
        journal.append(act("/1"), site)
        with pytest.raises(RuntimeError, match="too late"):
            connection.transaction_manager.commit()
    assert (subjects(place), place.changes(), journal._store.open_transactions()) == (["/1"], 1, {})


def test_eight_threads_commit_without_a_conflict_and_each_commit_is_journaled(place, journal):
    conflicts, each_commits = [], 25

    def work(name):
        with place.session() as site:
            manager = site._p_jar.transaction_manager
            for turn in range(each_commits):
                site[name].changes += 1
                journal.append(act(f"/{name}/{turn}"), site[name])
                if turn % 5 == 4:
                    manager.abort()
                    continue
                try:
                    manager.commit()
                except ConflictError as error:
                    conflicts.append(error)
                    manager.abort()

    threads = [threading.Thread(target=work, args=[name]) for name in "abcdefgh"]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    expected = {f"/{name}/{turn}" for name in "abcdefgh" for turn in range(each_commits) if turn % 5 != 4}
    assert conflicts == []
    assert sorted(subjects(place)) == sorted(expected)
    assert place.changes() == len(expected)
    assert {bytes.fromhex(each.txn) for each in place.acts()} == place.marks()
    assert verify(place.journal_path).broken is None
