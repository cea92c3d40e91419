"""The work calendar is set by the administrator, with a basis, never for the past (R-20.2, R-41.1)."""

from datetime import date

import pytest

from policies.engine import Refused
from policies.work_calendar import set_days


def day(text):
    return date.fromisoformat(text)


def put(bench, first="2013-02-09", last="2013-02-15", kind="holiday", note="春节", login="admin"):
    dates = [each and day(each) for each in (first, last)]
    return set_days(bench.root, *dates, kind, note, bench.actor(login))


def refused(bench, **wrong):
    with pytest.raises(Refused) as caught:
        put(bench, **wrong)
    assert dict(bench.root.calendar.exceptions) == {}
    return list(caught.value.fields)


def test_r_20_2_a_holiday_sets_the_working_days_of_its_span(bench):
    changed = put(bench)
    assert [each.isoformat()[8:] for each in changed] == ["11", "12", "13", "14", "15"]
    calendar = bench.root.calendar
    assert not calendar.is_worked(day("2013-02-11"))
    assert calendar.note(day("2013-02-11")) == "春节"
    (entry,) = bench.journaled("work_calendar.set")
    assert entry.reason == "春节"
    assert entry.details["days"] == [each.isoformat() for each in changed]


def test_r_20_2_a_weekend_day_worked_in_exchange_and_back_by_the_rule(bench):
    put(bench, "2013-02-16", None, "worked", "春节调休")
    assert bench.root.calendar.is_worked(day("2013-02-16"))
    put(bench, "2013-02-16", None, "rule", "更正")
    assert not bench.root.calendar.is_exception(day("2013-02-16"))
    assert bench.root.calendar.note(day("2013-02-16")) == ""


def test_setting_a_day_as_the_rule_has_it_is_no_exception(bench):
    assert put(bench, "2013-02-10", None, "holiday") == []
    put(bench, "2013-02-11", None, "holiday")
    put(bench, "2013-02-11", None, "worked", "更正")
    assert dict(bench.root.calendar.exceptions) == {}


def test_what_changes_nothing_is_not_journaled(bench):
    assert put(bench, "2013-02-10", None) == []
    assert bench.journaled("work_calendar.set") == []


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("first", {"first": None}),
        ("first", {"first": "2013-01-06"}),
        ("last", {"last": "2013-02-08"}),
        ("last", {"last": "2013-03-12"}),
        ("kind", {"kind": "party"}),
        ("note", {"note": " "}),
    ],
)
def test_r_41_1_what_is_typed_must_fit(bench, field, wrong):
    assert refused(bench, **wrong) == [field]


@pytest.mark.parametrize("login", ["auditor", "tech", "security", "liaison", "gz.clerk"])
def test_r_8_1_nobody_but_the_administrator(bench, login):
    assert refused(bench, login=login) == []
