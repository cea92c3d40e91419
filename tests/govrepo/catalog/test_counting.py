"""Counts, facets and totals are those of plain counting, whatever they rest on."""

from collections import Counter

import pytest

from govrepo.catalog import EVERYTHING, All, And, Any, Eq, Not, Or, Range, Total, counting, sets
from govrepo.catalog.counting import CountedBy, counted_by
from tests.govrepo.catalog.samples import FACETED, LETTERS, Letter, enter, letters_of, make_site

COUNT = 150
NAMES = ("box", "state", "day", "tags")
QUERIES = [
    EVERYTHING,
    Eq("box", "b1"),
    Eq("box", "nowhere"),
    Eq("state", "s1"),
    Eq("day", None),
    Any("box", ["b1", "b2"]) & Range("order", 20, 130),
    Range("day", 2, 7),
    Range("day"),
    Range("order", 100),
    Any("box", []),
    Any("tags", ["t1", "t2"]),
    Eq("tags", "t1"),
    All("tags", ["common", "t3"]),
    All("tags", []),
    Not(Eq("box", "b0")),
    Not(Eq("state", "s0")) & Eq("box", "b1") & Range("day", 1),
    Eq("box", "b1") | Eq("state", "s2"),
    Or(()),
    Or((Eq("box", "b1"), And((Eq("box", "b2"), Not(Eq("day", None)))))),
]


@pytest.fixture(params=[LETTERS, FACETED], ids=["sets", "bitmaps"])
def empty(request):
    return letters_of(make_site(request.param), request.param)


@pytest.fixture
def register(empty):
    """Some entries folded, some of those changed or removed, some new ones pending."""
    register = empty
    letters = enter(
        register,
        COUNT,
        box=lambda n: f"b{n % 3}",
        state=lambda n: f"s{n % 4}",
        tags=lambda n: ["common", f"t{n % 7}"] if n % 10 else (),
        day=lambda n: n % 11 if n % 5 else None,
    )
    for letter in letters[::13]:
        letter.box, letter.tags = "b9", ["t1"]
        register.changed(letter)
    for letter in letters[5::17]:
        register.removed(letter)
    for number in range(9):
        register.changed(Letter(f"new{number}", box=f"b{number % 4}", state="s1", order=900, tags=["t1", "t2"], day=3))
    return register


@pytest.fixture(params=[2000, 0], ids=["small", "large"])
def small(request, monkeypatch):
    monkeypatch.setattr(sets, "SMALL", request.param)


def everything(register):
    return register.query(sort="order", limit=1000).objects


def expected(register, query):
    columns = register.declaration.columns(register.declaration.values)
    return list(filter(query.tester(columns), everything(register)))


@pytest.mark.parametrize("query", QUERIES, ids=str)
@pytest.mark.usefixtures("small")
def test_counts_and_facets_are_those_of_plain_counting(register, query):
    found = expected(register, query)
    assert register.count(query) == len(found)
    values = [register.declaration.values(letter) for letter in found]
    assert register.facets(query, NAMES) == {
        "tags": Counter(tag for each in values for tag in each["tags"]),
        **{name: Counter(each[name] for each in values) for name in ("box", "state", "day")},
    }


@pytest.mark.parametrize(("name", "absent"), [("box", "nowhere"), ("state", "none"), ("day", 99)])
def test_counts_of_single_values_are_those_of_the_facet(register, name, absent):
    found = register.facets(EVERYTHING, [name])[name]
    assert register.counts(name, [*found, absent]) == {**found, absent: 0}


@pytest.mark.parametrize("bound", [0, 10, 60, 10_000])
@pytest.mark.parametrize("query", QUERIES, ids=str)
@pytest.mark.usefixtures("small")
def test_a_total_is_exact_or_truly_more_than_it_says(register, query, bound):
    number = len(expected(register, query))
    total = register.total(query, bound)
    if total.exact:
        assert total.count == number
    else:
        assert total.count <= bound
        assert total.count < number


def test_what_a_count_rests_on(register, monkeypatch):
    main, bitmaps = register.data.main, register.data.main.bitmaps is not None
    assert counted_by(main, EVERYTHING) is CountedBy.SIZE
    assert counted_by(main, Eq("box", "b1")) is CountedBy.SET
    monkeypatch.setattr(sets, "size", lambda *_arguments: sets.UNKNOWN)
    assert counted_by(main, Eq("box", "b1")) is (CountedBy.BITMAP if bitmaps else CountedBy.SET)
    mixed = Eq("box", "b1") & Not(Eq("state", "s0"))
    assert counted_by(main, mixed) is (CountedBy.MIXED if bitmaps else CountedBy.SET)


def test_large_totals_are_exact_by_bitmaps_and_bounded_by_sets(empty):
    register = empty
    enter(register, 2500, box=lambda _n: "big", state=lambda _n: "all")
    bitmaps = register.data.main.bitmaps is not None
    assert register.total(Eq("box", "big"), 100) == (Total(2500, exact=True) if bitmaps else Total(100, exact=False))
    assert register.total(Eq("state", "all"), 100) == Total(100, exact=False)
    assert register.total(Eq("state", "all") & Eq("box", "big"), 100) == Total(100, exact=False)
    assert register.total(Eq("state", "all"), 5000) == Total(2500, exact=True)


@pytest.mark.parametrize(
    ("edge", "total"),
    [
        (1250, Total(30, exact=False)),  # The bound is passed.
        (15, Total(10, exact=False)),  # The patience is over: at least 15 fit.
        (1, Total(2, exact=True)),  # Nearly nothing fits: the set is built after all.
    ],
)
def test_a_bounded_total_is_what_its_first_rows_prove(empty, monkeypatch, edge, total):
    """Only the first and last rows of 2,500 fit; 60 are tested for a bound of 30, from whichever end."""
    for number in range(2500):
        letter = Letter(f"l{number}", state="fits" if number < edge or number >= 2500 - edge else "other")
        empty.data.main.put(letter.uid, letter, empty.declaration.values(letter))
    monkeypatch.setattr(sets, "SMALL", 10)
    query = Eq("box", "b1") & Not(Eq("state", "other"))
    assert empty.total(query, 30) == total
    assert empty.total(query, 5000) == Total(2 * edge, exact=True)


def test_an_unknown_kind_of_query_has_no_bitmap(register):
    with pytest.raises(TypeError, match="no bitmap"):
        counting._of_facet(EVERYTHING, register.data.main.bitmaps)
