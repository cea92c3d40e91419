"""The tree's nodes in the journal's tables."""

import sqlite3
from contextlib import closing

import pytest

from govrepo.journal import schema
from govrepo.journal.merkle import Tree, leaf
from govrepo.journal.nodes import Nodes
from govrepo.journal.statements import add_nodes

LEAVES = [leaf(bytes([number])) for number in range(11)]


@pytest.fixture
def connection():
    with closing(sqlite3.connect(":memory:")) as opened:
        schema.make(opened)
        yield opened


def test_they_are_the_mapping_a_tree_needs(connection):
    nodes, plain = Nodes(connection.execute), {}
    for mapping in (nodes, plain):
        Tree(mapping, 0).extend(LEAVES)
    assert dict(nodes) == plain
    add_nodes(connection, nodes.fresh.items())
    kept = Nodes(connection.execute)
    assert (kept.leaves(), dict(kept), len(kept)) == (11, plain, len(plain))
    assert Tree(kept, 11).root() == Tree(plain, 11).root()


def test_what_a_sealed_file_keeps_is_asked_for(connection):
    plain = {}
    Tree(plain, 0).extend(LEAVES)
    assert Tree(Nodes(connection.execute, plain.get), 11).root() == Tree(plain, 11).root()
    connection.execute("INSERT INTO segments VALUES (0, 10, '', 0, 0, '')")
    assert Nodes(connection.execute).leaves() == 11


def test_what_is_not_there_is_missing_and_nothing_goes(connection):
    nodes = Nodes(connection.execute)
    with pytest.raises(KeyError):
        nodes[1, 0]
    with pytest.raises(TypeError):
        del nodes[0, 0]
