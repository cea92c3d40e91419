"""Days as forms send them."""

from datetime import date

from tests.policies.bench import local
from views.days import day_of, instant_of, written


def test_a_day_or_nothing():
    assert day_of(" 2013-01-31 ") == date(2013, 1, 31)
    assert day_of("") is None
    assert day_of("2013-02-30") is None
    assert day_of("31. 1.") is None
    assert day_of("0001-01-01") is None
    assert day_of("9999-12-31") is None


def test_an_instant_or_nothing():
    assert instant_of(" 2013-01-12T22:12 ") == local("2013-01-12 22:12")
    assert written(local("2013-01-12 22:12")) == "2013-01-12T22:12"
    for wrong in ("", "昨夜", "2013-01-12T25:00", "0001-01-01T00:00", "2013-01-12T22:12+08:00"):
        assert instant_of(wrong) is None
