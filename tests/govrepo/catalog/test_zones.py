"""Zones bound the values of blocks of rows; pages found through them equal all others (design.md sect. 6)."""

import random

import pytest

from govrepo.catalog import Any, Eq, Or, Range, planner
from govrepo.catalog.planner import Way
from govrepo.catalog.zones import BLOCK_BITS, MISSING, Zones, rank_of
from tests.govrepo.catalog.samples import FACETED, enter, letters_of, make_site, uids


def test_a_block_reaches_as_far_as_its_rows_ever_did():
    zones = Zones(["day"])
    for row, value in ((1, 5), (2, 3), (3, None), (1 << BLOCK_BITS, 9), (2, 4)):
        zones.widen("day", row, value)
    assert dict(zones.by_index["day"]) == {0: (MISSING, (True, 5)), 1: ((True, 9), (True, 9))}
    assert [rank for rank, _rows in zones.furthest("day", reverse=True)] == [(True, 9), (True, 5)]
    assert [rows.start for _rank, rows in zones.furthest("day", reverse=False)] == [0, 1 << BLOCK_BITS]
    assert rank_of(None) < rank_of(0) < rank_of(1)


@pytest.fixture
def register(monkeypatch):
    """Letters whose order has little to do with their arrival, in blocks of eight; walks give up at once."""
    monkeypatch.setattr("govrepo.catalog.zones.BLOCK_BITS", 3)
    monkeypatch.setattr(planner, "HURRY", 5)
    monkeypatch.setattr(planner.sets, "SMALL", 0)
    found = letters_of(make_site(FACETED), FACETED)
    draw = random.Random(7)  # noqa: S311 - repeatable orders, no secret
    orders = [draw.choice([None, *range(60)]) for _ in range(200)]
    letters = enter(found, 200, box=lambda number: f"b{number % 7}", tags=lambda number: (f"t{number % 3}",))
    for letter, order in zip(letters, orders, strict=True):
        letter.order = order
        found.changed(letter)
    found.drain()
    return found


QUERIES = [
    Eq("box", "b3"),
    Any("box", ["b1", "b2"]) & Eq("tags", "t1"),
    Or((Eq("box", "b4"), Eq("tags", "t2"))) & Range("order", 10, 40),
    ~Eq("box", "b5") & Eq("state", "pending"),
]


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("query", QUERIES)
def test_every_page_equals_that_of_the_sorted_set(register, query, reverse, monkeypatch):
    pages, after = [], None
    while True:
        page = register.query(query, sort="order", reverse=reverse, limit=7, after=after)
        pages += uids(page)
        if page.next_key is None:
            break
        after = page.next_key
    monkeypatch.setattr(planner, "_narrowing", lambda *_args: ())
    assert pages == uids(register.query(query, sort="order", reverse=reverse, limit=5000))
    assert len(pages) > 7


def test_the_way_is_told(register):
    plan = register.explain(Eq("box", "b3"), sort="order", reverse=True, limit=7)
    assert plan.taken is Way.ZONES
    assert plan.tested < 200
    assert "逐块" in str(plan.why)


def test_a_register_without_bitmaps_goes_the_other_ways():
    register = letters_of(make_site())
    enter(register, 3)
    assert register.data.main.zones is None
    assert uids(register.query(Eq("box", "b1"), sort="order")) == ["l0", "l1", "l2"]
