"""A register page as one person asked for it: filters and order from the address, rows, counts, and the same in words.

Whatever shows, prints or exports a register goes through :class:`Asked`, so that all three hold the same rows.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from govrepo.catalog import And, Query, Register, Total, register
from govrepo.catalog.query import Column as Reading
from policies.actor import Actor
from policies.register_pages.declaration import RegisterPage
from policies.register_pages.filters import LONGEST, BadFilterError, Choice, Filter

BATCH = 500
MOST_VALUES = 200
"""Values that a choice offers: those that occur most often."""

Key = tuple[Any, int]


class Rows(NamedTuple):
    """Rows in order, and the key the next ones begin after; None where there are no more."""

    rows: tuple[Any, ...]
    next_key: Key | None


class Value(NamedTuple):
    """A value that a choice offers: as the address has it, in words, and how many rows have it."""

    value: str
    words: Any
    number: int


class UnknownSortError(ValueError):
    """The register is not sorted by this."""


@dataclass(frozen=True)
class Asked:
    """A page, for whom, with what in the address. Make it with :func:`ask`."""

    page: RegisterPage
    root: Any
    actor: Actor
    seen: Query
    given: Mapping[str, str]
    sort: str
    terms: Mapping[str, Query] = field(repr=False)
    errors: Mapping[str, Any] = field(default_factory=dict)

    @property
    def filtered(self) -> bool:
        """Whether any filter was used."""
        return bool(self.given)

    def query(self, without: str = "") -> Query:
        """All that belongs to the page, the person and the filters; ``without`` leaves one filter out."""
        return And((self.seen, *(term for name, term in self.terms.items() if name != without)))

    def rows(self, limit: int, after: Key | None = None) -> Rows:
        """Some rows in the order asked for; raises ValueError if ``after`` is no key of this order."""
        index, reverse = self.sort.removeprefix("-"), self.sort.startswith("-")
        if self.page.made is not None:
            return self._made_rows(limit, after)
        try:
            found = self._register.query(self.query(), sort=index, reverse=reverse, limit=limit, after=after)
        except TypeError as error:  # A key of another type, while no entry is there that would tell.
            raise ValueError(after) from error
        return Rows(found.objects, found.next_key)

    def all_rows(self) -> Iterator[Any]:
        """Every row, in pieces."""
        found = self.rows(BATCH)
        yield from found.rows
        while found.next_key is not None:
            found = self.rows(BATCH, found.next_key)
            yield from found.rows

    @cached_property
    def total(self) -> Total:
        """How many rows there are, or more than how many."""
        if self.page.made is not None:
            return Total(len(self._matching(self.query())), exact=True)
        return self._register.total(self.query())

    @property
    def count(self) -> int:
        """How many rows there are, exactly."""
        return self.total.count if self.total.exact else self._register.count(self.query())

    def values(self) -> dict[str, list[Value]]:
        """What each choice offers, with counts under all other filters; the most frequent first, the chosen one always."""
        choices = [each for each in self.page.filters if isinstance(each, Choice)]
        open_ = [each for each in choices if each.name not in self.terms]
        counts = self._counts(self.query(), open_)
        for chosen in choices:
            if chosen not in open_:
                counts |= self._counts(self.query(without=chosen.name), [chosen])
        return {each.name: self._offered(each, counts[each.name]) for each in choices}

    def in_words(self) -> list[tuple[Any, Any]]:
        """The filters used: label and words."""
        used = [each for each in self.page.filters if each.name in self.terms]
        return [(each.label, each.words(self.given, self.root)) for each in used]

    @property
    def _register(self) -> Register:
        return register(self.root, self.page.register, self.actor.registry)

    def _counts(self, query: Query, choices: list[Choice]) -> dict[str, Counter[Any]]:
        if self.page.made is not None:
            rows = self._matching(query)
            return {each.name: Counter(getattr(row, each.index) for row in rows) for each in choices}
        found = self._register.facets(query, [each.index for each in choices]) if choices else {}
        return {each.name: Counter(found[each.index]) for each in choices}

    def _offered(self, choice: Choice, counts: Counter[Any]) -> list[Value]:
        kept = [(value, count) for value, count in counts.most_common() if value not in ("", None) and count]
        chosen = self.given.get(choice.name, "")
        offered = [
            Value(str(value), choice.said(self.root, value), count)
            for place, (value, count) in enumerate(kept)
            if place < MOST_VALUES or str(value) == chosen
        ]
        if chosen and choice.name in self.terms and chosen not in {each.value for each in offered}:
            offered.append(Value(chosen, choice.words(self.given, self.root), 0))
        return offered

    # A register whose rows are made for the page.

    @cached_property
    def _made(self) -> list[Any]:
        made = self.page.made
        return [] if made is None else made(self)

    def _matching(self, query: Query) -> list[Any]:
        test = query.tester(lambda name: Reading(lambda row: getattr(row, name)))
        return [row for row in self._made if test(row)]

    def _made_rows(self, limit: int, after: Key | None) -> Rows:
        index = self.sort.removeprefix("-")
        rows = sorted(self._matching(self.query()), key=lambda row: getattr(row, index), reverse=self.sort[:1] == "-")
        start = 0 if after is None else after[1]
        shown = tuple(rows[start : start + limit])
        more = start + limit < len(rows)
        return Rows(shown, (None, start + limit) if more else None)


def ask(page: RegisterPage, actor: Actor, root: Any, params: Mapping[str, str]) -> Asked | None:
    """What a person asked of a page; None for one who may not see it. Raises UnknownSortError.

    A filter that makes no sense finds nothing to filter by: its message stands in ``errors``.
    """
    seen = page.query(actor, root)
    if seen is None:
        return None
    sort = params.get("sort") or page.sort
    if sort.removeprefix("-") not in page.sorts:
        raise UnknownSortError(sort)
    names = [name for each in page.filters for name in each.fields]
    given = {name: params[name].strip()[:LONGEST] for name in names if params.get(name, "").strip()}
    terms, errors = _terms(page.filters, given, root)
    return Asked(page, root, actor, seen, given, sort, terms, errors)


def _terms(filters: tuple[Filter, ...], given: Mapping[str, str], root: Any) -> tuple[dict[str, Query], dict[str, Any]]:
    terms: dict[str, Query] = {}
    errors: dict[str, Any] = {}
    for each in filters:
        if not each.is_given(given):
            continue
        try:
            terms[each.name] = each.term(given, root)
        except BadFilterError as error:
            errors[error.field] = error.words
    return terms, errors
