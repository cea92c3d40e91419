"""Working time: half-days (R-20.1, R-20.2) and the exchange day (P-37)."""

from datetime import date, time

import pytest

from content_types.check_in import CheckIn, HalfDay, record
from content_types.work_calendar import WorkCalendar
from govrepo.settings import Settings
from policies import working_time
from tests.policies.bench import local

HOURS = working_time.hours(Settings({}).half_days)
AM, PM = HalfDay.MORNING, HalfDay.AFTERNOON


class Box:
    def __init__(self):
        self.check_ins = {}


@pytest.fixture
def calendar():
    """New Year 2013 as it was: 1 to 3 January off, the weekend of the 5th worked in exchange."""
    calendar = WorkCalendar()
    for day in (1, 2, 3):
        calendar.set_day(date(2013, 1, day), worked=False)
    for day in (5, 6):
        calendar.set_day(date(2013, 1, day), worked=True)
    return calendar


def test_the_half_days_are_a_setting():
    assert ((time(8, 30), time(12)), (time(14), time(17, 30))) == HOURS
    other = working_time.hours(" 09:00-11:30 , 13:00-18:00")
    assert other.of(PM) == (time(13), time(18))
    with pytest.raises(ValueError, match="isoformat"):
        working_time.hours("early-late,14:00-17:30")


@pytest.mark.parametrize(("clock", "half"), [("07:00", AM), ("13:59", AM), ("14:00", PM), ("23:59", PM)])
def test_early_and_late_count_too(clock, half):
    assert working_time.half_day(local(f"2013-01-07 {clock}"), HOURS) is half


@pytest.mark.parametrize(
    ("at", "works"),
    [
        ("2013-01-07 08:29", False),
        ("2013-01-07 08:30", True),
        ("2013-01-07 12:30", False),
        ("2013-01-07 17:30", True),
        ("2013-01-02 10:00", False),
        ("2013-01-05 10:00", True),
    ],
)
def test_r_20_2_working_time(calendar, at, works):
    assert working_time.is_working_time(local(at), calendar, HOURS) is works


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2013-01-04 16:59", "2013-01-04"),
        ("2013-01-04 17:00", "2013-01-05"),
        ("2013-01-06 18:00", "2013-01-07"),
        ("2012-12-31 17:01", "2013-01-04"),
        ("2013-01-12 10:00", "2013-01-14"),
    ],
)
def test_p_37_the_exchange_day(calendar, at, day):
    assert working_time.effective_day(local(at), calendar, "17:00").isoformat() == day


def test_r_20_1_missing_half_days_are_listed_once_they_have_ended(calendar):
    box = Box()
    record(box, date(2013, 1, 4), PM, CheckIn(local("2013-01-04 15:00"), "person:p1", "甲"))

    def missing(at):
        return working_time.missing_check_ins(box, date(2013, 1, 1), local(at), calendar, lambda _day: HOURS)

    assert missing("2013-01-04 12:00") == []
    assert missing("2013-01-04 12:01") == [(date(2013, 1, 4), AM)]
    assert missing("2013-01-05 17:31") == [(date(2013, 1, 4), AM), (date(2013, 1, 5), AM), (date(2013, 1, 5), PM)]
