from datetime import timedelta

from govrepo import clock
from govrepo.catalog import EVERYTHING, Eq
from govrepo.catalog.overlay import in_order
from tests.govrepo.catalog.samples import Letter, enter


def test_changed_and_removed_rows_are_hidden_and_new_ones_come_after_all_others(register):
    letters = enter(register, 3)
    letters[0].box = "b2"
    register.changed(letters[0])
    register.removed(letters[1])
    register.changed(Letter("new"))
    overlay = register._overlay()
    assert overlay.hidden == {1, 2}
    assert {row: record.obj.uid for row, record in overlay.live.items()} == {1: "l0", 4: "new"}
    assert overlay.matching(Eq("box", "b2")) == [1]
    assert sorted(overlay.matching(EVERYTHING)) == [1, 4]
    assert overlay.read(1, "box") == "b2"


def test_an_empty_layer_matches_nothing(register):
    enter(register, 3)
    assert register._overlay().matching(EVERYTHING) == []


def test_pending_entries_get_the_rows_that_folding_gives_them(register):
    start = clock.now()
    for minute, uid in enumerate(["c", "a", "b"]):
        with clock.frozen(start + timedelta(minutes=minute)):
            register.changed(Letter(uid))
    with clock.frozen(start):
        register.removed(Letter("never entered"))
    expected = {record.obj.uid: row for row, record in register._overlay().live.items()}
    assert [uid for uid, _record in in_order(register.data.pending.winners())] == ["c", "never entered", "a", "b"]
    register.drain()
    assert dict(register.data.main.row_of) == expected == {"c": 1, "a": 2, "b": 3}
