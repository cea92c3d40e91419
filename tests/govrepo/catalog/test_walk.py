from itertools import islice

import pytest
from BTrees.IFBTree import IFTreeSet
from BTrees.OOBTree import OOBTree
from hypothesis import given
from hypothesis import strategies as st

from govrepo.catalog import walk
from govrepo.catalog.walk import MAX_ROW, Span, ascending, descending, rank

NUMBERS = st.one_of(st.none(), st.integers(-5, 5))
TEXTS = st.one_of(st.none(), st.text("ab\0\U0010fffe", max_size=3))


def forward_of(values):
    forward = OOBTree()
    for row, value in enumerate(values, start=1):
        forward.setdefault(value, IFTreeSet()).insert(row)
    return forward


def expected(values, span, after, reverse):
    keys = sorted(((v, row) for row, v in enumerate(values, start=1) if span.holds(v)), key=rank, reverse=reverse)
    if after is None:
        return keys
    return [key for key in keys if (rank(key) < rank(after) if reverse else rank(key) > rank(after))]


@pytest.mark.parametrize("kind", [NUMBERS, TEXTS], ids=["numbers", "texts"])
def test_a_walk_gives_what_sorting_gives(kind):
    @given(
        values=st.lists(kind, max_size=30),
        low=kind,
        high=kind,
        ranged=st.booleans(),
        after=st.one_of(st.none(), st.tuples(kind, st.integers(1, 31))),
    )
    def check(values, low, high, ranged, after):
        span = Span(low, high, missing=False) if ranged else Span()
        forward = forward_of(values)
        assert list(ascending(forward, span, after)) == expected(values, span, after, reverse=False)
        assert list(descending(forward, span, after)) == expected(values, span, after, reverse=True)

    check()


def test_nothing_is_found_in_an_empty_index():
    assert list(ascending(OOBTree(), Span(), None)) == []
    assert list(descending(OOBTree(), Span(), None)) == []


def test_rows_reach_to_the_end_of_the_32_bit_family():
    forward = forward_of([])
    forward[1] = IFTreeSet([1, MAX_ROW - 1])
    assert list(descending(forward, Span(), None)) == [(1, MAX_ROW - 1), (1, 1)]


@given(
    st.lists(st.one_of(st.integers(0, 2000), st.integers(0, 10**15)), unique=True, max_size=50), st.integers(0, 2500)
)
def test_windows_fit_dense_and_scattered_numbers_alike(scattered, low):
    """A thousand numbers in a row, as after a bulk import, among others that lie far apart, as microseconds do."""
    values = sorted({*scattered, *range(10**9, 10**9 + 1000)})
    forward = forward_of(values)
    for span in (Span(), Span(low=low, missing=False), Span(high=10**9 + 700, missing=False)):
        keys = expected(values, span, None, reverse=True)
        assert list(descending(forward, span, None)) == keys
        assert list(descending(forward, span, keys[500])) == keys[501:]


def test_a_walk_reads_little_more_than_it_gives(monkeypatch):
    read = []
    window = walk._window
    monkeypatch.setattr(walk, "_window", lambda *arguments: read.append(window(*arguments)) or read[-1])
    forward = forward_of(range(10_000))
    assert len(list(islice(descending(forward, Span(), None), 50))) == 50
    assert sum(len(values) for values, _width in read) < 100
