"""A search with words: the text index, and what it does not hold yet asked the same of the objects themselves (design.md sect. 6).

An item whose change the index has not followed is taken out of its answer and judged as it stands now; so whatever was committed is found.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from govrepo.catalog import Register, Total
from govrepo.catalog.counting import tally
from govrepo.fulltext import ChangeLog, Query, Reader, matches
from policies.item_text import body_of, place, title_of
from policies.question import Question, catalog_query
from policies.registers.items import FACETS

FURTHEST = 1_000
"""How far a list in the order of relevance goes."""

FOLLOWED = 1_000
"""Batches of the log that a search looks at behind the index."""


@dataclass(frozen=True)
class Answer:
    """What answers a question, before each result is asked where this person may open it."""

    objects: list[Any]
    next: str | None
    total: Total
    facets: Mapping[str, Counter[str]]
    pending: int = 0


@dataclass(frozen=True)
class Asked:
    """A question, and this person's items that have changed and are not noted in the register yet."""

    question: Question
    changing: list[Any]


class ByWords:
    """One question with words, at one instant."""

    def __init__(self, reader: Reader, items: Register, changes: ChangeLog, words: Query, asked: Asked) -> None:
        self._reader, self._words, self._question = reader, words, asked.question
        keys = _behind(reader, changes)
        fresh = {each.uid: each for each in (*asked.changing, *_mine(items, keys, asked.question.tokens))}
        found = {uid: each for uid, each in fresh.items() if self._matches(each)}
        self._items = items.with_objects(found.values())
        waiting = self._items.waiting(asked.question.query())
        self._late = {
            each.uid: each for each in waiting if (each.uid in found if each.uid in fresh else self._matches(each))
        }
        self._values = self._items.values_of(self._late.values())
        self._pending = tuple({*keys, *fresh, *items.noted()})

    def _matches(self, item: Any) -> bool:
        texts = (title_of(item),) if self._question.wanted.head else (title_of(item), body_of(item))
        return matches(self._words, *texts)

    def answer(self, after: str | None, limit: int) -> Answer:
        """A page; raises ValueError for a key of no page."""
        best = self._question.wanted.order == "best"
        objects, following = self._best(after, limit) if best else self._newest(after, limit)
        facets = self._facets()
        # Every item has one year; counting once more would go through all that was found again.
        total = sum(facets["year"].values())
        return Answer(objects, following, Total(total, exact=True), facets, len(self._pending))

    def _newest(self, after: str | None, limit: int) -> tuple[list[Any], str | None]:
        before = _number(after)
        found = self._reader.newest(self._words, self._question.narrowed(self._pending), limit + 1, before)
        late = (each for each in self._places() if before is None or each[0] < before)
        places = [*((hit.place, hit.key) for hit in found), *late]
        places.sort(reverse=True)
        objects = self._objects([uid for _place, uid in places[:limit]])
        return objects, str(places[limit - 1][0]) if len(places) > limit else None

    def _places(self) -> Iterator[tuple[int, str]]:
        """The places of the late ones; a new one has the row that it would get now."""
        row_of, new = self._items.data.main.row_of, itertools.count(self._items.data.main.next_row)
        for uid, values in self._values.items():
            yield place(values["order"], row_of.get(uid) or next(new)), uid

    def _best(self, after: str | None, limit: int) -> tuple[list[Any], str | None]:
        """The late ones stand first on the first page: nobody knows how much they weigh."""
        offset = _number(after) or 0
        late = [] if offset else list(self._late.values())
        narrowed = self._question.narrowed(self._pending)
        found = self._reader.best(self._words, narrowed, limit + 1, offset) if offset < FURTHEST else []
        objects = [*late, *self._objects([hit.key for hit in found[:limit]])]
        return objects, str(offset + limit) if len(found) > limit else None

    def _objects(self, uids: list[str]) -> list[Any]:
        """The items of these keys; what the register does not know, as after a restored backup, is passed over."""
        main = self._items.data.main
        rows = [(uid, main.row_of.get(uid)) for uid in uids]
        return [
            self._late[uid] if uid in self._late else main.objects[row]
            for uid, row in rows
            if row is not None or uid in self._late
        ]

    def _facets(self) -> dict[str, Counter[str]]:
        narrowed = self._question.narrowed(self._pending)
        facets: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
        for each, count in self._reader.facets(self._words, narrowed).items():
            name, _equals, value = each.partition("=")
            facets[name][value] = count
        for name in FACETS:
            facets[name] += tally([each[name] for each in self._values.values() if each[name]], keyword=False)
        return facets | {"register": facets["register"] + self._held()}

    def _held(self) -> Counter[str]:
        """Where this person holds what was found: the values of the facet "register" that are not the item's own."""
        counts: Counter[str] = Counter()
        for name, terms in self._question.held().items():
            found = self._reader.count(self._words, self._question.narrowed(self._pending, terms))
            late = self._items.waiting(self._question.query() & catalog_query(terms))
            counts[name] = found + sum(item.uid in self._late for item in late)
        return counts


def _behind(reader: Reader, changes: ChangeLog) -> set[str]:
    """The keys of items whose change the index has not followed yet."""
    return {key for _position, batch in changes.after(reader.progress().position, FOLLOWED) for key in batch}


def _mine(items: Register, keys: set[str], tokens: tuple[str, ...]) -> list[Any]:
    """Those of the folded items that these tokens may read; the others are not loaded."""
    main, mine = items.data.main, set(tokens)
    rows = [row for row in map(main.row_of.get, keys) if row is not None]
    may_read = main.reverse("token").get
    return [main.objects[row] for row in rows if not mine.isdisjoint(may_read(row) or ())]


def _number(after: str | None) -> int | None:
    """The key of a page as a number."""
    if not after:
        return None
    if not after.isascii() or not after.isdecimal() or len(after) > 20:
        raise ValueError(after)
    return int(after)
