"""The text index beside the database: one writer, many readers, and the position it stands at in the same commit.

The index can always be made anew from the objects; a crash loses at most what was after the last commit, which the position names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy

from govrepo.fulltext.folding import fold, pairs

if TYPE_CHECKING:
    from govrepo.fulltext.query import Branch, Query

_HEAP = 64_000_000  # bytes; Tantivy asks for at least 15 MB
_POSITION = "position"
_FIELDS = ("title", "body")
_TITLE_WEIGHT = 3.0


@dataclass(frozen=True)
class Entry:
    """A document's texts as indexed.

    ``tokens`` are the policy tokens that may each read it; ``place`` is its unique place in the order of dates, the newest highest.
    """

    key: str
    title: str
    body: str
    tokens: tuple[str, ...]
    place: int


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("token", tokenizer_name="raw", index_option="basic")
    for name in _FIELDS:
        builder.add_text_field(name, tokenizer_name="pairs", index_option="position")
    builder.add_unsigned_field("place", stored=True, indexed=True, fast=True)
    return builder.build()


_SCHEMA = _schema()


def _opened(folder: Path) -> tantivy.Index:
    index = tantivy.Index(_SCHEMA, path=str(folder), reuse=True)
    index.register_tokenizer("pairs", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


class Writer:
    """The only writer; Tantivy's own lock in the folder refuses a second one with ValueError."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._index = _opened(folder)
        self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)

    def write(self, entries: Iterable[Entry], gone: Iterable[str], position: int) -> None:
        """Replace and remove documents and move the position, in one commit."""
        for key in gone:
            self._writer.delete_documents_by_term("key", key)
        for entry in entries:
            self._writer.delete_documents_by_term("key", entry.key)
            self._writer.add_document(_document(entry))
        self._writer.delete_documents_by_term("key", _POSITION)
        self._writer.add_document(_sentinel(position))
        self._writer.commit()

    def close(self) -> None:
        """Wait for merges and give up the lock."""
        self._writer.wait_merging_threads()


def _document(entry: Entry) -> tantivy.Document:
    document = tantivy.Document(key=entry.key, title=_words(entry.title), body=_words(entry.body))
    document.add_unsigned("place", entry.place)
    for token in entry.tokens:
        document.add_text("token", token)
    return document


def _sentinel(position: int) -> tantivy.Document:
    """The document that says how far the index has followed; it has no texts, so no search finds it."""
    document = tantivy.Document(key=_POSITION)
    document.add_unsigned("place", position)
    return document


def _words(text: str) -> str:
    return " ".join(pairs(fold(text)))


class Reader:
    """Searches what the writer has committed; opened by any process, never writes."""

    def __init__(self, folder: Path) -> None:
        self._index = _opened(folder)

    def reload(self) -> None:
        """See the writer's last commit."""
        self._index.reload()

    def position(self) -> int:
        """Up to where the index has followed; 0 for an empty one."""
        searcher = self._index.searcher()
        found = searcher.search(tantivy.Query.term_query(_SCHEMA, "key", _POSITION), 1).hits
        return int(searcher.doc(found[0][1])["place"][0]) if found else 0

    def newest(self, query: Query, tokens: Iterable[str] | None, limit: int, before: int | None = None) -> list[str]:
        """Keys of what is found and readable by any of the tokens, newest first, below place ``before``.

        ``tokens`` None is no filter: for who may read everything.
        """
        return self._keys(_found(query, tokens, before), limit, "place")

    def best(self, query: Query, tokens: Iterable[str] | None, limit: int) -> list[str]:
        """Keys of what is found and readable, the most relevant first; a word in the title weighs more."""
        return self._keys(_found(query, tokens, None), limit, None)

    def _keys(self, wanted: tantivy.Query, limit: int, order: str | None) -> list[str]:
        searcher = self._index.searcher()
        hits = searcher.search(wanted, limit, count=False, order_by_field=order).hits
        return [str(searcher.doc(address)["key"][0]) for _, address in hits]


def _found(query: Query, tokens: Iterable[str] | None, before: int | None) -> tantivy.Query:
    must = [_any([_branch(branch) for branch in query.branches])]
    if tokens is not None:
        must.append(tantivy.Query.const_score_query(tantivy.Query.term_set_query(_SCHEMA, "token", list(tokens)), 0.0))
    if before is not None:
        below = tantivy.Query.range_query(
            _SCHEMA, "place", tantivy.FieldType.Unsigned, upper_bound=before, include_upper=False
        )
        must.append(tantivy.Query.const_score_query(below, 0.0))
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, each) for each in must])


def _branch(branch: Branch) -> tantivy.Query:
    clauses = [(tantivy.Occur.Must, _word(word)) for word in branch.wanted]
    clauses += [(tantivy.Occur.MustNot, _word(word)) for word in branch.unwanted]
    return tantivy.Query.boolean_query(clauses)


def _any(queries: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, each) for each in queries])


def _word(word: str) -> tantivy.Query:
    in_title = tantivy.Query.boost_query(_in_field("title", word), _TITLE_WEIGHT)
    return _any([in_title, _in_field("body", word)])


def _in_field(field: str, word: str) -> tantivy.Query:
    """A word's pairs standing in a row; one character alone begins a pair wherever it stands."""
    if len(word) == 1:
        return tantivy.Query.regex_query(_SCHEMA, field, re.escape(word) + ".?")
    inner = pairs(word)[:-1]
    if len(inner) == 1:
        return tantivy.Query.term_query(_SCHEMA, field, inner[0])
    return tantivy.Query.phrase_query(_SCHEMA, field, list(inner))
