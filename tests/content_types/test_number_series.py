"""The series as it is kept (4.7)."""

from content_types.content import shelf
from content_types.number import Number
from content_types.number_series import NumberSeries


def test_it_finds_its_numbers_by_year_and_sequence():
    series = NumberSeries(None, "厅收", "receipt")
    assert (series.title, series.number(2013, 1), series.leader_recheck) == ("厅收", None, False)
    shelf(series, "2013")["1"] = number = Number(series, 2013, 1)
    assert series.number(2013, 1) is number
    assert series.number(2014, 1) is None
