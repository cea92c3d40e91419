"""The entries in SQLite, as one who knows it would keep them: covering order by rowid, permissions beside, FTS5 over pairs of characters."""

import sqlite3
from pathlib import Path

from benchmarks._registers_entries import COLUMNS, FACETS, PAGE, batches, entries, moments, pairs, skipped

SHOWN = ", ".join(COLUMNS)
SCHEMA = """
CREATE TABLE items (id INTEGER PRIMARY KEY, number TEXT, sender TEXT, at INTEGER, year INTEGER, kind TEXT, urgency TEXT, state TEXT, title TEXT);
CREATE TABLE allowed (principal TEXT, id INTEGER, PRIMARY KEY (principal, id)) WITHOUT ROWID;
CREATE TABLE readers (id INTEGER, principal TEXT, PRIMARY KEY (id, principal)) WITHOUT ROWID;
CREATE VIRTUAL TABLE texts USING fts5 (title, body, content='', tokenize='ascii');
"""
INDEXES = """
CREATE INDEX items_number ON items (number);
CREATE INDEX items_sender ON items (sender, year, at);
CREATE INDEX items_at ON items (at, id);
CREATE INDEX items_facets ON items (id, kind, sender, year, state);
ANALYZE;
"""


def build(folder: Path, count: int) -> None:
    """Load all in transactions of 50,000, then make the indexes."""
    connection = sqlite3.connect(folder / "items.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-400000")
    connection.executescript(SCHEMA)
    for batch in batches(entries(count), 50_000):
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((e.id, e.number, e.sender, e.at, e.year, e.kind, e.urgency, e.state, e.title) for e in batch),
        )
        connection.executemany("INSERT INTO allowed VALUES (?, ?)", sorted((p, e.id) for e in batch for p in e.allowed))
        connection.executemany("INSERT INTO readers VALUES (?, ?)", ((e.id, p) for e in batch for p in e.allowed))
        connection.executemany(
            "INSERT INTO texts (rowid, title, body) VALUES (?, ?, ?)",
            ((e.id, " ".join(pairs(e.title)), " ".join(pairs(e.text))) for e in batch),
        )
        connection.execute("COMMIT")
    connection.execute("INSERT INTO texts (texts) VALUES ('optimize')")
    connection.executescript(INDEXES)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


class Asker:
    """One connection with a cache for all of it."""

    def __init__(self, folder: Path, count: int) -> None:
        self._skipped = skipped(count)
        self._connection = sqlite3.connect(f"file:{folder / 'items.sqlite'}?mode=ro", uri=True)
        self._connection.execute("PRAGMA cache_size=-600000")
        self._connection.execute("PRAGMA temp_store=MEMORY")

    def prepare(self) -> None:
        """Read the key of the deep page."""
        self._key = self._rows(f"SELECT at FROM items ORDER BY at DESC LIMIT 1 OFFSET {self._skipped - 1}")[0][0]

    def _rows(self, sql, *values):
        return self._connection.execute(sql, values).fetchall()

    def number(self, question):
        return self._rows(f"SELECT {SHOWN} FROM items WHERE number = ?", question.number)

    def sender_year(self, question):
        return self._rows(
            f"SELECT {SHOWN} FROM items WHERE sender = ? AND year = ? ORDER BY at DESC LIMIT {PAGE}",
            question.sender,
            question.year,
        )

    def newest(self, _question):
        return self._rows(f"SELECT {SHOWN} FROM items ORDER BY at DESC LIMIT {PAGE}")

    def permission(self, question):
        """Along the order, each row asked for its readers: for a person who sees a quarter that is the best."""
        return self._rows(
            f"SELECT {SHOWN} FROM items WHERE at BETWEEN ? AND ? AND EXISTS (SELECT 1 FROM readers WHERE readers.id = items.id"
            f" AND principal IN ({_marks(question)})) ORDER BY at DESC LIMIT {PAGE}",
            *moments(question.years),
            *question.principals,
        )

    def deep(self, _question):
        """By key."""
        return self._rows(f"SELECT {SHOWN} FROM items WHERE at < ? ORDER BY at DESC LIMIT {PAGE}", self._key)

    def states(self, question):
        found = self._rows(
            f"SELECT state, count(*) FROM items WHERE id IN (SELECT id FROM allowed WHERE principal IN ({_marks(question)})) GROUP BY state",
            *question.principals,
        )
        return {"state": dict(found)}

    def facets(self, question):
        """The rows once, then each count over them."""
        counts = " UNION ALL ".join(f"SELECT '{name}', {name}, count(*) FROM seen GROUP BY {name}" for name in FACETS)
        found = self._rows(
            f"WITH seen AS MATERIALIZED (SELECT {', '.join(FACETS)} FROM items WHERE year BETWEEN ? AND ?"
            f" AND id IN (SELECT id FROM allowed WHERE principal IN ({_marks(question)}))) {counts}",
            *question.years,
            *question.principals,
        )
        return {facet: {value: number for name, value, number in found if name == facet} for facet in FACETS}

    def _texts(self, match, condition="", *values):
        """The newest first is the order of rowids backwards, which FTS5 reads without sorting."""
        return self._rows(
            f"SELECT {SHOWN} FROM (SELECT rowid FROM texts WHERE texts MATCH ? {condition} ORDER BY rowid DESC LIMIT {PAGE})"
            " AS hits JOIN items ON items.id = hits.rowid ORDER BY id DESC",
            match,
            *values,
        )

    def words(self, question):
        return self._texts(" AND ".join(map(_words, question.words)))

    def words_permission(self, question):
        readers = (
            f"AND EXISTS (SELECT 1 FROM readers WHERE readers.id = texts.rowid AND principal IN ({_marks(question)}))"
        )
        return self._texts(" AND ".join(map(_words, question.words)), readers, *question.principals)

    def phrase(self, question):
        return self._texts(_words(question.phrase))

    def without(self, question):
        return self._texts(f"{_words(question.words[0])} NOT {_words(question.words[1])}")


def _marks(question) -> str:
    return ", ".join("?" * len(question.principals))


def _words(word: str) -> str:
    return f'"{" ".join(pairs(word))}"'
