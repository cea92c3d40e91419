"""The journal in PostgreSQL: the contract of every store, and what the database itself refuses (R-7.2, SOD-12)."""

import threading

import psycopg
import pytest

from govrepo.journal import postgres_lease
from govrepo.journal.entry import JournalUnavailableError
from govrepo.journal.postgres import PostgresStore
from tests import postgres
from tests.contracts.journal_store import TXN, JournalStoreContract, act, rows
from tests.postgres import ROLE


@pytest.fixture
def database(server):
    return server.journal()


class TestPostgresStore(JournalStoreContract):
    @pytest.fixture
    def open_store(self, server, database):
        opened = []

        def open_store():
            opened.append(PostgresStore(server.url(database, ROLE), timeout=5))
            return opened[-1]

        yield open_store
        for store in opened:
            store.close()

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE entries SET body = '{}'",
            "DELETE FROM entries",
            "TRUNCATE entries",
            "ALTER TABLE entries DISABLE TRIGGER ALL",
            "DROP TABLE entries",
            "UPDATE checkpoints SET size = 7",
            "DELETE FROM nodes",
            "DELETE FROM segments",
            "UPDATE open_transactions SET process = ''",
            "INSERT INTO pulse VALUES (2, 0)",
            "CREATE TABLE govrepo_journal.own (n int)",
        ],
    )
    def test_the_applications_role_may_add_and_nothing_else(self, store, statement):
        store.append(TXN[1], [act()])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            store._connection().execute(statement)

    @pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
    @pytest.mark.parametrize(("table", "column"), [("entries", "seq"), ("nodes", "level"), ("checkpoints", "size"), ("segments", "first")])  # fmt: skip
    def test_the_owner_is_refused_by_the_triggers(self, server, database, statement, table, column):
        refused = pytest.raises(psycopg.errors.RaiseException, match="can be changed or deleted")
        with psycopg.connect(server.url(database), autocommit=True) as owner, refused:
            owner.execute(statement.format(f"govrepo_journal.{table}", column, column))

    @pytest.mark.parametrize(
        ("values", "why"),
        [
            ((7, "{}", ""), "only be added at the end"),
            ((0, "{}", ""), "only be added at the end"),
            ((1, "{}", "ab" * 32), "has the hash of its body"),
            ((1, "{}", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"), "names the one before it"),
        ],
    )
    def test_the_database_takes_what_follows_and_nothing_else(self, store, values, why):
        with pytest.raises(psycopg.errors.RaiseException, match=why):
            store._connection().execute("INSERT INTO entries (seq, body, hash) VALUES (%s, %s, %s)", values)

    def test_what_no_text_of_postgresql_can_hold_is_found_all_the_same(self, store):
        hostile = act("/\x00a\\u0000\ud800", details={"\\": "\\\\u0000"})
        store.append(TXN[1], [hostile])
        assert rows(store)[1].entry == hostile
        assert store._read("SELECT subject FROM entries WHERE seq = 1") == [("/?a\\u0000?",)]

    def test_one_who_lost_the_server_fails_and_goes_on_when_it_is_back(self, store, server, database):
        store.prepare(TXN[1], [act()], [])
        with psycopg.connect(server.url(database), autocommit=True) as owner:
            owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (ROLE,))
        for attempt in (store.probe, lambda: store.prepare(TXN[2], [act()], [])):
            with pytest.raises(JournalUnavailableError):
                attempt()
        store.probe()
        store.prepare(TXN[3], [act()], [TXN[1]])
        assert store.open_transactions() == {TXN[3]: store.process}
        assert len(rows(store)) == 3

    def test_a_process_is_dead_only_some_time_after_its_last_vote(self, store, open_store, monkeypatch):
        other = open_store()
        other.prepare(TXN[1], [act()], [])
        other.close()
        assert not store.is_dead(other.process), "the vote may yet be brought to an end"
        monkeypatch.setattr(postgres_lease, "GRACE_SECONDS", 0)
        assert store.is_dead(other.process)

    def test_a_writer_waits_for_another_and_not_for_ever(self, server, database, store):
        impatient = PostgresStore(server.url(database, ROLE), timeout=0.05)
        with store._writing() as connection:
            connection.execute("SELECT 1")
            with pytest.raises(JournalUnavailableError, match="lock timeout"):
                impatient.probe()
        impatient.probe()
        impatient.close()

    def test_a_thread_that_ends_closes_its_connection(self, store):
        thread = threading.Thread(target=store.probe)
        thread.start()
        thread.join()
        assert len(store._handles) == 1

    def test_every_commit_reaches_the_disk(self, store):
        assert store._read("SHOW synchronous_commit") == [("on",)]


def test_a_server_that_falls_over_loses_nothing_and_is_waited_for_by_nobody():
    with postgres.running() as own:
        name = own.journal()
        store = PostgresStore(own.url(name, ROLE))
        store.prepare(TXN[1], [act("/1")], [])
        own.stop()
        for _turn in range(2):
            with pytest.raises(JournalUnavailableError):
                store.append(TXN[2], [act("/2")])
        own.start()
        with pytest.raises(JournalUnavailableError, match="it is there again"):
            store.prepare(TXN[3], [act("/3")], [])
        store.prepare(TXN[3], [act("/3")], [TXN[1]])
        assert [each.entry.subject for each in rows(store)] == ["", "/1", "/3"]
        assert store.open_transactions() == {TXN[3]: store.process}
        store.close()


def test_a_database_without_a_journal_is_not_given_one(server):
    with pytest.raises(JournalUnavailableError, match="holds no journal"):
        PostgresStore(server.url("postgres", ROLE))


def test_no_server_no_journal(tmp_path):
    with pytest.raises(JournalUnavailableError):
        PostgresStore(f"postgresql://nobody@/none?host={tmp_path}")
