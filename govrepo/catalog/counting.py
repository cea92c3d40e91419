"""Counts, facets and totals over the main indexes: by bitmaps where there are any, by sets where they are small.

A term over facet indexes is a bitmap already. Any other term is turned into one, unless so few rows are left that testing them
by the reverse indexes is cheaper. Where no index of a register is a facet, all goes by sets.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from itertools import chain, islice
from operator import and_
from typing import Any as Anything

from pyroaring import BitMap

from govrepo.catalog import sets
from govrepo.catalog.bitmaps import Bitmaps
from govrepo.catalog.main import Main
from govrepo.catalog.query import All, And, Any, Eq, Not, Or, Query, Range, conjuncts

PATIENCE = 2
"""A bounded total tests so many times its bound of rows before the set is built after all."""


@dataclass(frozen=True)
class Total:
    """How many entries: exactly so many, or more than ``count``."""

    count: int
    exact: bool


class CountedBy(StrEnum):
    """What a count rests on."""

    SIZE = "size"
    """The register's own size."""
    SET = "set"
    """A set of rows."""
    BITMAP = "bitmap"
    """Bitmaps alone."""
    MIXED = "mixed"
    """Bitmaps, and sets turned into bitmaps."""


def counted_by(main: Main, query: Query) -> CountedBy:
    """What the count of a query rests on."""
    terms = conjuncts(query)
    if not terms:
        return CountedBy.SIZE
    if main.bitmaps is None or sets.size(And(terms), main) <= sets.SMALL:
        return CountedBy.SET
    return CountedBy.BITMAP if ready(query, main.bitmaps) else CountedBy.MIXED


def matching(main: Main, query: Query) -> Anything:
    """The rows that satisfy a query, as a bitmap or a set: not to be changed, for it may be an index's own."""
    if counted_by(main, query) is CountedBy.SET:
        return sets.rows(And(conjuncts(query)), main)
    return main.rows if main.bitmaps is None else bitmap(query, main, main.bitmaps)


def count(main: Main, query: Query, hidden: Collection[int]) -> int:
    """How many rows satisfy a query and are not hidden."""
    if not conjuncts(query):
        return main.size - len(hidden)
    found = matching(main, query)
    return len(found) - sum(row in found for row in hidden)


def length(main: Main, name: str, value: Anything) -> int:
    """How many rows an index lists under a value: a facet knows, any other posting is measured."""
    facet = None if main.bitmaps is None else main.bitmaps.facet(name)
    if facet is None:
        return len(main.forward(name).get(value, ()))
    return facet[value].count if value in facet else 0


def facets(main: Main, query: Query, names: Iterable[str], hidden: Collection[int]) -> dict[str, Counter[Anything]]:
    """Of each named index: how many of the rows that satisfy the query and are not hidden hold each value."""
    found = _visible(matching(main, query), hidden)
    return {name: _facet(main, name, found) for name in names}


def _visible(found: Anything, hidden: Collection[int]) -> Anything:
    if isinstance(found, BitMap):
        return found - BitMap(hidden)
    return [row for row in found if row not in hidden]


def _facet(main: Main, name: str, found: Anything) -> Counter[Anything]:
    facet = main.bitmaps.facet(name) if main.bitmaps is not None and isinstance(found, BitMap) else None
    if facet is None or len(found) <= sets.SMALL:
        return tally(map(main.column(name).get, found), keyword=main.is_keyword(name))
    counts = ((value, rows.whole().intersection_cardinality(found)) for value, rows in facet.items())
    return Counter({value: number for value, number in counts if number})


def tally(values: Iterable[Anything], *, keyword: bool) -> Counter[Anything]:
    """How often each value occurs; of a keyword index each entry brings several."""
    return Counter(chain.from_iterable(each or () for each in values) if keyword else values)


def total(main: Main, query: Query, hidden: Collection[int], bound: int) -> Total:
    """How many rows satisfy a query and are not hidden: exactly if that is told at once, else counted to the bound only.

    Where the bound is far the count may stop before it, at what the first rows prove.
    """
    if _told_at_once(main, query):
        return Total(count(main, query, hidden), exact=True)
    terms, beyond = conjuncts(query), bound + len(hidden)
    if len(terms) == 1 and _disjoint(terms[0], main):
        more = _long(terms[0], main, beyond)
        return Total(bound, exact=False) if more else Total(count(main, query, hidden), exact=True)
    proven, whole = _proven(main, terms, hidden, bound)
    if whole:
        return Total(proven, exact=True)
    if proven < bound // 10:
        return Total(count(main, query, hidden), exact=True)
    return Total(bound if proven > bound else _rounded(proven - 1), exact=False)


def _rounded(number: int) -> int:
    """A number to its first digit, downwards."""
    step = 10 ** (len(str(number)) - 1)
    return number // step * step


def _told_at_once(main: Main, query: Query) -> bool:
    by = counted_by(main, query)
    if by is CountedBy.SET and main.bitmaps is None:
        return sets.size(And(conjuncts(query)), main) <= sets.SMALL
    return by is not CountedBy.MIXED


def _disjoint(term: Query, main: Main) -> bool:
    """Whether no row stands in two postings of a term, so that their lengths add up."""
    return isinstance(term, Eq) or (isinstance(term, Any | Range) and not main.is_keyword(term.name))


def _long(term: Query, main: Main, bound: int) -> bool:
    """Whether a term with disjoint postings has more rows than a bound; a range of so many values needs no adding up."""
    if isinstance(term, Range):
        values = main.forward(term.name).keys(term.low, term.high)
        try:
            values[bound + 1]  # The missing value may be among them.
        except IndexError:
            pass
        else:
            return True
    return sets.size(term, main, bound) > bound


def _proven(main: Main, terms: tuple[Query, ...], hidden: Collection[int], bound: int) -> tuple[int, bool]:
    """How many of the first rows fit, as far as one beyond the bound, and whether those were all rows there are."""
    rows, rest = _candidates(main, terms)
    test = And(rest).tester(main.column)
    fitting = (row for row in islice(rows, PATIENCE * bound) if row not in hidden and test(row))
    proven = sum(1 for _row in islice(fitting, bound + 1))
    return proven, proven <= bound and next(rows, None) is None


def _candidates(main: Main, terms: tuple[Query, ...]) -> tuple[Iterator[int], tuple[Query, ...]]:
    """Rows that satisfy some of the terms, cheaply listed, and the terms they must still be tested by."""
    if main.bitmaps is not None:
        known = tuple(term for term in terms if ready(term, main.bitmaps))
        if known:
            newest_first = reversed(bitmap(And(known), main, main.bitmaps).to_array())
            return newest_first, tuple(term for term in terms if term not in known)
    listed = [term for term in terms if _disjoint(term, main)]
    if not listed:
        return iter(main.rows), terms
    best = min(listed, key=lambda term: sets.size(term, main, 100_000))
    return chain.from_iterable(sets.postings(best, main)), tuple(term for term in terms if term is not best)


# Queries as bitmaps.


def ready(query: Query, bitmaps: Bitmaps) -> bool:
    """Whether bitmaps alone answer a query."""
    if isinstance(query, And | Or):
        return all(ready(term, bitmaps) for term in query.terms)
    if isinstance(query, Not):
        return ready(query.query, bitmaps)
    return isinstance(query, Eq | Any | All | Range) and bitmaps.facet(query.name) is not None


def bitmap(query: Query, main: Main, bitmaps: Bitmaps) -> BitMap:
    """The bitmap of a query, to be read only."""
    if isinstance(query, And):
        return _narrowed(query, main, bitmaps)
    if isinstance(query, Or):
        return united(bitmap(term, main, bitmaps) for term in query.terms)
    if isinstance(query, Not):
        return bitmaps.rows.whole() - bitmap(query.query, main, bitmaps)
    if not ready(query, bitmaps):
        return BitMap(sets.rows(query, main))
    return _of_facet(query, bitmaps)


def _of_facet(query: Query, bitmaps: Bitmaps) -> BitMap:
    """The bitmap of a query that names a facet index."""
    match query:
        case Eq(name, value):
            return bitmaps.of(name, value)
        case Any(name, values):
            return united(bitmaps.of(name, each) for each in values)
        case All(name, values):
            return reduce(and_, (bitmaps.of(name, each) for each in values), bitmaps.rows.whole())
        case Range(name, low, high):
            return united(bitmaps.between(name, low, high))
    raise TypeError(f"no bitmap of {query!r}")


def _narrowed(query: And, main: Main, bitmaps: Bitmaps) -> BitMap:
    """First what bitmaps answer; then each other term, or a test of what is left once that is little."""
    terms = sorted(conjuncts(query), key=lambda term: not ready(term, bitmaps))
    found = bitmaps.rows.whole()
    for done, term in enumerate(terms):
        if len(found) <= sets.SMALL and not ready(term, bitmaps):
            test = And(tuple(terms[done:])).tester(main.column)
            return BitMap([row for row in found if test(row)])
        found = found & bitmap(term, main, bitmaps)
    return found


def united(bitmaps: Iterable[BitMap]) -> BitMap:
    """The union of several bitmaps, or of none."""
    several = list(bitmaps)
    return BitMap.union(*several) if several else BitMap()
