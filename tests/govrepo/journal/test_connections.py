"""A connection for each thread, on the file that the path names now."""

import sqlite3
import threading

import pytest

from govrepo.journal.connections import Connections, connect
from govrepo.journal.entry import JournalUnavailableError


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "some.sqlite"
    path.touch()
    return path


def test_a_thread_keeps_its_connection_and_shares_it_with_nobody(path):
    ours, theirs = Connections(path, 1), []
    assert ours.current() is ours.current()
    thread = threading.Thread(target=lambda: theirs.append(ours.current()))
    thread.start()
    thread.join()
    assert theirs[0] is not ours.current()
    assert (ours.close(), ours.close()) == (True, False)
    with pytest.raises(JournalUnavailableError, match="closed"):
        ours.current()
    with pytest.raises(sqlite3.ProgrammingError):
        theirs[0].execute("SELECT 1")


def test_another_file_under_the_name_is_opened_anew(path, tmp_path):
    ours = Connections(path, 1)
    before = ours.current()
    (tmp_path / "other").touch()
    (tmp_path / "other").rename(path)
    assert ours.current() is not before
    ours.discard()
    ours.discard()
    ours.close()


def test_a_missing_file_is_not_made(tmp_path):
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        connect(tmp_path / "none", 1)
    assert list(tmp_path.iterdir()) == []
