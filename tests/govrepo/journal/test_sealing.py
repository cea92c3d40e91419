"""What must hold at the end of a period, and what is written there (R-7.2)."""

import sqlite3
from contextlib import closing

import pytest

from govrepo import clock
from govrepo.journal import schema, sealing
from govrepo.journal.merkle import Tree, leaf
from govrepo.journal.sealing import BusyError, close_period
from govrepo.journal.segments import listed
from govrepo.journal.statements import insert, open_transaction
from tests.contracts.journal_store import all_of, signer
from tests.govrepo.journal.support import act


@pytest.fixture
def connection():
    with closing(sqlite3.connect(":memory:")) as opened:
        schema.make(opened)
        insert(opened, "ab" * 16, [act("/1"), act("/2"), act("/3")])
        yield opened


def test_a_period_ends_with_a_checkpoint_over_all_of_it(connection, tmp_path):
    segment = close_period(connection, signer(tmp_path), all_of)
    bodies = connection.execute("SELECT body, hash FROM entries").fetchall()
    plain = Tree({}, 0)
    plain.extend(leaf(body.encode()) for body, _hash in bodies)
    ((size, text),) = connection.execute("SELECT size, text FROM checkpoints").fetchall()
    assert (size, f"root: {plain.root().hex()}" in text) == (3, True)
    assert listed(connection) == [segment]
    assert (segment.first, segment.last, segment.head, segment.genesis) == (0, 2, bodies[2][1], bodies[0][1])
    assert segment.began <= segment.ended <= clock.micros(clock.now())


def test_a_checkpoint_that_stands_there_is_not_made_twice(connection, tmp_path):
    close_period(connection, signer(tmp_path), all_of)
    connection.execute("DROP TRIGGER segments_kept")
    connection.execute("DELETE FROM segments")
    close_period(connection, signer(tmp_path), all_of)
    assert connection.execute("SELECT count(*) FROM checkpoints").fetchone() == (1,)


def test_those_who_have_voted_get_time_to_finish(connection, tmp_path):
    open_transaction(connection, "t", "p")
    asked = []

    def after_a_while(txns):
        asked.append(txns)
        return txns if len(asked) == 3 else []

    close_period(connection, signer(tmp_path), after_a_while)
    assert asked == [["t"]] * 3


def test_nothing_is_sealed_over_those_who_do_not_finish(connection, tmp_path, monkeypatch):
    monkeypatch.setattr(sealing, "PATIENCE", 0.02)
    open_transaction(connection, "t", "p")
    with pytest.raises(BusyError, match="1 transactions are open"):
        close_period(connection, signer(tmp_path), lambda _txns: [])
    assert listed(connection) == []
