"""The entries in PostgreSQL 15: principals as an integer array, text as a tsvector of pairs of characters, both under GIN.

The server is set up for reading from memory (see ``_peers.py``). Its own extension for parts of words, pg_trgm, finds nothing by two characters.
"""

from pathlib import Path

import psycopg

from benchmarks._registers_entries import COLUMNS, FACETS, PAGE, entries, moments, pairs, skipped

SHOWN = ", ".join(COLUMNS)
SCHEMA = """
CREATE TABLE principals (name text PRIMARY KEY, id int);
CREATE TABLE items (id int, number text, sender text, at bigint, year int, kind text, urgency text, state text, title text, allowed int[], words tsvector);
"""
INDEXES = """
ALTER TABLE items ADD PRIMARY KEY (id);
CREATE INDEX ON items (number);
CREATE INDEX ON items (sender, year, at);
CREATE INDEX ON items (at);
CREATE INDEX ON items (year);
CREATE INDEX ON items USING gin (allowed);
CREATE INDEX ON items USING gin (words);
"""
GAP = 2
"""Places between the title and the text, so that no phrase runs from one into the other."""


def address(folder: Path) -> str:
    """The database's address: a socket in the folder."""
    return f"postgresql://owner@/postgres?host={folder}"


def build(folder: Path, count: int) -> None:
    """Copy all, then make the indexes."""
    numbers: dict[str, int] = {}
    with psycopg.connect(address(folder), autocommit=True) as connection:
        connection.execute(SCHEMA)
        with connection.cursor() as cursor:
            with cursor.copy("COPY items FROM STDIN") as copy:
                for entry in entries(count):
                    allowed = [numbers.setdefault(each, len(numbers)) for each in entry.allowed]
                    copy.write_row((entry.id, entry.number, entry.sender, entry.at, entry.year, entry.kind, entry.urgency, entry.state,
                                    entry.title, allowed, _vector(entry.title, entry.text)))  # fmt: skip
            with cursor.copy("COPY principals FROM STDIN") as copy:
                for row in numbers.items():
                    copy.write_row(row)
        connection.execute(INDEXES)
        connection.execute("VACUUM ANALYZE items")
        connection.execute("CHECKPOINT")


def _vector(title: str, text: str) -> str:
    start = len(title) + GAP
    words = [f"'{pair}':{place}" for place, pair in enumerate(pairs(title), start=1)]
    return " ".join(words + [f"'{pair}':{place}" for place, pair in enumerate(pairs(text), start=start)])


class Asker:
    """One connection."""

    def __init__(self, folder: Path, count: int) -> None:
        self._skipped = skipped(count)
        self._connection = psycopg.connect(address(folder), autocommit=True)
        self._connection.prepare_threshold = None
        self._numbers = dict(self._rows("SELECT name, id FROM principals"))

    def prepare(self) -> None:
        """Read the key of the deep page."""
        self._key = self._rows(f"SELECT at FROM items ORDER BY at DESC LIMIT 1 OFFSET {self._skipped - 1}")[0][0]

    def _rows(self, sql, *values):
        return self._connection.execute(sql, values).fetchall()

    def _principals(self, question):
        return [self._numbers[each] for each in question.principals if each in self._numbers]

    def number(self, question):
        return self._rows(f"SELECT {SHOWN} FROM items WHERE number = %s", question.number)

    def sender_year(self, question):
        return self._rows(
            f"SELECT {SHOWN} FROM items WHERE sender = %s AND year = %s ORDER BY at DESC LIMIT {PAGE}",
            question.sender,
            question.year,
        )

    def newest(self, _question):
        return self._rows(f"SELECT {SHOWN} FROM items ORDER BY at DESC LIMIT {PAGE}")

    def permission(self, question):
        return self._rows(
            f"SELECT {SHOWN} FROM items WHERE at BETWEEN %s AND %s AND allowed && %s::int[] ORDER BY at DESC LIMIT {PAGE}",
            *moments(question.years),
            self._principals(question),
        )

    def deep(self, _question):
        """By key."""
        return self._rows(f"SELECT {SHOWN} FROM items WHERE at < %s ORDER BY at DESC LIMIT {PAGE}", self._key)

    def states(self, question):
        found = self._rows(
            "SELECT state, count(*) FROM items WHERE allowed && %s::int[] GROUP BY state", self._principals(question)
        )
        return {"state": dict(found)}

    def facets(self, question):
        sets = ", ".join(f"({name})" for name in FACETS)
        found = self._rows(
            f"SELECT {', '.join(FACETS)}, count(*) FROM items WHERE year BETWEEN %s AND %s AND allowed && %s::int[] GROUP BY GROUPING SETS ({sets})",
            *question.years,
            self._principals(question),
        )
        return {name: {row[at]: row[-1] for row in found if row[at] is not None} for at, name in enumerate(FACETS)}

    def _texts(self, search, condition="", *values):
        return self._rows(
            f"SELECT {SHOWN} FROM items WHERE words @@ %s::tsquery {condition} ORDER BY at DESC LIMIT {PAGE}",
            search,
            *values,
        )

    def words(self, question):
        return self._texts(" & ".join(map(_words, question.words)))

    def words_permission(self, question):
        return self._texts(
            " & ".join(map(_words, question.words)), "AND allowed && %s::int[]", self._principals(question)
        )

    def phrase(self, question):
        return self._texts(_words(question.phrase))

    def without(self, question):
        return self._texts(f"{_words(question.words[0])} & !{_words(question.words[1])}")


def _words(word: str) -> str:
    return "(" + " <-> ".join(f"'{pair}'" for pair in pairs(word)) + ")"
