"""The Merkle tree over the journal's entries, as RFC 9162 sect. 2.1 has it: roots, inclusion and consistency proofs (SOD-12).

A leaf is an entry's body. Two proofs make the journal checkable by those who do not have all of it: *inclusion*, that an
entry stands in the tree a checkpoint names, and *consistency*, that a later checkpoint's tree only adds to an earlier one's.
Hashes are SHA-256, 32 bytes; a proof is a list of them. Nothing here knows of a database: :class:`Tree` reads the roots of
its perfect subtrees through the mapping it is given, and writes them there when leaves are added.
"""

import hashlib
from collections.abc import Iterable, MutableMapping, Sequence

Hash = bytes
Place = tuple[int, int]
"""A perfect subtree: (level, position); it covers the leaves from ``position << level``, ``1 << level`` of them."""

EMPTY: Hash = hashlib.sha256().digest()
"""The root of a tree without leaves."""


def leaf(body: bytes) -> Hash:
    """The hash of a leaf; the prefix keeps leaves and inner nodes apart."""
    return hashlib.sha256(b"\x00" + body).digest()


def node(left: Hash, right: Hash) -> Hash:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A growing tree. ``nodes`` keeps the root of every perfect subtree, two hashes a leaf; ``size`` counts the leaves."""

    def __init__(self, nodes: MutableMapping[Place, Hash], size: int) -> None:
        self._nodes = nodes
        self.size = size

    def extend(self, leaves: Iterable[Hash]) -> None:
        """Add leaf hashes at the end."""
        for each in leaves:
            self._append(each)

    def _append(self, hashed: Hash) -> None:
        level, position = 0, self.size
        self._nodes[level, position] = hashed
        while position % 2:
            hashed = node(self._nodes[level, position - 1], hashed)
            level, position = level + 1, position // 2
            self._nodes[level, position] = hashed
        self.size += 1

    def leaf(self, index: int) -> Hash:
        """The hash of a leaf; raises KeyError for one that is not there."""
        return self._nodes[0, index]

    def root(self, size: int | None = None) -> Hash:
        """The root over the first ``size`` leaves, all by default; raises ValueError for more than there are."""
        wanted = self._known(self.size if size is None else size)
        return self._hash(0, wanted) if wanted else EMPTY

    def subtree(self, place: Place) -> Hash:
        """The root of a perfect subtree; raises KeyError for one that is not whole yet."""
        return self._nodes[place]

    def inclusion(self, index: int, size: int | None = None) -> list[Hash]:
        """The proof that leaf ``index`` stands in the tree of ``size`` leaves (sect. 2.1.3); raises ValueError outside it."""
        wanted = self._known(self.size if size is None else size)
        if not 0 <= index < wanted:
            raise ValueError(f"leaf {index} is not among {wanted}")
        return self._path(index, 0, wanted)

    def consistency(self, first: int, second: int | None = None) -> list[Hash]:
        """The proof that the tree of ``second`` leaves begins with that of ``first`` (sect. 2.1.4); ValueError if it cannot."""
        wanted = self._known(self.size if second is None else second)
        if not 0 < first <= wanted:
            raise ValueError(f"a tree of {wanted} does not follow one of {first}")
        return self._subproof(first, 0, wanted, whole=True)

    def _known(self, size: int) -> int:
        if not 0 <= size <= self.size:
            raise ValueError(f"the tree has {self.size} leaves, not {size}")
        return size

    def _hash(self, start: int, count: int) -> Hash:
        """The root over ``count`` leaves from ``start``, which is a multiple of the power of two that holds them."""
        if count & (count - 1) == 0:
            level = count.bit_length() - 1
            return self._nodes[level, start >> level]
        left = _split(count)
        return node(self._hash(start, left), self._hash(start + left, count - left))

    def _path(self, index: int, start: int, count: int) -> list[Hash]:
        if count == 1:
            return []
        left = _split(count)
        if index < left:
            return [*self._path(index, start, left), self._hash(start + left, count - left)]
        return [*self._path(index - left, start + left, count - left), self._hash(start, left)]

    def _subproof(self, first: int, start: int, count: int, *, whole: bool) -> list[Hash]:
        if first == count:
            return [] if whole else [self._hash(start, count)]
        left = _split(count)
        if first <= left:
            return [*self._subproof(first, start, left, whole=whole), self._hash(start + left, count - left)]
        return [*self._subproof(first - left, start + left, count - left, whole=False), self._hash(start, left)]


def peaks(size: int) -> list[Place]:
    """The perfect subtrees that a tree of so many leaves is made of, largest first."""
    return [(level, (size >> level) - 1) for level in range(size.bit_length() - 1, -1, -1) if size >> level & 1]


class Frontier:
    """The tree of those who read all entries in order and keep none: only the roots of its perfect subtrees, largest first."""

    def __init__(self, size: int = 0, roots: Iterable[Hash] = ()) -> None:
        self.size = size
        self.roots = list(roots)

    def append(self, hashed: Hash) -> list[Hash]:
        """Add a leaf hash at the end; the nodes that are whole now, from the leaf upwards."""
        rest, made = self.size, [hashed]
        while rest % 2:
            hashed = node(self.roots.pop(), hashed)
            made.append(hashed)
            rest //= 2
        self.roots.append(hashed)
        self.size += 1
        return made

    def root(self) -> Hash:
        """The root over all leaves so far."""
        found = self.roots[-1] if self.roots else EMPTY
        for left in self.roots[-2::-1]:
            found = node(left, found)
        return found


def _split(count: int) -> int:
    """The largest power of two smaller than ``count``."""
    return 1 << ((count - 1).bit_length() - 1)


def includes(root: Hash, size: int, index: int, hashed: Hash, proof: Sequence[Hash]) -> bool:
    """Whether a proof shows that the leaf stands at ``index`` of the tree with this root and size (sect. 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, hashed
    for each in proof:
        if last == 0:
            return False
        if place % 2 or place == last:
            found = node(each, found)
            place, last = _up_to_a_right_child(place, last)
        else:
            found = node(found, each)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def _up_to_a_right_child(place: int, last: int) -> tuple[int, int]:
    """Skip the levels on which the last node has no sibling."""
    while place and not place % 2:
        place, last = place >> 1, last >> 1
    return place, last


def follows(first: int, first_root: Hash, second: int, second_root: Hash, proof: Sequence[Hash]) -> bool:
    """Whether a proof shows that the second tree begins with the first (sect. 2.1.4.2)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return first_root == second_root and not proof
    hashes = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    return bool(hashes) and _climbs(first, first_root, second, second_root, hashes)


def _climbs(first: int, first_root: Hash, second: int, second_root: Hash, hashes: Sequence[Hash]) -> bool:
    place, last = first - 1, second - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    older = newer = hashes[0]
    for each in hashes[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            older, newer = node(each, older), node(each, newer)
            place, last = _up_to_a_right_child(place, last)
        else:
            newer = node(newer, each)
        place, last = place >> 1, last >> 1
    return last == 0 and older == first_root and newer == second_root
