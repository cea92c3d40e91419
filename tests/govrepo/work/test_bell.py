import threading

import pytest
import transaction

from govrepo.journal.participant import LAST
from govrepo.work import enqueue
from govrepo.work.bell import listen, ring_on_commit


@pytest.fixture
def bell():
    event = threading.Event()
    listen(event)
    return event


def test_it_rings_when_the_commit_is_visible_and_not_before(site, database, bell):
    enqueue(site, "x")
    enqueue(site, "x")
    assert not bell.is_set()
    transaction.commit()
    assert bell.is_set()
    with database.transaction() as connection:
        assert connection.root()["app_root"].work.new_items() == 2


def test_it_does_not_ring_after_an_abort(site, bell):
    enqueue(site, "x")
    transaction.abort()
    transaction.commit()
    assert not bell.is_set()


def test_it_does_not_ring_when_another_resource_fails_to_vote(site, bell):
    class Refusing:
        def sortKey(self):  # noqa: N802
            return "a"

        def tpc_vote(self, _transaction):
            raise RuntimeError("full")

        def nothing(self, _transaction):
            pass

        abort = tpc_begin = commit = tpc_finish = tpc_abort = nothing

    enqueue(site, "x")
    transaction.get().join(Refusing())
    with pytest.raises(RuntimeError, match="full"):
        transaction.commit()
    transaction.abort()
    assert not bell.is_set()
    assert site.work.new_items() == 0


@pytest.mark.parametrize("key", ["a storage", LAST])
def test_it_rings_after_all_others_have_finished(bell, key):
    class Witness:
        rung = None

        def sortKey(self):  # noqa: N802
            return key

        def tpc_finish(self, _transaction):
            self.rung = bell.is_set()

        def nothing(self, _transaction):
            pass

        tpc_begin = commit = tpc_vote = nothing

    witness = Witness()
    transaction.begin()
    ring_on_commit(transaction.get())
    transaction.get().join(witness)
    transaction.commit()
    assert witness.rung is False
    assert bell.is_set()


def test_savepoints_still_work(site, bell):
    enqueue(site, "kept")
    savepoint = transaction.savepoint()
    enqueue(site, "rolled back")
    savepoint.rollback()
    transaction.commit()
    assert bell.is_set()
    assert site.work.new_items() == 1


def test_other_resources_are_not_aborted_after_the_commit():
    class Recorder:
        calls = ()

        def sortKey(self):  # noqa: N802
            return "recorder"

        def abort(self, _transaction):
            self.calls += ("abort",)

        def nothing(self, _transaction):
            pass

        tpc_begin = commit = tpc_vote = tpc_finish = tpc_abort = nothing

    recorder = Recorder()
    transaction.begin()
    transaction.get().join(recorder)
    ring_on_commit(transaction.get())
    transaction.commit()
    assert recorder.calls == ()
