"""Number series (S-23, S-24): one code once in a box, gaps told, a year closed when nothing is left open in it."""

import pytest

from content_types.number_series import Closing, SeriesKind
from govrepo import clock
from policies.engine import Act
from policies.number import allot, reserve
from policies.number_series import begin, found_series, gaps, series_of, years
from tests.policies.bench import local
from tests.policies.test_inspection import refused
from tests.policies.test_number import CLERK, LAST


@pytest.fixture
def series(bench):
    return begin(bench.box("gd-office"), "厅收", SeriesKind.RECEIPT, bench.actor(CLERK))


def test_s_23_a_code_stands_once_in_a_box(bench, series):
    box, actor = bench.box("gd-office"), bench.actor(CLERK)
    assert refused(lambda: found_series(box, "abc", "no", actor)) == {("S-23", "kind"), ("S-23", "code")}
    assert refused(lambda: found_series(box, "厅收", "document", actor)) == {("S-23", "code")}
    assert refused(lambda: found_series(box, "粤办函", "document", bench.actor("zh2.receiver"))) == {("S-23", "")}
    made = found_series(box, "粤办函", "document", actor)
    assert series_of(box) == [made, series]


def test_a_gap_is_what_nothing_bears(bench, series):
    for each in ("会议一", "会议二"):
        reserve(series, LAST, each, bench.actor(CLERK))
    del series["2013"]["2"]
    bench.act(CLERK, series.number(2013, 1), "void", note="取消")
    assert [(gap.sequence, gap.state) for gap in gaps(series, 2013)] == [(1, "void"), (2, "missing")]


def test_a_year_is_closed_once_after_its_end_with_nothing_left_open(bench, series):
    holder = bench.signed()
    allot(series, holder, Act(holder, bench.actor(CLERK), clock.now()))
    number = reserve(series, LAST, "会议", bench.actor(CLERK))
    assert refused(lambda: bench.act(CLERK, series, "close_year", year=2013)) >= {("S-24", "year")}
    clock.travel(local("2014-01-06 09:00"))
    assert refused(lambda: bench.act(CLERK, series, "close_year", year=2013)) == {("S-27", "year")}
    assert refused(lambda: bench.act(CLERK, series, "close_year", year="2013")) == {("S-24", "year")}
    bench.act(CLERK, number, "void", note="未用")
    bench.act(CLERK, series, "close_year", year=2013)
    assert series.closings[2013] == Closing(last=2, taken=1, void=1)
    assert refused(lambda: bench.act(CLERK, series, "close_year", year=2013)) == {("S-24", "year")}
    assert years(series) == [2013]


def test_a_series_ends_and_goes_on(bench, series):
    bench.act(CLERK, series, "end")
    bench.act(CLERK, series, "resume")
    assert series.state == "active"


def test_r_24_3_a_series_of_documents_is_flagged_and_the_flag_explained_away(bench, series):
    box, actor = bench.box("gd-government"), bench.actor(CLERK)
    made = found_series(box, "粤府", "document", actor, leader_recheck=True)
    assert made.leader_recheck
    assert refused(lambda: found_series(box, "府收", "receipt", actor, leader_recheck=True)) == {
        ("R-24.3", "leader_recheck")
    }
    assert refused(lambda: bench.act(CLERK, made, "ask_leader")) == {("R-24.3", "")}
    assert refused(lambda: bench.act(CLERK, made, "waive_leader", note=" ")) == {("R-24.3", "waiver")}
    bench.act(CLERK, made, "waive_leader", note="依据厅办〔2013〕3号")
    assert not made.leader_recheck
    assert refused(lambda: bench.act(CLERK, made, "waive_leader", note="x")) == {("R-24.3", "")}
    bench.act(CLERK, made, "ask_leader")
    assert made.leader_recheck
    assert refused(lambda: bench.act(CLERK, series, "ask_leader")) == {("R-24.3", "")}
