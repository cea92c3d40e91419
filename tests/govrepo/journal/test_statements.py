"""What is written into the tables."""

import sqlite3
from contextlib import closing

import pytest

from govrepo.journal import schema
from govrepo.journal.merkle import Tree, leaf
from govrepo.journal.nodes import Nodes
from govrepo.journal.statements import GENESIS, NEWEST, grow_tree, insert, settled
from tests.govrepo.journal.support import act


@pytest.fixture
def connection():
    with closing(sqlite3.connect(":memory:")) as opened:
        schema.make(opened)
        yield opened


def test_entries_are_chained_in_the_order_given(connection):
    insert(connection, "ab" * 16, [act("/1"), act("/2")])
    insert(connection, "cd" * 16, [act("/3")], voids="ab" * 16)
    rows = connection.execute("SELECT seq, subject, txn, voids, hash FROM entries").fetchall()
    assert [each[:4] for each in rows] == [(0, "/1", "ab" * 16, None), (1, "/2", "ab" * 16, None), (2, "/3", "cd" * 16, "ab" * 16)]  # fmt: skip
    assert connection.execute(NEWEST).fetchone() == (2, rows[2][4])
    assert connection.execute(GENESIS).fetchone() == (rows[0][4],)


def test_closing_tells_how_many_were_open(connection):
    connection.execute("INSERT INTO open_transactions VALUES ('a', 'p'), ('b', 'p')")
    assert (settled(connection, ["a", "x"]), settled(connection, ["a"]), settled(connection, [])) == (1, 0, 0)


def test_the_tree_grows_by_the_bodies(connection):
    insert(connection, "ab" * 16, [act("/1"), act("/2")])
    assert (grow_tree(connection), grow_tree(connection)) == (2, 0)
    tree, plain = Tree(Nodes(connection.execute), 2), Tree({}, 0)
    plain.extend(leaf(body.encode()) for (body,) in connection.execute("SELECT body FROM entries"))
    assert tree.root() == plain.root()
