"""The tree's nodes in the journal's file."""

import sqlite3
from contextlib import closing

import pytest

from govrepo.journal import schema
from govrepo.journal.merkle import Tree, leaf
from govrepo.journal.nodes import Nodes


@pytest.fixture
def nodes():
    with closing(sqlite3.connect(":memory:")) as connection:
        schema.make(connection)
        yield Nodes(connection.execute)


def test_they_are_the_mapping_a_tree_needs(nodes):
    assert nodes.leaves() == 0
    plain: dict[tuple[int, int], bytes] = {}
    leaves = [leaf(bytes([number])) for number in range(11)]
    for mapping in (nodes, plain):
        Tree(mapping, 0).extend(leaves)
    assert nodes.leaves() == 11
    assert dict(nodes) == plain
    assert len(nodes) == len(plain)
    assert Tree(nodes, 11).root() == Tree(plain, 11).root()


def test_what_is_not_there_is_missing_and_nothing_goes(nodes):
    Tree(nodes, 0).extend([leaf(b"")])
    with pytest.raises(KeyError):
        nodes[1, 0]
    with pytest.raises(TypeError):
        del nodes[0, 0]
