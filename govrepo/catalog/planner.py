"""How a page of the main indexes is found: by a small set that is sorted, or by walking the sort index.

The rule (figures behind it: a walk over 100,000 entries costs 0.02-0.15 ms when one in a hundred fits, and 34 ms when
one in a thousand does; sorting the small set then costs 0.06 ms):

1. the smallest term has few rows: test those by the reverse indexes and sort what is left;
2. otherwise walk the sort index from its end and test each row, until the page is full;
3. a walk that has tested many rows in vain gives up: where facets narrow the query, their bitmaps are looked through block by block from the
   block that reaches furthest in the order (zones.py), otherwise the set is built after all.

:func:`decide` is the rule, :func:`page` obeys it and tells which way it took: what is explained is what is done.
Nothing outside this module knows how a page is found.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import StrEnum
from heapq import nlargest, nsmallest
from itertools import islice
from typing import Any as Anything

from pyroaring import BitMap

from govrepo.catalog import counting, sets
from govrepo.catalog.main import Main
from govrepo.catalog.query import And, Query, Range, conjuncts
from govrepo.catalog.walk import Key, Span, ascending, descending, rank
from govrepo.catalog.zones import Rank, rank_of

PATIENCE = 20_000
"""Rows that a walk tests before it gives up and the set is built."""
HURRY = 100
"""Rows that a walk tests before it gives up where bitmaps and zones do better."""


@dataclass(frozen=True)
class Order:
    """Which page is wanted: the sort index, its direction, how many entries, and the key the page begins after."""

    sort: str
    reverse: bool
    limit: int
    after: Key | None

    def first(self, keys: list[Key]) -> list[Key]:
        """The first keys of the page, one more than the page holds if there are so many."""
        if self.after is not None:
            keys = [key for key in keys if self.beyond(key)]
        best = nlargest if self.reverse else nsmallest
        present = best(self.limit + 1, [key for key in keys if key[0] is not None])
        missing = best(self.limit + 1, [key for key in keys if key[0] is None], key=rank)
        return (present + missing if self.reverse else missing + present)[: self.limit + 1]

    def beyond(self, key: Key) -> bool:
        """Whether a key comes after the one the page begins after."""
        if self.after is None:
            return True
        return rank(key) < rank(self.after) if self.reverse else rank(key) > rank(self.after)


class Way(StrEnum):
    """How a page is found."""

    TEST = "test"
    """Test the rows of the smallest term, sort what is left."""
    WALK = "walk"
    """Walk the sort index and test each row."""
    ZONES = "zones"
    """Look through bitmaps block by block."""
    SORT = "sort"
    """Build the whole set and sort it."""


@dataclass(frozen=True)
class Decision:
    """The way to take, and what it rests on.

    ``smallest`` is how many rows the smallest term has, as far as it matters (UNKNOWN if no term has postings); ``patience`` is
    how many rows a walk tests before it gives up, None if it never does.
    """

    way: Way
    smallest: int
    patience: int | None


@dataclass(frozen=True)
class Found:
    """The keys of a page (one more if another page follows) and, if the plan came to know it, the number of matches.

    ``way`` is the one taken in the end, ``tested`` how many rows were looked at.
    """

    keys: list[Key]
    total: int | None
    way: Way
    tested: int


def decide(main: Main, query: Query, order: Order) -> Decision:
    """Which way to take for a page, before anything is read."""
    smallest = _smallest(main, query)
    if smallest <= sets.SMALL:
        return Decision(Way.TEST, smallest, None)
    if _narrowing(main, query, order):
        return Decision(Way.WALK, smallest, HURRY)
    return Decision(Way.WALK, smallest, PATIENCE if smallest < sets.UNKNOWN else None)


def page(main: Main, query: Query, order: Order, hidden: Container[int]) -> Found:
    """A page of the rows that satisfy the query and are not hidden."""
    decision = decide(main, query, order)
    walked = 0
    if decision.way is Way.WALK:
        keys, walked = _walked(main, query, order, hidden, decision.patience)
        if keys is not None:
            return Found(keys, None, Way.WALK, walked)
        if decision.patience == HURRY:
            return zoned(main, query, order, hidden, walked)
    value = main.reverse(order.sort).get
    matches = [(value(row), row) for row in sets.rows(_conjunction(query), main) if row not in hidden]
    if decision.way is Way.TEST:
        return Found(order.first(matches), len(matches), Way.TEST, decision.smallest)
    return Found(order.first(matches), len(matches), Way.SORT, walked + len(matches))


def _narrowing(main: Main, query: Query, order: Order) -> tuple[Query, ...]:
    """The terms that bitmaps answer, where the sort index has zones; none where that is no way."""
    bitmaps, zones = main.bitmaps, main.zones
    if bitmaps is None or zones is None or order.sort not in zones.by_index:
        return ()
    return tuple(term for term in conjuncts(query) if counting.ready(term, bitmaps))


def zoned(main: Main, query: Query, order: Order, hidden: Container[int], walked: int) -> Found:
    """A page out of the bitmaps of the facets, block by block, from the block that reaches furthest in the order."""
    known = _narrowing(main, query, order)
    test = And(tuple(term for term in conjuncts(query) if term not in known)).tester(main.column)
    candidates = counting.bitmap(And(known), main, main.bitmaps) if main.bitmaps is not None else BitMap()
    value = main.reverse(order.sort).get
    keys: list[Key] = []
    for reach, block in main.zones.furthest(order.sort, reverse=order.reverse) if main.zones is not None else ():
        if len(keys) > order.limit and _surpassed(reach, keys[-1], order):
            break
        if not candidates.range_cardinality(block.start, block.stop):
            continue
        rows = candidates & BitMap(block)
        walked += len(rows)
        keys = order.first([*keys, *((value(row), row) for row in rows if row not in hidden and test(row))])
    return Found(keys, None, Way.ZONES, walked)


def _surpassed(reach: Rank, last: Key, order: Order) -> bool:
    """Whether nothing up to where a block reaches can stand before the last key of a full page."""
    rank_of_last = rank_of(last[0])
    return reach < rank_of_last if order.reverse else reach > rank_of_last


def matching(main: Main, query: Query) -> Anything:
    """The set of all rows that satisfy the query."""
    return sets.rows(_conjunction(query), main)


def _conjunction(query: Query) -> And:
    return And(conjuncts(query))


def _smallest(main: Main, query: Query) -> int:
    """The size of the smallest term, as far as it matters; UNKNOWN if no term has postings."""
    return min((sets.size(term, main) for term in conjuncts(query)), default=sets.UNKNOWN)


def _walked(
    main: Main, query: Query, order: Order, hidden: Container[int], patience: int | None
) -> tuple[list[Key] | None, int]:
    """The page by a walk, and how many rows it tested; no page if it tested ``patience`` rows in vain."""
    terms = conjuncts(query)
    span = _span(terms, order.sort)
    test = And(tuple(term for term in terms if not _bounds(term, order.sort))).tester(main.column)
    steps = (descending if order.reverse else ascending)(main.forward(order.sort), span, order.after)
    fitting = _Fitting(islice(steps, patience), test, hidden)
    keys = list(islice(fitting, order.limit + 1))
    gave_up = len(keys) <= order.limit and fitting.tested == patience
    return None if gave_up else keys, fitting.tested


class _Fitting:
    """The keys of a walk that pass the test; counts how many it has looked at."""

    def __init__(self, steps: Iterator[Key], test: Anything, hidden: Container[int]) -> None:
        self._steps, self._test, self._hidden = steps, test, hidden
        self.tested = 0

    def __iter__(self) -> Iterator[Key]:
        for key in self._steps:
            self.tested += 1
            if self._test(key[1]) and key[1] not in self._hidden:
                yield key


def _bounds(term: Query, sort: str) -> bool:
    return isinstance(term, Range) and term.name == sort


def _span(terms: tuple[Query, ...], sort: str) -> Span:
    """What the ranges over the sort index leave of it."""
    ranges = [term for term in terms if isinstance(term, Range) and term.name == sort]
    lows = [each.low for each in ranges if each.low is not None]
    highs = [each.high for each in ranges if each.high is not None]
    return Span(max(lows, default=None), min(highs, default=None), missing=not ranges)
