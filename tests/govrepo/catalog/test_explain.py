"""What is explained is what is done."""

import pytest

from govrepo.catalog import EVERYTHING, All, Any, Eq, Not, Range, UnknownIndexError, planner, sets
from govrepo.catalog.counting import CountedBy
from govrepo.catalog.explain import COUNTS, WAYS, words
from govrepo.catalog.planner import Way
from govrepo.i18n import plain
from tests.govrepo.catalog.samples import enter


@pytest.fixture
def register(register):
    enter(register, 200, box=lambda n: f"b{n % 3}", tags=lambda n: [f"t{n % 7}"])
    return register


def test_few_rows_are_tested(register):
    plan = register.explain(Eq("box", "b1") & Range("order", 0, 9), sort="order", reverse=True, limit=2)
    assert (plan.decided, plan.taken, plan.tested, plan.shown) == (Way.TEST, Way.TEST, 10, 2)
    assert [(term.words, term.size, term.exact) for term in plan.terms] == [
        ("Eq box", 67, True),
        ("Range order", 10, True),
    ]
    assert plain(plan.why) == "最小的条件只有 10 行，不多于 2000 行：逐行核对再排序最省。"
    assert plan.counted is CountedBy.SET


def test_many_rows_are_walked(register, monkeypatch):
    monkeypatch.setattr(sets, "SMALL", 20)
    plan = register.explain(Eq("box", "b1"), sort="order", reverse=True, limit=10)
    assert (plan.decided, plan.taken, plan.tested, plan.shown) == (Way.WALK, Way.WALK, 31, 10)
    assert plain(plan.why) == "每个条件都多于 20 行：沿排序索引走，凑满一页即止。"
    assert (plain(plan.way_words), plain(plan.counted_words)) == ("沿排序索引走", "行的集合")


def test_a_walk_that_gave_up_is_told(register, monkeypatch):
    monkeypatch.setattr(sets, "SMALL", 20)
    monkeypatch.setattr(planner, "PATIENCE", 25)
    plan = register.explain(Eq("box", "b1") & Eq("tags", "t3"), sort="order", limit=10)
    assert (plan.decided, plan.taken, plan.tested) == (Way.WALK, Way.SORT, 25 + 10)
    assert plain(plan.why).startswith("沿排序索引核对了 25 行还凑不满一页")


def test_a_query_without_sizes_is_walked(register):
    plan = register.explain(Not(Eq("box", "b1")), sort="order", limit=5)
    assert plan.taken is Way.WALK
    assert [(term.words, term.size, term.exact) for term in plan.terms] == [("Not (Eq box)", None, False)]
    assert plain(plan.why).startswith("没有能估计行数的条件")
    assert register.explain(EVERYTHING, sort="order").terms == ()


def test_sizes_are_told_to_a_bound(register, monkeypatch):
    monkeypatch.setattr("govrepo.catalog.explain.LARGEST_GUESS", 50)
    (term,) = register.explain(Eq("box", "b1"), sort="order").terms
    assert (term.size, term.exact) == (50, False)


def test_values_are_never_told():
    secret = "某人的处分"
    query = (Eq("title", secret) | Any("tags", [secret])) & ~All("tags", [secret]) & Range("title", secret)
    assert words(query) == "And (Or (Eq title, Any tags), Not (All tags), Range title)"


def test_every_way_has_words():
    assert set(WAYS) == set(Way)
    assert set(COUNTS) == set(CountedBy)


def test_an_explanation_refuses_what_a_query_refuses(register):
    with pytest.raises(UnknownIndexError):
        register.explain(EVERYTHING, sort="tags")
    with pytest.raises(ValueError, match="a page holds"):
        register.explain(EVERYTHING, sort="order", limit=0)
