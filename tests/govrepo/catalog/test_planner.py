"""Whatever plan is taken, the page is the same; and the plan taken is the cheap one."""

import pytest

from govrepo.catalog import EVERYTHING, Any, Eq, Not, Range, planner, sets
from govrepo.catalog.planner import Order, Way, decide, matching, page
from govrepo.catalog.walk import rank
from tests.govrepo.catalog.samples import enter

COUNT = 200
QUERIES = [
    EVERYTHING,
    Eq("box", "b1"),
    Eq("box", "b1") & Eq("tags", "t3"),
    Any("box", ["b1", "b2"]) & Range("order", 20, 150),
    Range("day", 2, 4),
    Not(Eq("box", "b0")),
    Range("order", 10) & Range("order", high=20),
]


@pytest.fixture
def main(register):
    enter(
        register,
        COUNT,
        box=lambda n: f"b{n % 3}",
        tags=lambda n: [f"t{n % 7}"],
        day=lambda n: n % 11 if n % 5 else None,
    )
    return register.data.main


@pytest.fixture(params=["set", "walk", "walk that gives up"])
def plan(request, monkeypatch):
    monkeypatch.setattr(sets, "SMALL", 2000 if request.param == "set" else 0)
    monkeypatch.setattr(planner, "PATIENCE", 3 if request.param == "walk that gives up" else 20_000)


def newest(limit, after=None, sort="order"):
    return Order(sort, reverse=True, limit=limit, after=after)


def brute(main, query, order, hidden):
    test = query.tester(main.column)
    keys = [(main.reverse(order.sort)[row], row) for row in main.rows if test(row) and row not in hidden]
    keys.sort(key=rank, reverse=order.reverse)
    return [key for key in keys if order.beyond(key)][: order.limit + 1]


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("sort", ["order", "day", "box"])
@pytest.mark.parametrize("query", QUERIES, ids=str)
@pytest.mark.usefixtures("plan")
def test_every_plan_gives_the_same_page(main, query, sort, reverse):
    hidden = {2, 5, 77}
    after = None
    for _ in range(40):
        order = Order(sort, reverse, 10, after)
        found = page(main, query, order, hidden)
        assert found.keys == brute(main, query, order, hidden)
        if len(found.keys) <= order.limit:
            break
        after = found.keys[order.limit - 1]


def count_tests(monkeypatch):
    """How many rows a walk has tested."""
    walks = []

    class Watched(planner._Fitting):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            walks.append(self)

    monkeypatch.setattr(planner, "_Fitting", Watched)
    return lambda: [walk.tested for walk in walks]


def test_few_candidates_are_sorted_without_a_walk(main, monkeypatch):
    tested = count_tests(monkeypatch)
    found = page(main, Eq("box", "b1"), newest(10), set())
    assert tested() == []
    assert (found.way, found.tested, found.total) == (Way.TEST, 67, 67)


def test_many_candidates_are_walked_no_further_than_the_page(main, monkeypatch):
    monkeypatch.setattr(sets, "SMALL", 10)
    tested = count_tests(monkeypatch)
    found = page(main, Eq("box", "b1"), newest(10), set())
    assert tested() == [31]
    assert (found.way, found.tested, found.total) == (Way.WALK, 31, None)
    page(main, Eq("box", "b1"), newest(10, found.keys[9]), set())
    assert tested() == [31, 33]


def test_a_walk_visits_only_the_range_of_its_index(main, monkeypatch):
    monkeypatch.setattr(sets, "SMALL", 0)
    tested = count_tests(monkeypatch)
    page(main, Range("order", 50, 59), newest(50), set())
    assert tested() == [10]


def test_a_walk_in_vain_gives_up(main, monkeypatch):
    monkeypatch.setattr(sets, "SMALL", 10)
    monkeypatch.setattr(planner, "PATIENCE", 25)
    tested = count_tests(monkeypatch)
    found = page(main, Eq("box", "b1") & Range("order", high=4), newest(10, sort="day"), set())
    assert tested() == []  # Five rows by the range: no walk at all.
    found = page(main, Eq("box", "b1") & Eq("tags", "t3"), newest(10), set())
    assert tested() == [25]
    assert (found.way, found.tested) == (Way.SORT, 25 + found.total)
    assert found.total == len(matching(main, Eq("box", "b1") & Eq("tags", "t3")))


def test_the_decision_is_made_before_anything_is_read(main, monkeypatch):
    assert decide(main, Eq("box", "b1"), newest(10)).way is Way.TEST
    monkeypatch.setattr(sets, "SMALL", 10)
    walk = decide(main, Eq("box", "b1"), newest(10))
    assert (walk.way, walk.smallest, walk.patience) == (Way.WALK, 67, planner.PATIENCE)
    endless = decide(main, Not(Eq("box", "b1")), newest(10))
    assert (endless.way, endless.smallest, endless.patience) == (Way.WALK, sets.UNKNOWN, None)
