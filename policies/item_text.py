"""The words an item is found by (R-20, S-20): a document's elements and the text of its files, an entry's facts, opinions and notes.

What is written about a document in a register belongs to the entry alone: whoever may read the document need not know of it.
"""

from collections.abc import Iterator
from typing import Any

from content_types.official_document import OfficialDocument
from content_types.register_entry import RegisterEntry
from govrepo.catalog.declaration import Values
from govrepo.fulltext import Entry, term
from policies.extraction import is_waiting as text_waits
from policies.extraction import text_of
from policies.registers.items import FACETS

_APART = "\n¶\n"
"""Stands between texts that do not run on: no word is found across it."""

_ROWS = 40
"""Bits of a place that number the row; the day stands above them."""


def place(day: int, row: int) -> int:
    """An item's unique place in the order of days."""
    return day << _ROWS | row


def day_place(day: int, *, end: bool = False) -> int:
    """The first place of a day, or the last."""
    return place(day, 2**_ROWS - 1 if end else 0)


def title_of(item: Any) -> str:
    """The words of the head: title, numbers, who issued it, kind."""
    return _APART.join(filter(None, _entry_head(item) if isinstance(item, RegisterEntry) else _document_head(item)))


def _document_head(document: OfficialDocument) -> tuple[str, ...]:
    return (document.title, document.number, document.issuer, document.kind, document.signer)


def _entry_head(entry: RegisterEntry) -> tuple[str, ...]:
    facts = entry.facts
    return (facts.title, facts.from_no, facts.from_unit, facts.kind, entry.number.title if entry.number else "")


def body_of(item: Any) -> str:
    """The words of the body."""
    return _APART.join(filter(None, _opinions(item) if isinstance(item, RegisterEntry) else _files(item)))


def _files(document: OfficialDocument) -> Iterator[str]:
    yield from (text_of(file) or "" for file in document.files)
    yield document.note
    yield from (file.filename for file in document.files)


def _opinions(entry: RegisterEntry) -> Iterator[str]:
    for each in (*entry.proposals, *entry.instructions, *entry.urges):
        yield each.words
    for reading in entry.readings:
        yield reading.note
    yield entry.result
    yield entry.filing_reason


def is_waiting(item: Any) -> bool:
    """Whether some text of an item is still to be taken out of its files."""
    return isinstance(item, OfficialDocument) and text_waits(item)


def entry_of(item: Any, row: int, values: Values) -> Entry:
    """What the text index keeps of an item in a row of the register "items" with these values."""
    facets = tuple(term(name, values[name]) for name in FACETS if values[name])
    tokens = tuple(sorted(values["token"] or ()))
    return Entry(item.uid, title_of(item), body_of(item), tokens, place(values["order"], row), facets)
