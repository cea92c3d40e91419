"""The search over everything a person may read (domain.md part 6, 7.2; R-20): words, facets, dates; found at once, counted, in order.

Without words the catalog answers, with words the text index (policies/search_words.py). What was changed a moment ago is read from the
registers' pending records, so nobody waits for the worker to find own work.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govrepo import fulltext
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Register, Total, register
from govrepo.fulltext import Piece
from policies.actor import Actor
from policies.item_text import body_of, is_waiting
from policies.places import items_of, leading, places_of, tokens_of
from policies.question import Question, Wanted, catalog_query
from policies.registers.items import FACETS
from policies.search_words import Answer, Asked, ByWords

__all__ = ["FACETS", "Found", "Hit", "Wanted", "search"]

AT_ONCE = 100
"""Changes of each kind that a search looks at before they are folded; the latest of them."""

_KEY = re.compile(r"(\d{1,8})\.(\d{1,10})")


@dataclass(frozen=True)
class Hit:
    """A result: the item, the objects through which this person may open it, the words found, whether some of its text is to come."""

    item: Any
    places: tuple[Any, ...]
    pieces: tuple[Piece, ...]
    waiting: bool


@dataclass(frozen=True)
class Found:
    """A page of results, the key of the next, how many there are, counts by facet, and how many the text index did not hold yet."""

    hits: tuple[Hit, ...]
    next: str | None
    total: Total
    facets: Mapping[str, Counter[str]]
    pending: int = 0


def search(root: Any, wanted: Wanted, actor: Actor, *, after: str | None = None, limit: int = 50) -> Found:
    """A page of what a person may read that answers a question.

    Raises QueryError for words that cannot be read, ValueError for a key of no page.
    """
    tokens = tokens_of(actor, root)
    items, question, changing = register(root, "items"), Question(wanted, tokens), _changing(root, tokens)
    if not wanted.typed.strip():
        return _shown(_by_facets(items.with_objects(changing), question, after, limit), actor, root, None)
    words, reader = fulltext.parse(wanted.typed), actor.registry.text_index.reader()
    answer = ByWords(reader, items, root.text_log, words, Asked(question, changing)).answer(after, limit)
    return _shown(answer, actor, root, words)


def _shown(answer: Answer, actor: Actor, root: Any, words: fulltext.Query | None) -> Found:
    places = places_of(answer.objects, actor, root)
    hits = (_hit(each, places[each.uid], words) for each in answer.objects if places.get(each.uid))
    return Found(tuple(hits), answer.next, answer.total, answer.facets, answer.pending)


def _hit(item: Any, places: list[Any], words: fulltext.Query | None) -> Hit:
    body = body_of(item) if words is not None else ""
    pieces = fulltext.extract(body, words) if words is not None else []
    shown = pieces if any(piece.hit for piece in pieces) else []  # What is found in the head needs no extract.
    return Hit(item, tuple(places), tuple(shown), is_waiting(item))


def _changing(root: Any, tokens: tuple[str, ...]) -> list[Any]:
    """Items that may have come to this person or gone since the register was folded; the latest of each kind."""
    found: dict[str, Any] = {}
    for name, query in leading(tokens):
        for place in register(root, name).touched(query)[:AT_ONCE]:
            for item in items_of(place):
                found.setdefault(item.uid, item)
    for item in register(root, "items").waiting(AnyOf("token", tokens))[:AT_ONCE]:
        found.setdefault(item.uid, item)
    return list(found.values())


def _by_facets(items: Register, question: Question, after: str | None, limit: int) -> Answer:
    """The newest of what the catalog finds."""
    key = _KEY.fullmatch(after) if after else None
    if after and key is None:
        raise ValueError(after)
    query = question.query()
    page = items.query(
        query, sort="order", reverse=True, limit=limit, after=(int(key[1]), int(key[2])) if key else None
    )
    following = "{}.{}".format(*page.next_key) if page.next_key else None
    facets = {
        name: Counter({value: count for value, count in each.items() if value})
        for name, each in items.facets(query, FACETS).items()
    }
    facets["register"] += Counter(
        {name: items.count(query & catalog_query(each)) for name, each in question.held().items()}
    )
    return Answer(list(page.objects), following, items.total(query), facets)
