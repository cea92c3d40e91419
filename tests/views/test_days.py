"""Days as forms send them."""

from datetime import date

from views.days import day_of


def test_a_day_or_nothing():
    assert day_of(" 2013-01-31 ") == date(2013, 1, 31)
    assert day_of("") is None
    assert day_of("2013-02-30") is None
    assert day_of("31. 1.") is None
    assert day_of("0001-01-01") is None
    assert day_of("9999-12-31") is None
