"""Numbers (S-20 to S-27): allotted without gap, reserved, void, never given twice."""

from datetime import date

import pytest
import transaction

from content_types.number_series import SeriesKind
from govrepo import clock
from policies.engine import Act, act
from policies.number import allot, expire_reservations, reserve
from policies.number_series import begin, gaps
from tests.policies.bench import local
from tests.policies.test_inspection import refused

LAST = date(2013, 1, 31)
CLERK = "office.registry1"


@pytest.fixture
def series(bench):
    return begin(bench.box("gd-office"), "厅收", SeriesKind.RECEIPT, bench.actor(CLERK))


def given(bench, series, holder):
    return allot(series, holder, Act(holder, bench.actor(CLERK), clock.now()))


def test_s_24_numbers_begin_at_one_and_follow_without_gap(bench, series):
    numbers = [given(bench, series, bench.signed(number=f"江府〔2013〕{each}号")) for each in (2, 3)]
    assert [each.title for each in numbers] == ["厅收〔2013〕1号", "厅收〔2013〕2号"]
    assert gaps(series, 2013) == []


def test_s_25_the_year_is_that_of_the_allotment(bench, series):
    delivery = bench.signed()
    given(bench, series, delivery)
    clock.travel(local("2014-01-02 09:00"))
    assert given(bench, series, delivery).title == "厅收〔2014〕1号"


def test_s_27_a_reservation_says_what_for_and_until_when(bench, series):
    actor = bench.actor(CLERK)
    assert refused(lambda: reserve(series, None, " ", actor)) == {("S-27", "until"), ("S-27", "note")}
    assert refused(lambda: reserve(series, date(2013, 1, 6), "会议", actor)) == {("S-27", "until")}
    assert refused(lambda: reserve(series, date(2013, 12, 31), "会议", actor)) == {("S-27", "until")}
    assert refused(lambda: reserve(series, LAST, "会议", bench.actor("jm.clerk"))) == {("S-27", "")}
    assert series.last.get(2013, 0) == 0
    number = reserve(series, LAST, "会议材料", actor)
    assert (number.state, number.reason, number.until) == ("reserved", "会议材料", LAST)
    assert given(bench, series, bench.signed()).sequence == 2


def test_s_27_a_reserved_number_is_taken_in_time(bench, series):
    number = reserve(series, LAST, "会议材料", bench.actor(CLERK))
    assert refused(lambda: bench.act(CLERK, number, "take")) == {("S-27", "holder")}
    holder = bench.signed()
    bench.act(CLERK, number, "take", holder=holder)
    assert (number.state, number.holder) == ("taken", holder)
    late = reserve(series, date(2013, 1, 8), "会议材料", bench.actor(CLERK))
    clock.travel(local("2013-01-09 09:00"))
    assert refused(lambda: bench.act(CLERK, late, "take", holder=holder)) == {("S-27", "")}


def test_s_27_a_reservation_that_nobody_took_becomes_void_and_is_not_given_again(bench, series):
    number = reserve(series, date(2013, 1, 8), "会议材料", bench.actor(CLERK))
    transaction.savepoint()
    expire_reservations(bench.job())
    assert number.state == "reserved"
    clock.travel(local("2013-01-09 09:00"))
    expire_reservations(bench.job())
    assert (number.state, number.reason) == ("void", "预留到期未用")
    assert given(bench, series, bench.signed()).sequence == 2
    assert [(gap.sequence, gap.state) for gap in gaps(series, 2013)] == [(1, "void")]


def test_s_24_a_void_number_says_why_and_what_bears_one_gives_it_up_itself(bench, series):
    number = reserve(series, LAST, "会议材料", bench.actor(CLERK))
    assert refused(lambda: bench.act(CLERK, number, "void", note=" ")) == {("S-24", "note")}
    bench.act(CLERK, number, "void", note="会议取消")
    assert (number.state, number.reason) == ("void", "会议取消")
    holder = bench.signed()
    borne = given(bench, series, holder)
    assert refused(lambda: bench.act(CLERK, borne, "void", note="x")) == {("S-24", "")}
    act(borne, "void", bench.actor(CLERK), note="错登", by=holder)
    assert (borne.state, borne.holder) == ("void", holder)


def test_an_ended_series_gives_no_number(bench, series):
    bench.act(CLERK, series, "end")
    assert refused(lambda: reserve(series, LAST, "会议材料", bench.actor(CLERK))) == {("S-27", "")}
    with pytest.raises(ValueError, match="ended"):
        given(bench, series, bench.signed())
