"""A register asked about what has not been folded: read once, told by itself, followed (design.md sect. 6)."""

from datetime import timedelta

import transaction

from govrepo import clock
from govrepo.catalog import EVERYTHING, Eq
from tests.govrepo.catalog.samples import Letter, enter, letters_of, uids


def test_values_are_selected_without_loading_objects(register):
    letters = enter(register, 4, box=lambda number: f"b{number % 2}", tags=lambda number: (f"t{number}",))
    letters[0].box = "b1"
    register.changed(letters[0])
    register.changed(Letter("new", box="b1", order=9))
    found = register.select(Eq("box", "b1"), ("order", "tags"))
    assert sorted((order, tuple(tags or ())) for order, tags in found) == [
        (0, ("t0",)),
        (1, ("t1",)),
        (3, ("t3",)),
        (9, ()),
    ]


def test_what_waits_is_told_the_latest_first(register):
    enter(register, 2)
    for number, box in enumerate(("b1", "b2", "b1")):
        clock.travel(clock.now() + timedelta(seconds=number))
        register.changed(Letter(f"w{number}", box=box))
    clock.reset()
    assert [letter.uid for letter in register.waiting()] == ["w2", "w1", "w0"]
    assert [letter.uid for letter in register.waiting(Eq("box", "b1"))] == ["w2", "w0"]


def test_objects_are_asked_as_they_stand_now_without_being_noted(register):
    letters = enter(register, 3)
    letters[0].box, letters[1].box = "elsewhere", "b1"
    fresh = register.with_objects([letters[0], Letter("new", order=7)])
    assert uids(fresh.query(Eq("box", "b1"), sort="order")) == ["l1", "l2", "new"]
    assert fresh.count(Eq("box", "elsewhere")) == 1
    assert uids(register.query(Eq("box", "b1"), sort="order")) == ["l0", "l1", "l2"]
    assert register.pending_count() == 0


def test_what_has_left_a_query_since_it_was_folded_is_touched_by_it(register):
    letters = enter(register, 3)
    letters[0].box = "elsewhere"
    register.changed(letters[0])
    register.changed(Letter("new", box="b1"))
    assert {letter.uid for letter in register.touched(Eq("box", "b1"))} == {"l0", "new"}
    assert [letter.uid for letter in register.touched(Eq("box", "elsewhere"))] == ["l0"]
    assert register.touched(Eq("box", "nowhere")) == []
    assert set(register.noted()) == {"l0", "new"}
    register.drain()
    assert (register.touched(EVERYTHING), list(register.noted())) == ([], [])


def test_values_of_pending_objects_as_noted_or_as_they_will_be(register):
    letters = enter(register, 2)
    register.changed(letters[0])
    letters[1].box = "b2"
    fresh = register.with_objects([letters[1]])
    values = fresh.values_of(letters)
    assert (values["l0"]["box"], values["l1"]["box"]) == ("b1", "b2")


def test_whoever_follows_is_told_of_each_batch(register):
    told = []
    register.changed(Letter("a"))
    register.fold(10, told.append)
    assert told == []
    register.fold(10, told.append)
    assert [set(batch) for batch in told] == [{"a"}]


def test_what_waits_is_read_once_while_nothing_changes_and_anew_when_another_commits(database):
    one, other = database.open(transaction.TransactionManager()), database.open(transaction.TransactionManager())
    mine, theirs = (letters_of(each.root()["app_root"]) for each in (one, other))
    first = mine._overlay()
    assert mine._overlay() is first
    mine.changed(Letter("own"))
    assert mine._overlay() is not first
    assert uids(mine.query(sort="order")) == ["own"]
    one.transaction_manager.abort()
    theirs.changed(Letter("late"))
    assert uids(theirs.query(sort="order")) == ["late"]
    other.transaction_manager.commit()
    one.transaction_manager.begin()
    assert uids(mine.query(sort="order")) == ["late"]
    kept = mine._overlay()
    for _turn in range(3):
        other.transaction_manager.begin()
        theirs.fold(10)
        other.transaction_manager.commit()
    one.transaction_manager.begin()
    assert mine._overlay() is not kept
    assert uids(mine.query(sort="order")) == ["late"]
    for each in (one, other):
        each.transaction_manager.abort()
        each.close()


def test_what_a_savepoint_has_written_and_an_abort_has_dropped_is_not_kept(database):
    connection = database.open()
    register = letters_of(connection.root()["app_root"])
    for uid in ("first", "second"):
        register.changed(Letter(uid))
        transaction.savepoint()
        assert uids(register.query(sort="order")) == [uid]
        transaction.abort()
    assert uids(register.query(sort="order")) == []
    connection.close()
