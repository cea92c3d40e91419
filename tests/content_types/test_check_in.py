"""The check-in: the first of a half-day is kept (R-20.1)."""

from datetime import date
from types import SimpleNamespace

from content_types.check_in import CheckIn, HalfDay, key, record
from govrepo import clock

DAY = date(2013, 1, 7)


def test_the_first_of_a_half_day_is_kept():
    box = SimpleNamespace(check_ins={})
    first = CheckIn(clock.now(), "person:p1", "甲")
    assert record(box, DAY, HalfDay.MORNING, first)
    assert not record(box, DAY, HalfDay.MORNING, CheckIn(clock.now(), "person:p2", "乙"))
    assert record(box, DAY, HalfDay.AFTERNOON, CheckIn(clock.now(), "person:p2", "乙"))
    assert box.check_ins["2013-01-07am"] == first


def test_keys_sort_by_time():
    days = [(date(2012, 12, 31), HalfDay.AFTERNOON), (DAY, HalfDay.MORNING), (DAY, HalfDay.AFTERNOON)]
    keys = [key(*each) for each in days]
    assert keys == sorted(keys)
