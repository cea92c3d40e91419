"""The filters of register pages: what was typed becomes a query, and words for the printout (domain.md part 6, index kinds F, K, T, D).

A filter never parses a query language: what a person types is only ever a value (govrepo/catalog/query.py).
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from govrepo import clock, numbering
from govrepo.catalog import And, Eq, Query, Range, register
from govrepo.catalog import Any as AnyOf
from govrepo.i18n import _
from policies.registers.keys import bigrams, moment

LONGEST = 60
"""Characters of a filter that count."""
YEARS = range(1949, 3000)
NAMED_ALIKE = 500
"""People whom a part of a name may find."""
MOST_DISPATCHES = 5_000
"""Sendings among which words of a title are looked for in registers of deliveries: the newest."""

Given = Mapping[str, str]
Words = Callable[[Any, Any], Any]
"""From the site and a value of an index to what people read."""


class BadFilterError(ValueError):
    """What was typed makes no sense; ``field`` is where, ``words`` says what."""

    def __init__(self, field: str, words: Any) -> None:
        super().__init__(field)
        self.field, self.words = field, words


@dataclass(frozen=True)
class Filter(ABC):
    """A filter: its name in the address, its label, and the index it asks. ``kind`` tells the screen how to draw it."""

    name: str
    label: Any
    index: str
    kind = "text"

    @property
    def fields(self) -> tuple[str, ...]:
        """The names in the address that the filter reads."""
        return (self.name,)

    def is_given(self, given: Given) -> bool:
        """Whether anything was typed."""
        return any(given.get(name) for name in self.fields)

    @abstractmethod
    def term(self, given: Given, root: Any) -> Query:
        """The query for what was typed; raises BadFilterError for what makes no sense."""

    def words(self, given: Given, _root: Any) -> Any:
        """What was typed, as the printout says it."""
        return given[self.name]


@dataclass(frozen=True)
class Choice(Filter):
    """One of the values that occur, each with its count. ``said`` turns a value into words; ``whole`` marks an index of whole numbers."""

    said: Words = lambda _root, value: str(value)
    whole: bool = False
    kind = "choice"

    def term(self, given: Given, _root: Any) -> Query:
        """The chosen value."""
        return Eq(self.index, self._value(given[self.name]))

    def _value(self, text: str) -> Any:
        if not self.whole:
            return text
        if not text.isdecimal() or len(text) > 9:
            raise BadFilterError(self.name, _("请从列表中选择。"))
        return int(text)

    def words(self, given: Given, root: Any) -> Any:
        """The chosen value in words."""
        return self.said(root, self._value(given[self.name]))


@dataclass(frozen=True)
class Period(Filter):
    """From one day to another, both included (Asia/Shanghai). ``days`` marks an index of day ordinals; else it holds instants."""

    days: bool = False
    kind = "period"

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of both ends."""
        return (f"{self.name}_from", f"{self.name}_to")

    def ends(self, given: Given) -> tuple[date | None, date | None]:
        """The days typed; raises BadFilterError."""
        first, last = (_day(given.get(name, ""), name) for name in self.fields)
        if first and last and last < first:
            raise BadFilterError(self.fields[1], _("止日不能早于起日。"))
        return first, last

    def term(self, given: Given, _root: Any) -> Query:
        """Between the days."""
        first, last = self.ends(given)
        if self.days:
            return Range(self.index, first.toordinal() if first else 1, last.toordinal() if last else None)
        low = moment(clock.day_start(first)) if first else 1
        return Range(self.index, low, moment(clock.day_end(last)) if last else None)

    def words(self, given: Given, _root: Any) -> Any:
        """The period."""
        first, last = self.ends(given)
        return _("${first}至${last}", mapping={"first": str(first or ""), "last": str(last or "")})


def _day(text: str, field: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadFilterError(field, _("请按“2013-01-05”的样子填写日期。")) from error
    if day.year not in YEARS:
        raise BadFilterError(field, _("请按“2013-01-05”的样子填写日期。"))
    return day


@dataclass(frozen=True)
class Holds(Filter):
    """Words anywhere in a title or number, found through an index of every two characters."""

    def term(self, given: Given, _root: Any) -> Query:
        """Every part typed, each at least two characters long."""
        return _holding(self.index, given[self.name], self.name)


def _holding(index: str, text: str, field: str) -> Query:
    parts = sorted({pair for word in text.split() for pair in bigrams(numbering.normal(word))})
    if not parts:
        raise BadFilterError(field, _("请至少输入两个字。"))
    return And(tuple(Eq(index, each) for each in parts))


@dataclass(frozen=True)
class SentTitle(Filter):
    """Words of the document's title, number or issuer: found among the sendings, of which a register of deliveries knows which each is of.

    One sending has hundreds of deliveries, so only the sending is indexed by its words.
    """

    def term(self, given: Given, root: Any) -> Query:
        """The deliveries of the newest sendings with these words."""
        holding = _holding("words", given[self.name], self.name)
        found = register(root, "dispatches").query(holding, sort="order", reverse=True, limit=MOST_DISPATCHES)
        return AnyOf(self.index, [each.uid for each in found.objects])


@dataclass(frozen=True)
class Someone(Filter):
    """A person by a part of the name or the beginning of the login name."""

    def term(self, given: Given, root: Any) -> Query:
        """Whoever is so called."""
        word = Eq("words", given[self.name].casefold())
        found = register(root, "people").query(word, sort="order", limit=NAMED_ALIKE).objects
        return AnyOf(self.index, [each.id for each in found])


@dataclass(frozen=True)
class Exactly(Filter):
    """A value typed in full: a number, a serial. ``form`` brings what was typed into the form that is indexed; it may raise ValueError."""

    form: Callable[[str], Any] = str
    hint: Any = ""

    def term(self, given: Given, _root: Any) -> Query:
        """Exactly this value."""
        try:
            return Eq(self.index, self.form(given[self.name]))
        except ValueError as error:
            raise BadFilterError(self.name, _("请填写数字。")) from error


def sequence(text: str) -> int:
    """A running number as typed, without 号; raises ValueError for anything but a small whole number."""
    digits = text.removesuffix("号")
    if not digits.isdecimal() or len(digits) > 9:
        raise ValueError(text)
    return int(digits)
