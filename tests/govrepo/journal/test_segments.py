"""Names and reading of sealed files."""

import sqlite3
from contextlib import closing

import pytest

from govrepo.journal import schema
from govrepo.journal.segments import NAME, Segment, listed, present, read

FIRST, SECOND = Segment(0, 9, "ab", 1, 5, "cd"), Segment(10, 25, "ef", 6, 9, "cd")


def test_a_name_says_what_is_in_it(tmp_path):
    assert SECOND.path(tmp_path / "journal.sqlite") == tmp_path / "journal-000000000010-000000000025.sqlite"
    assert SECOND.size == 26


def test_a_file_lists_the_periods_before_it_and_nobody_changes_them(tmp_path):
    with closing(sqlite3.connect(":memory:")) as connection:
        schema.make(connection)
        for each in (SECOND, FIRST):
            connection.execute(NAME, each.values)
        assert listed(connection) == [FIRST, SECOND]
        for statement in ("UPDATE segments SET head = ''", "DELETE FROM segments"):
            with pytest.raises(sqlite3.IntegrityError, match="sealed period"):
                connection.execute(statement)


def test_only_present_files_are_read_and_none_is_written(tmp_path):
    journal = tmp_path / "journal.sqlite"
    path = FIRST.path(journal)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (n)")
    assert list(present([FIRST, SECOND], journal)) == [(FIRST, path)]
    assert read(path, "SELECT count(*) FROM t") == [(0,)]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        read(path, "INSERT INTO t VALUES (?)", [1])
