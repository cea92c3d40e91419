import sqlite3
import stat
import threading
import time
from contextlib import closing

import pytest

from govrepo.journal.checkpoint import sign
from govrepo.journal.entry import JournalUnavailableError
from govrepo.journal.sqlite import SqliteStore
from govrepo.trust.system_key import SystemKey
from tests.contracts.journal_store import TXN, JournalStoreContract, act, rows


class TestSqliteStore(JournalStoreContract):
    @pytest.fixture
    def open_store(self, tmp_path):
        opened = []

        def open_store():
            opened.append(SqliteStore(tmp_path / "journal.sqlite", timeout=5))
            return opened[-1]

        yield open_store
        for store in opened:
            store.close()

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE entries SET body = '{}' WHERE seq = 1",
            "UPDATE entries SET seq = 7 WHERE seq = 1",
            "DELETE FROM entries",
            "DELETE FROM entries WHERE seq = 2",
            "INSERT INTO entries (seq, body, hash) VALUES (4, '{}', '')",
            "INSERT OR REPLACE INTO entries (seq, body, hash) VALUES (2, '{}', '')",
            "INSERT INTO entries (seq, body, hash) VALUES (-1, '{}', '')",
            "INSERT INTO entries (body, hash) VALUES ('{}', '')",
        ],
    )
    def test_no_connection_can_change_an_entry(self, store, tmp_path, statement):
        store.append(TXN[1], [act(), act()])
        with closing(sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)) as stock:
            for connection in (store._connections.current(), stock):
                with pytest.raises(sqlite3.IntegrityError, match="journal entry"):
                    connection.execute(statement)
        assert len(rows(store)) == 3

    @pytest.mark.parametrize("statement", ["UPDATE checkpoints SET size = 7", "DELETE FROM checkpoints"])
    def test_no_connection_can_change_a_checkpoint(self, store, tmp_path, statement):
        store.keep_checkpoint(sign("ab" * 32, 1, bytes(32), SystemKey.load(tmp_path / "key.pem")))
        with pytest.raises(sqlite3.IntegrityError, match="checkpoint cannot"):
            store._connections.current().execute(statement)

    def test_every_commit_reaches_the_disk(self, store):
        assert store._connections.current().execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert store._connections.current().execute("PRAGMA synchronous").fetchone() == (2,)

    def test_only_the_owner_may_read_the_files(self, store, tmp_path):
        store.append(TXN[1], [act()])
        assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}

    def test_a_writer_waits_for_another_process(self, store, tmp_path):
        with closing(sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            thread = threading.Thread(target=store.append, args=[TXN[1], [act()]])
            thread.start()
            time.sleep(0.2)
            assert thread.is_alive()
            other.execute("COMMIT")
            thread.join()
        assert len(rows(store)) == 2

    def test_a_writer_does_not_wait_for_ever(self, store, tmp_path):
        impatient = SqliteStore(tmp_path / "journal.sqlite", timeout=0.05)
        with closing(sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(JournalUnavailableError, match="locked"):
                impatient.probe()
        with impatient._turn(), pytest.raises(JournalUnavailableError, match="busy"):
            impatient.probe()
        impatient.probe()
        impatient.close()

    def test_a_full_disk_refuses_and_space_heals(self, store):
        connection = store._connections.current()
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(JournalUnavailableError, match="full"):
            store.append(TXN[1], [act(reason="长" * 10_000)])
        store.append(TXN[1], [act(reason="长" * 10_000)])
        assert len(rows(store)) == 2

    def test_a_connection_that_may_not_write_refuses(self, store):
        store._connections.current().execute("PRAGMA query_only = 1")
        with pytest.raises(JournalUnavailableError, match="readonly"):
            store.probe()

    def test_a_removed_file_refuses_and_is_not_made_anew(self, store, tmp_path):
        store.append(TXN[1], [act()])
        path = tmp_path / "journal.sqlite"
        path.rename(tmp_path / "away")
        for attempt in (store.probe, store.head):
            with pytest.raises(JournalUnavailableError, match="No such file"):
                attempt()
        assert not path.exists()
        (tmp_path / "away").rename(path)
        store.probe()
        assert len(rows(store)) == 2

    def test_a_file_put_in_its_place_is_the_one_written(self, store, tmp_path):
        path, copy = tmp_path / "journal.sqlite", tmp_path / "copy"
        with closing(sqlite3.connect(copy)) as target:
            store._connections.current().backup(target)
        store._connections.discard()
        copy.rename(path)
        store.append(TXN[1], [act()])
        with closing(sqlite3.connect(path)) as stock:
            assert stock.execute("SELECT count(*) FROM entries").fetchone() == (2,)

    @pytest.mark.parametrize("kind", ["text", "foreign"])
    def test_another_kind_of_file_is_not_touched(self, tmp_path, kind):
        path = tmp_path / "other.sqlite"
        if kind == "text":
            path.write_text("minutes of the meeting" * 100)
        else:
            with closing(sqlite3.connect(path)) as stock:
                stock.execute("CREATE TABLE minutes (text)")
        with pytest.raises(JournalUnavailableError, match="not a"):
            SqliteStore(path)

    def test_a_missing_folder_refuses(self, tmp_path):
        with pytest.raises(JournalUnavailableError, match="No such file"):
            SqliteStore(tmp_path / "nowhere" / "journal.sqlite")

    def test_a_thread_that_ends_closes_its_connection(self, store):
        thread = threading.Thread(target=store.probe)
        thread.start()
        thread.join()
        store.probe()
        assert len(store._connections) == 1
