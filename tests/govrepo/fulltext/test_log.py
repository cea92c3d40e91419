"""The log of changes: positions in order, read on from any, trimmed behind what is confirmed."""

from govrepo.fulltext import ChangeLog


def log_of(*batches):
    changes = ChangeLog()
    for each in batches:
        changes.append(each)
    return changes


def test_batches_are_read_on_from_a_position():
    changes = log_of(["a"], ["b", "c"], ["d"])
    assert list(changes.after(0, 9)) == [(1, ("a",)), (2, ("b", "c")), (3, ("d",))]
    assert list(changes.after(1, 1)) == [(2, ("b", "c"))]
    assert list(changes.after(3, 9)) == []


def test_it_says_how_far_back_it_reaches():
    changes = log_of(["a"], ["b"], ["c"])
    assert [changes.reaches(position) for position in (0, 1, 3, 4)] == [True, True, True, False]
    changes.trim(2)
    assert [changes.reaches(position) for position in (0, 1, 2, 3)] == [False, False, True, True]
    changes.trim(3)
    assert [changes.reaches(position) for position in (2, 3, 4)] == [False, True, False]
    changes.append(["d"])
    assert list(changes.after(3, 9)) == [(4, ("d",))]


def test_an_empty_one_reaches_its_beginning_alone():
    assert log_of().reaches(0)
    assert not log_of().reaches(1)
