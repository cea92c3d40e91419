"""The text index beside the database: its schema, its one writer, and how far it has followed, kept in the same commit.

The index can always be made anew from the objects; a crash loses at most what was after the last commit, which the progress names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import tantivy

from govrepo.fulltext.folding import fold, pairs

_HEAP = 64_000_000  # bytes; Tantivy asks for at least 15 MB
_PROGRESS = "progress"
_LOCK = ".tantivy-writer.lock"
VERSION = 2
"""Raise it when the schema or the folding changes: an index of another version is made anew."""


SWEPT_ALL = 2**63
"""The row at which a finished sweep stands."""


@dataclass(frozen=True)
class Entry:
    """A document's texts as indexed.

    ``tokens`` are the policy tokens that may each read it; ``place`` is its unique place in the order of dates, the newest highest;
    ``facets`` are what it is narrowed and counted by, each as :func:`term`.
    """

    key: str
    title: str
    body: str
    tokens: tuple[str, ...]
    place: int
    facets: tuple[str, ...] = ()


def term(name: str, value: object) -> str:
    """A facet's value as one term."""
    return f"{name}={value}"


@dataclass(frozen=True)
class Progress:
    """How far the index has followed: the ``position`` in the log of changes, the ``row`` up to which the sweep of all has come.

    ``rows`` names the rows these are: another table of rows asks for a new index.
    """

    rows: str = ""
    position: int = 0
    row: int = 0

    def moved(self, position: int, row: int) -> Progress:
        """The same, further on."""
        return replace(self, position=position, row=row)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("token", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("facet", fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "body"):
        builder.add_text_field(name, tokenizer_name="pairs", index_option="position")
    builder.add_unsigned_field("place", stored=True, indexed=True, fast=True)
    for name in ("position", "row", "version"):
        builder.add_unsigned_field(name, stored=True)
    builder.add_text_field("rows", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


SCHEMA = _schema()


def opened(folder: Path) -> tantivy.Index:
    """The index in a folder, made if there is none. Raises ValueError for one of another schema."""
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(SCHEMA, path=str(folder), reuse=True)
    index.register_tokenizer("pairs", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def progress_of(searcher: tantivy.Searcher) -> Progress:
    """How far an index has followed; nowhere for an empty one and for one of another version."""
    found = searcher.search(tantivy.Query.term_query(SCHEMA, "key", _PROGRESS), 1).hits
    if not found:
        return Progress()
    kept = searcher.doc(found[0][1])
    if int(kept["version"][0]) != VERSION:
        return Progress()
    return Progress(str(kept["rows"][0]), int(kept["position"][0]), int(kept["row"][0]))


class Writer:
    """The only writer; Tantivy's own lock in the folder refuses a second one with ValueError."""

    def __init__(self, folder: Path) -> None:
        self._index = opened(folder)
        self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        self._lock = folder / _LOCK
        self._held = self._lock.stat().st_ino

    def stands(self) -> bool:
        """Whether the folder is still the one that was opened: the lock held open there is no other's."""
        return self._lock.exists() and self._lock.stat().st_ino == self._held

    def progress(self) -> Progress:
        """How far the index has followed, as the last commit says."""
        self._index.reload()
        return progress_of(self._index.searcher())

    def clear(self) -> None:
        """Forget everything, with the next commit."""
        self._writer.delete_all_documents()

    def write(self, entries: Iterable[Entry], gone: Iterable[str], progress: Progress) -> None:
        """Replace and remove documents and move on, in one commit."""
        for key in gone:
            self._writer.delete_documents_by_term("key", key)
        for entry in entries:
            self._writer.delete_documents_by_term("key", entry.key)
            self._writer.add_document(_document(entry))
        self._writer.delete_documents_by_term("key", _PROGRESS)
        self._writer.add_document(_marker(progress))
        self._writer.commit()

    def close(self) -> None:
        """Wait for merges and give up the lock."""
        self._writer.wait_merging_threads()


def _document(entry: Entry) -> tantivy.Document:
    document = tantivy.Document(key=entry.key, title=_words(entry.title), body=_words(entry.body))
    document.add_unsigned("place", entry.place)
    for token in entry.tokens:
        document.add_text("token", token)
    for facet in entry.facets:
        document.add_text("facet", facet)
    return document


def _marker(progress: Progress) -> tantivy.Document:
    """The document that says how far the index has followed; it has no texts, so no search finds it."""
    document = tantivy.Document(key=_PROGRESS, rows=progress.rows)
    for name, value in (("position", progress.position), ("row", progress.row), ("version", VERSION)):
        document.add_unsigned(name, value)
    return document


def _words(text: str) -> str:
    return " ".join(pairs(fold(text)))
