"""Files of earlier and later releases."""

import sqlite3
from contextlib import closing

import pytest

from govrepo.journal import schema
from govrepo.journal.entry import Entry, JournalUnavailableError, Query
from govrepo.journal.rows import Row, row
from govrepo.journal.sqlite import SqliteStore


@pytest.fixture
def path(tmp_path):
    """A file of the first release with its first entry."""
    path = tmp_path / "journal.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(schema.FIRST + f"PRAGMA application_id={schema.APPLICATION_ID}")
        first = row(Row.of(None), "ab" * 16, Entry("journal.found", "system"))
        connection.execute("INSERT INTO entries (seq, body, hash) VALUES (?, ?, ?)", first)
        connection.commit()
    return path


def test_a_file_of_the_first_release_is_brought_up_to_date(path):
    store = SqliteStore(path)
    store.append("cd" * 16, [Entry("document.change", "person:p1", address="10.0.0.8")])
    assert [each.seq for each in store.records(Query(address="10.0.0.8"))] == [1]
    assert (store.grow_tree(), store.checkpoints(), store.segments()) == (2, [], [])
    store.close()


def test_a_file_of_a_later_release_is_left_alone(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(JournalUnavailableError, match="release 99"):
        SqliteStore(path)


def test_a_statement_at_a_time_so_that_all_is_one_transaction(tmp_path):
    with closing(sqlite3.connect(tmp_path / "new", isolation_level=None)) as connection:
        connection.execute("BEGIN")
        schema.make(connection)
        connection.execute("ROLLBACK")
        assert connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
