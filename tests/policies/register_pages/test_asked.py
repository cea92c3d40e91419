"""A register page as somebody asked for it: rows, order, counts, words; pages whose rows are made (domain.md part 6)."""

from typing import NamedTuple

import pytest

from govrepo.catalog import EVERYTHING
from policies.permissions import Permission as P
from policies.register_pages import PAGES
from policies.register_pages.asked import UnknownSortError, ask
from policies.register_pages.declaration import Column, RegisterPage, Visible
from policies.register_pages.filters import Choice


class Line(NamedTuple):
    name: str
    rank: int


LINES = [Line("a", 2), Line("b", 1), Line("a", 3)]
MADE = RegisterPage(
    "made",
    "t",
    "t",
    (Column("名", lambda line: line.name), Column("次", lambda line: line.rank, sort="rank")),
    (Choice("name", "名", "name"),),
    "rank",
    (Visible(P.SITE_VIEW, lambda _actor, _root, _permission: EVERYTHING),),
    made=lambda _asked: LINES,
)


def registry(bench, **params):
    return ask(PAGES["deliveries"], bench.actor("office.registry1"), bench.root, params)


def test_rows_come_in_order_and_in_pieces(bench, monkeypatch):
    monkeypatch.setattr("policies.register_pages.asked.BATCH", 2)
    made = [bench.delivery(number=f"江府〔2013〕{place}号") for place in range(1, 6)]
    asked = registry(bench, sort="available")
    assert list(asked.all_rows()) == made
    first = asked.rows(2)
    assert asked.rows(2, first.next_key).rows == tuple(made[2:4])
    assert (asked.total.count, asked.total.exact) == (5, True)
    with pytest.raises(ValueError, match="x"):
        asked.rows(2, ("x", 1))


def test_the_order_is_one_that_the_page_has(bench):
    with pytest.raises(UnknownSortError):
        registry(bench, sort="uid")
    assert registry(bench, sort="-signed").sort == "-signed"
    assert registry(bench).sort == "-order"


def test_who_may_not_see_it_asks_for_nothing(bench):
    assert ask(PAGES["deliveries"], bench.actor("auditor"), bench.root, {}) is None


def test_a_filter_in_error_is_told_and_left_out(bench):
    bench.delivery()
    asked = registry(bench, q="春", urgency="plain", page="x")
    assert set(asked.errors) == {"q"}
    assert set(asked.terms) == {"urgency"}
    assert dict(asked.given) == {"q": "春", "urgency": "plain"}
    assert [(str(label), str(said)) for label, said in asked.in_words()] == [("紧急程度", "平件")]


def test_a_choice_is_counted_under_all_other_filters_and_keeps_what_was_chosen(bench):
    bench.delivery(number="江府〔2013〕1号")
    bench.delivery(number="江府〔2013〕2号", urgency="urgent")
    values = registry(bench, urgency="plain", from_unit="foshan").values()
    assert [(each.value, each.number) for each in values["from_unit"]] == [("jiangmen", 1), ("foshan", 0)]
    assert values["urgency"][0][:2] == ("plain", "平件")
    assert [each.number for each in registry(bench, urgency="plain").values()["urgency"]] == [1, 1]


def test_a_choice_offers_what_occurs_most_often(bench, monkeypatch):
    monkeypatch.setattr("policies.register_pages.asked.MOST_VALUES", 1)
    asked = ask(MADE, bench.actor("jm.clerk"), bench.root, {})
    assert [(each.value, each.number) for each in asked.values()["name"]] == [("a", 2)]
    asked = ask(MADE, bench.actor("jm.clerk"), bench.root, {"name": "b"})
    assert [(each.value, each.number) for each in asked.values()["name"]] == [("a", 2), ("b", 1)]


def test_made_rows_are_filtered_sorted_counted_and_paged_like_others(bench):
    asked = ask(MADE, bench.actor("jm.clerk"), bench.root, {"name": "a", "sort": "-rank"})
    assert asked.rows(5).rows == (LINES[2], LINES[0])
    first = asked.rows(1)
    assert asked.rows(1, first.next_key).rows == (LINES[0],)
    assert asked.total.count == 2
    assert ask(MADE, bench.actor("jm.clerk"), bench.root, {}).rows(5).rows == (LINES[1], LINES[0], LINES[2])
