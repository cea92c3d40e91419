"""The promise of the pending layer: no conflicts, nothing lost."""

import threading

import pytest
import transaction
from ZODB.POSException import ConflictError

from govrepo.catalog import EVERYTHING, Eq
from govrepo.catalog.pending import CHANGES_PER_LANE, Lane, Pending, Record
from tests.govrepo.catalog.samples import Letter, letters_of, uids

WRITERS, CHANGES = 8, 20


def record(version, stamp=0):
    return Record(version, stamp, None, {"v": version})


def merged(old, saved, new):
    return Lane()._p_resolveConflict({"records": old}, {"records": saved}, {"records": new})["records"]


def test_what_two_commits_add_is_kept():
    assert merged({}, {"a": record(1)}, {"b": record(1)}) == {"a": record(1), "b": record(1)}


def test_of_two_records_of_one_object_the_higher_version_is_kept():
    for saved, mine in ((1, 2), (2, 1)):
        assert merged({}, {"a": record(saved)}, {"a": record(mine)}) == {"a": record(2)}


def test_what_the_worker_has_dropped_stays_dropped_when_a_request_adds():
    assert merged({"a": record(1)}, {}, {"a": record(1), "b": record(1)}) == {"b": record(1)}


def test_the_worker_drops_only_what_it_has_seen():
    old = {"a": record(1), "b": record(1), "c": record(1)}
    saved = {"a": record(2), "b": record(1), "d": record(1)}
    assert merged(old, saved, {}) == {"a": record(2), "d": record(1)}


def test_a_record_that_was_replaced_here_and_dropped_there_stays():
    assert merged({"a": record(1)}, {}, {"a": record(2)}) == {"a": record(2)}


def test_the_highest_version_wins_across_lanes_and_generations():
    pending = Pending()
    pending.generations[0][3].put("a", record(2))
    pending.generations[1][5].put("a", record(3))
    pending.generations[0][9].put("a", record(1))
    assert pending.winners() == {"a": record(3)}


def test_generations_take_turns():
    pending = Pending()
    pending.close()
    assert pending.gate.open == 0  # Nothing to fold: nothing is written.
    pending.put("a", record(1))
    assert list(pending.closed()) == []
    pending.close()
    assert pending.gate.open == 1
    pending.put("b", record(1))
    pending.close()
    assert pending.gate.open == 1  # The closed one must be folded first.
    (lane,) = pending.closed()
    assert lane.take_all() == 1
    pending.close()
    assert [lane.records for lane in pending.closed()] == [{"b": record(1)}]
    assert not pending.is_empty()


def test_many_changes_are_spread_over_lanes():
    pending = Pending()
    for number in range(3 * CHANGES_PER_LANE):
        pending.put(f"l{number}", record(1))
    assert sorted(len(lane.records) for lane in pending.generations[0] if lane.records) == [CHANGES_PER_LANE] * 3


def connections(database, count):
    managers = [transaction.TransactionManager() for _ in range(count)]
    return [(manager, database.open(manager)) for manager in managers]


def test_two_connections_that_meet_in_one_lane_both_commit(database):
    pair = connections(database, 2)
    for number, (_manager, connection) in enumerate(pair):
        register = letters_of(connection.root()["app_root"])
        register.data.pending.generations[0][0].put(
            f"l{number}", Record(1, number, Letter(f"l{number}"), {"order": number})
        )
    for manager, _connection in pair:
        manager.commit()
    ((manager, connection),) = connections(database, 1)
    found = letters_of(connection.root()["app_root"]).query(sort="order").objects
    assert [letter.uid for letter in found] == ["l0", "l1"]
    for each, opened in [*pair, (manager, connection)]:
        each.abort()
        opened.close()


def test_a_record_committed_late_into_a_folded_generation_is_not_lost(database):
    (late, slow), (worker, folding) = pair = connections(database, 2)
    early = letters_of(folding.root()["app_root"])
    early.data.pending.generations[0][7].put("early", Record(1, 0, Letter("early"), {"order": 1}))
    worker.commit()
    late.begin()
    tardy = letters_of(slow.root()["app_root"])
    tardy.data.pending.generations[0][7].put("late", Record(1, 0, Letter("late"), {"order": 2}))
    early.fold(100)
    worker.commit()
    assert early.fold(100) == 1
    worker.commit()
    late.commit()
    assert [letter.uid for letter in tardy.query(sort="order").objects] == ["early", "late"]
    worker.begin()
    assert early.drain() == 1
    assert early.check() == []
    for manager, connection in pair:
        manager.abort()
        connection.close()


class Tally:
    """What the threads of the story below have met."""

    def __init__(self):
        self.conflicts, self.errors, self.folded = [], [], 0


def write(database, name, tally):
    ((manager, connection),) = connections(database, 1)
    try:
        for number in range(CHANGES):
            manager.begin()
            site = connection.root()["app_root"]
            letter = Letter(f"{name}-{number}", box=name, order=number)
            letters_of(site).changed(letter)
            manager.commit()
            manager.begin()
            letter.state = "signed"
            letters_of(site).changed(letter)
            manager.commit()
    except ConflictError as conflict:
        tally.conflicts.append(conflict)
    except Exception as error:  # noqa: BLE001 - The main thread reports it.
        tally.errors.append(error)
    finally:
        manager.abort()
        connection.close()


def keep_folding(database, stop, tally):
    ((manager, connection),) = connections(database, 1)
    try:
        while not stop.is_set():
            manager.begin()
            tally.folded += letters_of(connection.root()["app_root"]).fold(50)
            manager.commit()
    except ConflictError as conflict:
        tally.conflicts.append(conflict)
    finally:
        manager.abort()
        connection.close()


@pytest.mark.parametrize("lanes", [64, 1], ids=["lanes apart", "all in one lane"])
def test_eight_writers_and_a_folder_have_no_conflict_and_lose_nothing(database, monkeypatch, lanes):
    monkeypatch.setattr("govrepo.catalog.pending.LANES", lanes)
    tally, stop = Tally(), threading.Event()
    writers = [threading.Thread(target=write, args=(database, f"w{n}", tally)) for n in range(WRITERS)]
    folder = threading.Thread(target=keep_folding, args=(database, stop, tally))
    for thread in [folder, *writers]:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    folder.join()
    assert tally.errors == []
    assert tally.conflicts == []
    ((manager, connection),) = connections(database, 1)
    register = letters_of(connection.root()["app_root"])
    assert register.count() == WRITERS * CHANGES
    assert tally.folded > 0
    register.drain()
    assert register.check() == []
    assert register.facets(EVERYTHING, ["state"]) == {"state": {"signed": WRITERS * CHANGES}}
    manager.abort()
    connection.close()


@pytest.mark.parametrize("removed", [True, False])
def test_an_older_record_in_a_lane_that_waits_does_not_undo_what_is_folded(register, removed):
    """A letter is noted in one lane and again, or removed, in an earlier one; the fold's limit lies between the lanes."""
    letter, pending = Letter("l", box="b1"), register.data.pending
    pending._v_number, pending._v_left = 5, 1
    register.changed(letter)
    pending._v_number, pending._v_left = 2, 1
    letter.box = "b2"
    (register.removed if removed else register.changed)(letter)
    register.fold(1)  # Closes the generation.
    expected = [] if removed else ["l"]
    for _ in range(3):
        register.fold(1)
        assert uids(register.query(Eq("box", "b2"), sort="order")) == expected
        assert uids(register.query(sort="order")) == expected
    assert register.check([] if removed else [letter]) == []
