import pytest

from govrepo.catalog import EVERYTHING, All, And, Any, Eq, Not, Or, Range
from govrepo.catalog import sets as under_test
from govrepo.catalog.sets import UNKNOWN, length, postings, rows, size
from tests.govrepo.catalog.samples import LETTERS, enter

COUNT = 60
QUERIES = [
    EVERYTHING,
    Eq("box", "b1"),
    Eq("box", "nowhere"),
    Eq("day", None),
    Eq("tags", "t2"),
    Any("box", ["b0", "b2", "nowhere"]),
    Any("tags", ["t0", "t1"]),
    All("tags", ["t0", "all"]),
    All("tags", []),
    Range("order", 10, 19),
    Range("day"),
    Range("day", low=3),
    Range("day", high=3),
    Range("order", high=3),
    Not(Eq("box", "b1")),
    Or((Eq("box", "b1"), Range("order", 0, 5))),
    Eq("box", "b1") & Not(Eq("tags", "t0")) & Range("order", 5, 50),
    Not(Eq("box", "b1")) & Not(Eq("tags", "t0")),
    And((Eq("tags", "all"), Or((Eq("box", "b0"), Eq("box", "b1"))))),
]


@pytest.fixture
def main(register):
    enter(
        register,
        COUNT,
        box=lambda n: f"b{n % 3}",
        tags=lambda n: ["all", f"t{n % 4}"],
        day=lambda n: n % 7 if n % 5 else None,
    )
    return register.data.main


@pytest.mark.parametrize("small", [0, 5, 2000])
@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_sets_are_what_testing_each_row_gives(main, monkeypatch, query, small):
    monkeypatch.setattr(under_test, "SMALL", small)
    test = query.tester(main.column)
    assert list(rows(query, main)) == [row for row in main.rows if test(row)]


@pytest.mark.parametrize(
    ("query", "guess"),
    [
        (Eq("box", "b1"), 20),
        (Any("box", ["b0", "b1"]), 40),
        (Any("box", []), 0),
        (All("tags", ["all", "t1"]), 15),
        (All("tags", []), UNKNOWN),
        (Range("order", 10, 19), 10),
        (Not(Eq("box", "b1")), UNKNOWN),
        (EVERYTHING, UNKNOWN),
        (And((Eq("box", "b1"), Not(Eq("box", "b2")))), 20),
        (Or((Eq("box", "b1"), Eq("tags", "t1"))), 35),
        (Or((Eq("box", "b1"), Not(Eq("tags", "t1")))), UNKNOWN),
    ],
    ids=str,
)
def test_sizes_are_guessed_from_postings(main, query, guess):
    assert size(query, main) == guess


def test_guesses_stop_at_their_bound(main):
    assert size(Eq("tags", "all"), main, 10) == 11
    assert size(Any("box", ["b0", "b1"]), main, 25) == 26
    assert size(Range("order"), main, 10) == 11


def test_lengths_are_exact_up_to_the_bound(main):
    assert length(main.rows, COUNT) == COUNT
    assert length(main.rows, COUNT - 1) == COUNT
    assert length(main.rows, 3) == 4


def test_what_has_no_postings_says_so(main):
    with pytest.raises(TypeError, match="no postings"):
        postings(Not(Eq("box", "b1")), main)


def test_rows_are_those_of_the_declaration(main):
    assert set(main.catalog) == {index.name for index in LETTERS.indexes}
