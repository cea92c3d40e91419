"""Asking the text index: what is found, narrowed by policy tokens, facets and dates, counted and put in order.

Opened by any process of the host; never writes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import tantivy

from govrepo.fulltext.folding import pairs
from govrepo.fulltext.index import SCHEMA, Progress, opened, progress_of

if TYPE_CHECKING:
    from govrepo.fulltext.query import Branch, Query

_TITLE_WEIGHT = 3.0
_FACET_VALUES = 10_000
MUST, NOT, SHOULD = tantivy.Occur.Must, tantivy.Occur.MustNot, tantivy.Occur.Should


@dataclass(frozen=True)
class Narrowed:
    """What a search is narrowed to: what any of the ``tokens`` may read (None: everything), places from ``low`` up to ``high``.

    ``head`` looks for the words in the title alone. Each of ``groups`` maps fields (``token``, ``facet``) to terms, any of which fulfils it. None of the keys in ``without`` is found.
    """

    tokens: tuple[str, ...] | None = None
    groups: tuple[Mapping[str, tuple[str, ...]], ...] = ()
    low: int | None = None
    high: int | None = None
    without: tuple[str, ...] = ()
    head: bool = False


class Hit(NamedTuple):
    """A document found: its key and its place in the order of dates."""

    key: str
    place: int


class Reader:
    """Searches what the writer has committed."""

    def __init__(self, folder: Path) -> None:
        self._index = opened(folder)

    def reload(self) -> None:
        """See the writer's last commit."""
        self._index.reload()

    def progress(self) -> Progress:
        """How far the index has followed."""
        return progress_of(self._index.searcher())

    def newest(self, query: Query, narrowed: Narrowed, limit: int, before: int | None = None) -> list[Hit]:
        """What is found, the newest first, below place ``before``."""
        clauses = [*_clauses(query, narrowed), *_places(None, None if before is None else before - 1)]
        return self._hits(clauses, limit, order="place")

    def best(self, query: Query, narrowed: Narrowed, limit: int, offset: int = 0) -> list[Hit]:
        """What is found, the most relevant first, from ``offset`` on; a word in the title weighs more."""
        return self._hits(_clauses(query, narrowed), limit, offset=offset)

    def _hits(self, clauses: list[Clause], limit: int, order: str | None = None, offset: int = 0) -> list[Hit]:
        searcher = self._index.searcher()
        wanted = tantivy.Query.boolean_query(clauses)
        hits = searcher.search(wanted, limit, count=False, order_by_field=order, offset=offset).hits
        kept = (searcher.doc(address) for _, address in hits)
        return [Hit(str(each["key"][0]), int(each["place"][0])) for each in kept]

    def count(self, query: Query, narrowed: Narrowed) -> int:
        """How many are found."""
        found = self._index.searcher().search(tantivy.Query.boolean_query(_clauses(query, narrowed)), 1, count=True)
        return int(getattr(found, "count"))  # noqa: B009 - The stubs of the library do not know it.

    def facets(self, query: Query, narrowed: Narrowed) -> Counter[str]:
        """How many of what is found have each term of the facets."""
        order = {"facets": {"terms": {"field": "facet", "size": _FACET_VALUES}}}
        found = self._index.searcher().aggregate(tantivy.Query.boolean_query(_clauses(query, narrowed)), order)
        return Counter({str(each["key"]): int(each["doc_count"]) for each in found["facets"]["buckets"]})


Clause = tuple[tantivy.Occur, tantivy.Query]


def _clauses(query: Query, narrowed: Narrowed) -> list[Clause]:
    """Everything that must hold; what only narrows does not weigh."""
    found = [(MUST, _any([_branch(branch, narrowed) for branch in query.branches]))]
    found += [(MUST, _weightless(_any([_terms(*each) for each in group.items()]))) for group in narrowed.groups]
    if narrowed.tokens is not None:
        found.append((MUST, _weightless(_terms("token", narrowed.tokens))))
    if narrowed.without:
        found.append((NOT, _terms("key", narrowed.without)))
    return [*found, *_places(narrowed.low, narrowed.high)]


def _terms(field: str, values: tuple[str, ...]) -> tantivy.Query:
    return tantivy.Query.term_set_query(SCHEMA, field, list(values))


def _weightless(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


def _places(low: int | None, high: int | None) -> Iterator[Clause]:
    if low is not None or high is not None:
        kind = tantivy.FieldType.Unsigned
        yield MUST, _weightless(tantivy.Query.range_query(SCHEMA, "place", kind, lower_bound=low, upper_bound=high))


def _branch(branch: Branch, narrowed: Narrowed) -> tantivy.Query:
    word = _in_title if narrowed.head else _anywhere
    clauses = [(MUST, word(each)) for each in branch.wanted]
    return tantivy.Query.boolean_query([*clauses, *((NOT, word(each)) for each in branch.unwanted)])


def _any(queries: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(SHOULD, each) for each in queries])


def _anywhere(word: str) -> tantivy.Query:
    return _any([_in_title(word), _in_field("body", word)])


def _in_title(word: str) -> tantivy.Query:
    return tantivy.Query.boost_query(_in_field("title", word), _TITLE_WEIGHT)


def _in_field(field: str, word: str) -> tantivy.Query:
    """A word's pairs standing in a row; one character alone begins a pair wherever it stands."""
    if len(word) == 1:
        return tantivy.Query.regex_query(SCHEMA, field, re.escape(word) + ".?")
    inner = pairs(word)[:-1]
    if len(inner) == 1:
        return tantivy.Query.term_query(SCHEMA, field, inner[0])
    return tantivy.Query.phrase_query(SCHEMA, field, list(inner))
