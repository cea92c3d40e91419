"""Times are kept in memory and tell no values."""

from types import SimpleNamespace

import pytest

from govrepo.catalog import EVERYTHING, Eq, Register
from govrepo.catalog.counting import CountedBy
from govrepo.catalog.planner import Way
from govrepo.catalog.timing import SLOW_KEPT, WINDOW, Timing, timing_of
from tests.govrepo.catalog.samples import enter


@pytest.fixture
def timed(register):
    """A register for which everything is slow."""
    enter(register, 30)
    return Register(register.data, register.declaration, Timing(slow_seconds=0))


def ask(timed):
    timed.query(Eq("box", "secret"), sort="order")
    timed.count(Eq("state", "secret") & Eq("box", "b1"))
    timed.total(EVERYTHING)
    timed.facets(Eq("box", "b1"), ["state"])


def test_each_kind_of_question_is_timed(timed):
    ask(timed)
    timed.count()
    times = timed.timing.times()
    assert [(each.act, each.number) for each in times] == [("count", 2), ("facets", 1), ("query", 1), ("total", 1)]
    assert all(0 < each.p50 <= each.p95 <= each.longest for each in times)


def test_slow_questions_are_kept_without_their_values(timed):
    ask(timed)
    slow = timed.timing.slowest()
    assert [each.seconds for each in slow] == sorted((each.seconds for each in slow), reverse=True)
    assert {each.act: each.terms for each in slow} == {
        "query": "Eq box",
        "count": "And (Eq state, Eq box)",
        "total": "And ()",
        "facets": "Eq box",
    }
    (page,) = [each for each in slow if each.plan is not None]
    assert (page.act, page.plan.taken, page.counted_words) == ("query", Way.TEST, None)
    assert {each.act: each.counted_words for each in slow if each.plan is None} == {
        "count": "行的集合",
        "total": "登记簿自己的件数",
        "facets": "行的集合",
    }
    assert "secret" not in repr(slow)


def test_a_quick_question_is_not_kept(timed):
    timed.timing.slow_seconds = 60
    ask(timed)
    assert timed.timing.slowest() == []


def test_a_register_without_times_answers_all_the_same(register):
    enter(register, 3)
    assert register.count() == 3


def test_the_window_slides():
    timing = Timing(slow_seconds=0)
    for _ in range(WINDOW + 5):
        timing.measured("count", lambda: 1, lambda _found: ("", CountedBy.SET))
    (times,) = timing.times()
    assert times.number == WINDOW + 5
    assert len(timing._seconds["count"]) == WINDOW
    assert len(timing.slow) == SLOW_KEPT


def test_the_setting_says_what_is_slow():
    registry = SimpleNamespace(govrepo_timings={}, govrepo_settings=SimpleNamespace(slow_query_ms=20))
    assert timing_of(registry, "letters").slow_seconds == 0.02
    assert timing_of(registry, "letters") is timing_of(registry, "letters")
    assert timing_of(SimpleNamespace(govrepo_timings={}), "letters").slow_seconds == 0.05
