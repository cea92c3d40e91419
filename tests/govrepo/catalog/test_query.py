import pytest

from govrepo.catalog import EVERYTHING, All, And, Any, Eq, Not, Or, Range
from govrepo.catalog.query import Column, conjuncts

ENTRY = {"box": "b1", "order": 5, "day": None, "tags": ("a", "b")}


def holds(query, entry=ENTRY):
    return query.tester(lambda name: Column(lambda key: key.get(name), keyword=name == "tags"))(entry)


@pytest.mark.parametrize(
    "query",
    [
        EVERYTHING,
        Eq("box", "b1"),
        Eq("day", None),
        Eq("tags", "a"),
        Any("box", ["b1", "b2"]),
        Any("tags", ["x", "b"]),
        All("tags", ["a", "b"]),
        All("tags", []),
        All("box", ["b1"]),
        Range("order", 5, 5),
        Range("order"),
        Range("order", low=5),
        Range("order", high=5),
        Not(Eq("box", "b2")),
        ~Eq("box", "b2"),
        Eq("box", "b1") & Eq("order", 5),
        Eq("box", "b1") & Eq("order", 5) & Eq("tags", "a"),
        Eq("box", "b2") | Eq("order", 5),
    ],
)
def test_queries_that_hold(query):
    assert holds(query)
    assert not holds(Not(query))


@pytest.mark.parametrize(
    "query",
    [
        Eq("box", "b2"),
        Eq("tags", "x"),
        Any("box", []),
        Any("tags", ["x"]),
        All("tags", ["a", "x"]),
        All("box", ["b1", "b2"]),
        Range("order", 6),
        Range("order", high=4),
        Range("day"),
        Eq("box", "b1") & Eq("order", 6),
        Or(),
    ],
)
def test_queries_that_do_not_hold(query):
    assert not holds(query)


def test_an_entry_without_keywords_holds_none():
    assert not holds(Eq("tags", "a"), {})
    assert not holds(Any("tags", ["a"]), {})
    assert not holds(All("tags", ["a"]), {})


def test_keywords_have_no_range():
    with pytest.raises(TypeError, match="no ranges"):
        holds(Range("tags", "a", "b"))


def test_one_text_is_not_several_values():
    with pytest.raises(TypeError, match="several values"):
        Any("box", "b1")


def test_queries_are_values():
    assert Any("box", ["a"]) == Any("box", ("a",))
    assert len({Eq("a", 1) & Eq("b", 2), Eq("a", 1) & Eq("b", 2)}) == 1


def test_conjunctions_are_laid_open():
    one, two, three = Eq("a", 1), Eq("b", 2), Eq("c", 3)
    assert conjuncts(And((one, And((two, three))))) == (one, two, three)
    assert (one & two & three).terms == (one, two, three)
