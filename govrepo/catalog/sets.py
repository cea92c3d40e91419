"""Queries as sets of rows over the main indexes: sizes by bounded guess, and the sets themselves.

A posting is the set of rows of one value. Guesses never measure more of a posting than the caller cares for, since the
length of a large BTree loads all of it.
"""

from collections.abc import Iterable, Iterator
from functools import reduce, singledispatch
from itertools import islice
from typing import Any as Anything

from govrepo.catalog.main import FAMILY, Main
from govrepo.catalog.query import All, And, Any, Eq, Not, Or, Query, Range, conjuncts

IF = FAMILY.IF
SMALL = 2_000
"""Up to so many candidates are tested one by one; above that the other terms' sets are built."""

UNKNOWN = 2**31


def length(posting: Anything, bound: int) -> int:
    """The length of a posting, or ``bound + 1`` if it is longer than ``bound``."""
    try:
        posting.keys()[bound]
    except IndexError:
        return len(posting)
    return bound + 1


@singledispatch
def postings(_query: Query, _main: Main) -> Iterator[Anything]:
    """The postings whose union (of ``All``: whose intersection) is the query's set; TypeError if it has none."""
    raise TypeError("this query has no postings")


@postings.register
def _(query: Eq, main: Main) -> Iterator[Anything]:
    return _found(main, query.name, (query.value,))


@postings.register(Any)
@postings.register(All)
def _(query: Any | All, main: Main) -> Iterator[Anything]:
    return _found(main, query.name, query.values)


@postings.register
def _(query: Range, main: Main) -> Iterator[Anything]:
    forward = main.forward(query.name)
    skipped = 1 if query.low is None and forward and None in forward else 0
    return islice(iter(forward.values(query.low, query.high)), skipped, None)


def _found(main: Main, name: str, values: Iterable[Anything]) -> Iterator[Anything]:
    forward = main.forward(name)
    return (forward.get(value, IF.Set()) for value in values)


def size(query: Query, main: Main, bound: int = SMALL) -> int:
    """How many rows a query has, at most ``bound + 1``; UNKNOWN for what cannot be guessed from postings."""
    if isinstance(query, Not):
        return UNKNOWN
    if isinstance(query, And):
        return min((size(term, main, bound) for term in query.terms), default=UNKNOWN)
    if isinstance(query, Or):
        return _sum((size(term, main, bound) for term in query.terms), bound)
    lengths = (length(posting, bound) for posting in postings(query, main))
    return min(lengths, default=UNKNOWN) if isinstance(query, All) else _sum(lengths, bound)


def _sum(lengths: Iterable[int], bound: int) -> int:
    """The sum, no further than needed: ``bound + 1`` for any larger sum, UNKNOWN if that is among them."""
    total = 0
    for each in lengths:
        total = min(total + each, UNKNOWN) if each < UNKNOWN else UNKNOWN
        if total > bound:
            return UNKNOWN if total == UNKNOWN else bound + 1
    return total


@singledispatch
def rows(query: Query, main: Main) -> Anything:
    """The set of rows that satisfy a query: not to be changed, for it may be an index's own."""
    return IF.multiunion(list(postings(query, main)))


@rows.register
def _(query: Eq, main: Main) -> Anything:
    return next(postings(query, main))


@rows.register
def _(query: All, main: Main) -> Anything:
    found = sorted(postings(query, main), key=lambda each: length(each, SMALL))
    return reduce(IF.intersection, found) if found else main.rows


@rows.register
def _(query: Or, main: Main) -> Anything:
    return IF.multiunion([rows(term, main) for term in query.terms])


@rows.register
def _(query: Not, main: Main) -> Anything:
    return IF.difference(main.rows, rows(query.query, main))


@rows.register
def _(query: And, main: Main) -> Anything:
    terms = sorted(conjuncts(query), key=lambda term: (isinstance(term, Not), size(term, main)))
    if not terms:
        return main.rows
    found = rows(terms[0], main)
    for done, term in enumerate(terms[1:], start=1):
        if length(found, SMALL) <= SMALL:
            return _tested(found, And(tuple(terms[done:])), main)
        found = _narrowed(found, term, main)
    return found


def _narrowed(found: Anything, term: Query, main: Main) -> Anything:
    if isinstance(term, Not):
        return IF.difference(found, rows(term.query, main))
    return IF.intersection(found, rows(term, main))


def _tested(found: Anything, query: And, main: Main) -> Anything:
    test = query.tester(main.column)
    return IF.Set([row for row in found if test(row)])
