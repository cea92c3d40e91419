"""A question says the same to the catalog and to the text index (domain.md part 6)."""

from datetime import date

from govrepo.catalog import Any, Eq, Or, Range
from policies.item_text import place
from policies.question import Question, Wanted, catalog_query

TOKENS = ("box:a", "carrier:a", "person:p1", "receiver@unit:a")


def test_without_anything_it_asks_for_what_the_person_may_read():
    question = Question(Wanted(), TOKENS)
    assert question.query().terms == (Any("token", TOKENS),)
    narrowed = question.narrowed(("d1",))
    assert (narrowed.tokens, narrowed.groups, narrowed.low, narrowed.high, narrowed.without) == (
        TOKENS,
        (),
        None,
        None,
        ("d1",),
    )


def test_days_bound_both():
    day = date(2013, 1, 5)
    question = Question(Wanted(since=day, until=day), TOKENS)
    assert question.query().terms[-1] == Range("order", day.toordinal(), day.toordinal())
    narrowed = question.narrowed(())
    assert narrowed.low <= place(day.toordinal(), 1) <= narrowed.high < place(day.toordinal() + 1, 0)
    assert Question(Wanted(since=day), TOKENS).narrowed(()).high is None
    assert Question(Wanted(until=day), TOKENS).query().terms[-1] == Range("order", None, day.toordinal())


def test_facets_are_any_of_their_values():
    question = Question(Wanted(facets={"kind": ("通知", "函"), "year": ()}), TOKENS)
    assert question.narrowed(()).groups == ({"facet": ("kind=通知", "kind=函")},)
    assert question.query().terms[1] == Or((Any("token", ()), Eq("kind", "通知"), Eq("kind", "函")))


def test_where_it_is_held_is_told_by_tokens():
    question = Question(Wanted(facets={"register": ("incoming", "office", "nonsense")}), TOKENS)
    assert question.narrowed(()).groups == ({"token": ("box:a",), "facet": ("register=office",)},)
    assert question.held() == {
        "outgoing": {"token": ("carrier:a",)},
        "incoming": {"token": ("box:a",)},
        "assigned": {"token": ("person:p1",)},
    }
    assert Question(Wanted(), ("person:p1",)).held() == {"assigned": {"token": ("person:p1",)}}
    assert catalog_query({"token": ("box:a",)}) == Or((Any("token", ("box:a",)),))


def test_more_narrows_once_more():
    assert Question(Wanted(), TOKENS).narrowed((), {"token": ("box:a",)}).groups == ({"token": ("box:a",)},)
