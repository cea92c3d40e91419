"""A search as its address says it: read, changed, told, asked again with the rights of then (domain.md part 6)."""

from datetime import date

import pytest

from policies.question import Wanted
from policies.register_pages import PAGES
from policies.register_pages.asked import Asked
from policies.search_asked import RESULTS, BadDayError, Results, SearchAsked, ask_again, page_named, value_words


def test_an_address_is_read_and_written():
    asked = SearchAsked.of(
        [
            ("q", " 春运 "),
            ("kind", "通知"),
            ("kind", "通知"),
            ("kind", "函"),
            ("x", "y"),
            ("order", "best"),
            ("since", "2013-01-05"),
        ]
    )
    assert asked.wanted == Wanted("春运", {"kind": ("通知", "函")}, date(2013, 1, 5), None, "best")
    assert SearchAsked.of_address(asked.address) == asked
    assert asked
    assert not SearchAsked.of([("order", "best"), ("q", "  ")])
    assert SearchAsked.of([("order", "nonsense")]).order == "newest"
    head = SearchAsked.of([("q", "春运"), ("head", "yes")])
    assert head.wanted.head
    assert SearchAsked.of_address(head.address) == head


def test_a_value_is_added_and_taken_away():
    asked = SearchAsked.of([("q", "春运")]).toggled("kind", "函").toggled("register", "office").toggled("kind", "通知")
    assert dict(asked.facets) == {"register": ("office",), "kind": ("函", "通知")}
    assert asked.toggled("register", "office").toggled("kind", "函").pairs == [("q", "春运"), ("kind", "通知")]


@pytest.mark.parametrize(
    "days", [{"since": "x"}, {"until": "2013-02-30"}, {"since": "2013-01-06", "until": "2013-01-05"}]
)
def test_days_that_are_none_are_refused(days):
    with pytest.raises(BadDayError):
        _wanted = SearchAsked.of(days.items()).wanted


def test_it_is_told_in_words(bench):
    asked = SearchAsked.of([("q", "春运"), ("unit", "jiangmen"), ("register", "office"), ("until", "2013-01-05")])
    told = [
        (str(label), words.interpolate() if hasattr(words, "interpolate") else words)
        for label, words in asked.in_words(bench.root)
    ]
    assert told == [("检索词", "春运"), ("登记簿", "厅文登记簿"), ("发文单位", "江门市"), ("日期", "… – 2013-01-05")]
    assert value_words(bench.root, "unit", "某局") == "某局"
    assert value_words(bench.root, "urgency", "nonsense") == "nonsense"


def test_it_is_gone_through_in_pieces_with_the_rights_of_whoever_asks(bench, searching):
    for number in range(3):
        bench.act("jm.clerk", bench.draft(title="关于防汛的报告", number=f"江府〔2013〕{number + 22}号"), "submit")
    asked = SearchAsked.of([("q", "防汛")])
    results = Results(bench.root, bench.actor("jm.clerk"), asked)
    assert results.count == len(list(results.all_rows())) == 3
    first = results.rows(2)
    assert len(first.rows) == 2
    assert len(results.rows(2, first.next_key).rows) == 1
    assert Results(bench.root, bench.actor("gz.clerk"), asked).count == 0
    again = ask_again("search", bench.actor("jm.clerk"), bench.root, results.given)
    assert again == results
    assert [str(label) for label, _words in results.in_words()] == ["检索词"]


def test_what_is_too_much_for_relevance_comes_by_days(bench, searching, monkeypatch):
    monkeypatch.setattr("policies.search_asked.FURTHEST", 0)
    bench.act("jm.clerk", bench.draft(title="关于防汛的报告"), "submit")
    results = Results(bench.root, bench.actor("jm.clerk"), SearchAsked.of([("q", "防汛"), ("order", "best")]))
    assert results._wanted.order == "newest"
    assert len(results.rows(5).rows) == 1


def test_pages_by_name(bench):
    assert page_named("search") is RESULTS
    assert page_named("returns") is PAGES["returns"]
    assert isinstance(ask_again("returns", bench.actor("jm.clerk"), bench.root, {}), Asked)
    assert ask_again("nonsense", bench.actor("jm.clerk"), bench.root, {}) is None
