"""The Merkle tree against RFC 9162's own definition, every size to 70, and every way to falsify a proof."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govrepo.journal.merkle import EMPTY, Frontier, Tree, follows, includes, leaf, node, peaks

MOST = 70
# The leaves and roots of certificate transparency's published test vectors (RFC 6962 trees of 1 to 8 leaves).
VECTORS = [
    b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57", bytes(range(0x60, 0x70)),
]  # fmt: skip
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def defined(leaves):
    """MTH of sect. 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node(defined(leaves[:split]), defined(leaves[split:]))


LEAVES = [leaf(str(number).encode()) for number in range(MOST)]


@pytest.fixture(scope="module")
def tree():
    made = Tree({}, 0)
    made.extend(LEAVES)
    return made


@pytest.mark.parametrize(("size", "root"), ROOTS.items())
def test_published_roots(size, root):
    made = Tree({}, 0)
    made.extend(map(leaf, VECTORS[:size]))
    assert made.root().hex() == root


def test_roots_are_those_of_the_definition(tree):
    assert tree.root(0) == EMPTY == defined([])
    for size in range(1, MOST + 1):
        assert tree.root(size) == defined(LEAVES[:size])


def test_a_frontier_knows_every_root_without_the_tree(tree):
    frontier = Frontier()
    assert frontier.root() == EMPTY
    for size, each in enumerate(LEAVES, 1):
        frontier.append(each)
        assert (frontier.size, frontier.root()) == (size, tree.root(size))


def test_every_leaf_of_every_size_is_proven_and_no_other(tree):
    for size in range(1, MOST + 1):
        root = tree.root(size)
        for index in range(size):
            proof = tree.inclusion(index, size)
            assert includes(root, size, index, LEAVES[index], proof)
            assert not includes(root, size, index, LEAVES[index - 1], proof) or size == 1
            assert not includes(root, size, (index + 1) % size, LEAVES[index], proof) or size == 1
            assert not includes(root, size, index, LEAVES[index], [*proof, EMPTY])
            assert not proof or not includes(root, size, index, LEAVES[index], proof[:-1])
    assert not includes(tree.root(), MOST, MOST, LEAVES[0], [])


def test_every_growth_is_proven_and_no_other(tree):
    for second in range(1, MOST + 1):
        for first in range(1, second + 1):
            older, newer, proof = tree.root(first), tree.root(second), tree.consistency(first, second)
            assert follows(first, older, second, newer, proof)
            assert not follows(first, EMPTY, second, newer, proof)
            assert not follows(first, older, second, EMPTY, proof)
            assert not follows(first, older, second, newer, [*proof, EMPTY])
            assert not proof or not follows(first, older, second, newer, proof[:-1])
    assert not follows(2, tree.root(2), 1, tree.root(1), [])
    assert not follows(3, tree.root(3), 5, tree.root(5), [])


@given(st.lists(st.binary(max_size=8), min_size=2, max_size=40), st.data())
def test_a_changed_entry_is_never_included(bodies, data):
    made = Tree({}, 0)
    made.extend(map(leaf, bodies))
    index = data.draw(st.integers(0, len(bodies) - 1))
    forged = data.draw(st.binary(max_size=8).filter(lambda other: other != bodies[index]))
    assert not includes(made.root(), len(bodies), index, leaf(forged), made.inclusion(index))


@given(st.integers(1, MOST), st.data())
def test_a_flipped_bit_in_a_proof_is_found(size, data):
    made = Tree({}, 0)
    made.extend(LEAVES[:size])
    index = data.draw(st.integers(0, size - 1))
    proof = made.inclusion(index)
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        proof[place] = bytes([proof[place][0] ^ 1]) + proof[place][1:]
        assert not includes(made.root(), size, index, LEAVES[index], proof)


def test_a_tree_goes_on_from_what_was_kept():
    nodes = {}
    Tree(nodes, 0).extend(LEAVES[:33])
    made = Tree(nodes, 33)
    made.extend(LEAVES[33:])
    assert made.root() == defined(LEAVES)


@pytest.mark.parametrize("ask", [lambda tree: tree.root(MOST + 1), lambda tree: tree.inclusion(5, 5),
                                 lambda tree: tree.inclusion(-1), lambda tree: tree.consistency(0),
                                 lambda tree: tree.consistency(6, 5)])  # fmt: skip
def test_what_cannot_be_proven_is_refused(tree, ask):
    with pytest.raises(ValueError, match=r"leaf|leaves|tree"):
        ask(tree)


def test_a_tree_is_made_of_its_peaks():
    for size in range(1, 70):
        tree = Tree({}, 0)
        tree.extend([bytes(32)] * size)
        covered = [(position << level, (position + 1) << level) for level, position in peaks(size)]
        assert [start for start, _end in covered] == [0, *(end for _start, end in covered[:-1])]
        assert covered[-1][1] == size
        assert all(tree.subtree(place) for place in peaks(size))
