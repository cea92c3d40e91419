"""A search question in the two languages it is asked in: of the catalog, and of the text index (policies/search.py).

Both say the same: what this person may read, in each facet any of the values, between two days.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from govrepo.catalog import And, Eq, Or, Query, Range
from govrepo.catalog import Any as AnyOf
from govrepo.fulltext import Narrowed, term
from policies.item_text import day_place
from policies.places import named

Terms = Mapping[str, tuple[str, ...]]

HELD = {"outgoing": "carrier", "incoming": "box", "assigned": "person"}
"""Values of the facet "register" that say where this person holds an item: the kind of tokens it is held by."""
BOOKS = ("office", "division")
"""Values that say in which register it is an entry."""


@dataclass(frozen=True)
class Wanted:
    """A question: words as typed, in each facet any of the values, days from and to, and the order: ``newest`` or ``best``.

    ``head`` looks for the words in title, numbers and names alone.
    """

    typed: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    order: str = "newest"
    head: bool = False


@dataclass(frozen=True)
class Question:
    """A question of a person who holds these search tokens."""

    wanted: Wanted
    tokens: tuple[str, ...]

    def query(self) -> And:
        """For the catalog, without the words."""
        terms: list[Query] = [AnyOf("token", self.tokens), *map(catalog_query, self._groups())]
        if self.wanted.since or self.wanted.until:
            terms.append(Range("order", _ordinal(self.wanted.since), _ordinal(self.wanted.until)))
        return And(tuple(terms))

    def narrowed(self, without: tuple[str, ...], more: Terms | None = None) -> Narrowed:
        """For the text index, without these items; ``more`` narrows once more."""
        groups = tuple(self._groups() if more is None else [*self._groups(), more])
        since, until = self.wanted.since, self.wanted.until
        low = day_place(since.toordinal()) if since else None
        high = day_place(until.toordinal(), end=True) if until else None
        return Narrowed(self.tokens, groups, low, high, without, self.wanted.head)

    def held(self) -> dict[str, Terms]:
        """Each value of the facet "register" that says where this person holds an item, as the tokens it is held by."""
        found = {name: named(self.tokens, kind) for name, kind in HELD.items()}
        return {name: {"token": tokens} for name, tokens in found.items() if tokens}

    def _groups(self) -> list[Terms]:
        """What the facets ask for: each is fulfilled by any of its terms."""
        return [self._group(name, values) for name, values in self.wanted.facets.items() if values]

    def _group(self, name: str, values: tuple[str, ...]) -> Terms:
        if name != "register":
            return {"facet": tuple(term(name, value) for value in values)}
        held = self.held()
        tokens = tuple(each for value in values for each in held.get(value, {}).get("token", ()))
        return {"token": tokens, "facet": tuple(term(name, value) for value in values if value in BOOKS)}


def catalog_query(terms: Terms) -> Query:
    """A group of terms in the catalog's language: any of them."""
    parts: list[Query] = [AnyOf("token", terms.get("token", ()))]
    for each in terms.get("facet", ()):
        name, _equals, value = each.partition("=")
        parts.append(Eq(name, value))
    return Or(tuple(parts))


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
