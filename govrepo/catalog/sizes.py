"""How big the indexes of a register are, without ever measuring a big BTree whole: that would load all of it."""

from dataclasses import dataclass

from govrepo.catalog import sets
from govrepo.catalog.counting import Total
from govrepo.catalog.main import Main

MOST_VALUES = 10_000
"""Values are counted no further."""


@dataclass(frozen=True)
class IndexSize:
    """One index: its values, the entries that have one, and how often an entry is listed; None if nobody keeps count of that."""

    name: str
    keyword: bool
    facet: bool
    values: Total
    entries: int
    postings: int | None


def index_sizes(main: Main) -> list[IndexSize]:
    """The size of every index."""
    return [_size(main, name) for name in main.catalog]


def _size(main: Main, name: str) -> IndexSize:
    facet = None if main.bitmaps is None else main.bitmaps.facet(name)
    keyword, entries = main.is_keyword(name), main.index(name).documentCount()
    number = sets.length(main.forward(name), MOST_VALUES)
    values = Total(min(number, MOST_VALUES), exact=number <= MOST_VALUES)
    postings = entries if not keyword else None if facet is None else sum(each.count for each in facet.values())
    return IndexSize(name, keyword, facet is not None, values, entries, postings)
