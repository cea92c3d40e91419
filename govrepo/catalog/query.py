"""What a register can be asked: small frozen query objects, composed with ``&``, ``|`` and ``~``.

No text is ever parsed: a view builds these objects from its own form fields, so a user's input is only ever a value.
Each object can turn itself into a test of one entry; the planner and the pending layer both use these tests, so that a
query means one thing only.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any as Anything

Value = int | str | None
Test = Callable[[Anything], bool]


@dataclass(frozen=True)
class Column:
    """How to read one index backwards: an entry's key to its value, or to its values if it is a keyword index."""

    get: Callable[[Anything], Anything]
    keyword: bool = False


Columns = Callable[[str], Column]


class Query(ABC):
    """Base of all queries."""

    @abstractmethod
    def tester(self, columns: Columns) -> Test:
        """A function that tells whether the entry of a key satisfies this query, reading through ``columns``."""

    def __and__(self, other: Query) -> And:
        return And((*conjuncts(self), *conjuncts(other)))

    def __or__(self, other: Query) -> Or:
        return Or((self, other))

    def __invert__(self) -> Not:
        return Not(self)


@dataclass(frozen=True)
class Eq(Query):
    """The field has this value (None: it is missing); the keyword index holds this value."""

    name: str
    value: Value

    def tester(self, columns: Columns) -> Test:
        """See :class:`Query`."""
        column, value = columns(self.name), self.value
        if column.keyword:
            return lambda key: value in (column.get(key) or ())
        get = column.get
        return lambda key: get(key) == value


@dataclass(frozen=True)
class Any(Query):
    """The field has, or the keyword index holds, at least one of these values."""

    name: str
    values: Iterable[Value]

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", _several(self.values))

    def tester(self, columns: Columns) -> Test:
        """See :class:`Query`."""
        column, values = columns(self.name), frozenset(self.values)
        get = column.get
        if column.keyword:
            return lambda key: not values.isdisjoint(get(key) or ())
        return lambda key: get(key) in values


@dataclass(frozen=True)
class All(Query):
    """The keyword index holds every one of these values."""

    name: str
    values: Iterable[Value]

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", _several(self.values))

    def tester(self, columns: Columns) -> Test:
        """See :class:`Query`."""
        column, values = columns(self.name), frozenset(self.values)
        if column.keyword:
            return lambda key: values.issubset(column.get(key) or ())
        return lambda key: values.issubset((column.get(key),))


@dataclass(frozen=True)
class Range(Query):
    """The field's value lies between both ends, which belong to the range; None leaves an end open.

    A missing value lies in no range.
    """

    name: str
    low: Value = None
    high: Value = None

    def tester(self, columns: Columns) -> Test:
        """See :class:`Query`; raises TypeError for a keyword index, which has no order."""
        column = columns(self.name)
        if column.keyword:
            raise TypeError(f"{self.name} is a keyword index: it has no ranges")
        get = column.get
        return lambda key: self.holds(get(key))

    def holds(self, value: Anything) -> bool:
        """Whether a value lies in the range."""
        if value is None:
            return False
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class Not(Query):
    """Every entry that does not satisfy the query."""

    query: Query

    def tester(self, columns: Columns) -> Test:
        """See :class:`Query`."""
        test = self.query.tester(columns)
        return lambda key: not test(key)


@dataclass(frozen=True)
class And(Query):
    """Entries that satisfy every term; with no term, every entry."""

    terms: tuple[Query, ...] = ()

    def tester(self, columns: Columns) -> Test:
        """See :class:`Query`."""
        tests = tuple(term.tester(columns) for term in self.terms)
        if not tests:
            return lambda _key: True
        if len(tests) == 1:
            return tests[0]
        if len(tests) == 2:
            first, second = tests
            return lambda key: first(key) and second(key)
        return lambda key: all(test(key) for test in tests)


@dataclass(frozen=True)
class Or(Query):
    """Entries that satisfy at least one term; with no term, none."""

    terms: tuple[Query, ...] = ()

    def tester(self, columns: Columns) -> Test:
        """See :class:`Query`."""
        tests = tuple(term.tester(columns) for term in self.terms)
        return lambda key: any(test(key) for test in tests)


EVERYTHING = And()


def conjuncts(query: Query) -> tuple[Query, ...]:
    """The terms that must all hold, with nested conjunctions laid open."""
    if isinstance(query, And):
        return tuple(part for term in query.terms for part in conjuncts(term))
    return (query,)


def _several(values: Iterable[Value]) -> tuple[Value, ...]:
    """Values as a tuple, so that the query stays hashable; a single text is surely a mistake."""
    if isinstance(values, str):
        raise TypeError(f"expected several values, got the text {values!r}")
    return tuple(values)
