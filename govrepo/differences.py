"""What differs between two texts: paragraph by paragraph, and inside a changed paragraph character by character.

The cost is bounded whatever the texts: what would take long to compare is shown as taken out and put in as a whole, which is never wrong.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_PAIRS = 200_000
"""Pairs of equal paragraphs that are looked at: some 450 paragraphs that are all alike, or any number that are not."""
MOST_CHARACTERS = 2_000
"""Characters of a paragraph that is compared inside; a paragraph of an official document has some hundred."""
MOST_CHARACTER_PAIRS = 1_000_000
"""Pairs of equal characters that are looked at in all: some hundred changed pages, or half a second of nothing but noise."""
ALIKE = 0.4
"""Paragraphs less alike than this are two paragraphs, not one that was changed; marking single characters would only confuse."""


class Piece(NamedTuple):
    """A run of characters: ``same``, ``out`` or ``in``."""

    kind: str
    text: str


class Line(NamedTuple):
    """A paragraph: ``same``, ``out``, ``in``, or ``changed`` with its pieces in order."""

    kind: str
    pieces: tuple[Piece, ...]


def differences(old: str, new: str) -> list[Line]:
    """The paragraphs of two texts in order, each once, with what was taken out of the old and put into the new one."""
    before, after = old.splitlines(), new.splitlines()
    if _pairs(before, after) > MOST_PAIRS:
        return [*_whole("out", before), *_whole("in", after)]
    inside, found = _Inside(), []
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += _whole("same", before[start:end])
        else:
            found += inside.changed(before[start:end], after[first:last])
    return found


def same(lines: list[Line]) -> bool:
    """Whether nothing differs."""
    return all(line.kind == "same" for line in lines)


def _pairs(before: Sequence[str], after: Sequence[str]) -> int:
    counted = Counter(after)
    return sum(counted[each] for each in before)


def _whole(kind: str, paragraphs: Sequence[str]) -> list[Line]:
    return [Line(kind, (Piece(kind, paragraph),)) for paragraph in paragraphs]


class _Inside:
    """Compares changed paragraphs inside, as long as there is time."""

    def __init__(self) -> None:
        self._left = MOST_CHARACTER_PAIRS

    def changed(self, before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
        """Paragraphs that stand in the same place are compared with each other; what is left over went or came."""
        for old, new in zip(before, after, strict=False):
            pieces = self._pieces(old, new)
            if pieces:
                yield Line("changed", pieces)
            else:
                yield from (*_whole("out", [old]), *_whole("in", [new]))
        yield from _whole("out", before[len(after) :])
        yield from _whole("in", after[len(before) :])

    def _pieces(self, old: str, new: str) -> tuple[Piece, ...]:
        """What differs inside a paragraph; empty if the two have little in common, or it would take long to tell."""
        pairs = _pairs(old, new)
        if max(len(old), len(new)) > MOST_CHARACTERS or pairs > self._left:
            return ()
        self._left -= pairs
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        return tuple(_parts(matcher, old, new)) if matcher.ratio() >= ALIKE else ()


def _parts(matcher: "SequenceMatcher[str]", old: str, new: str) -> Iterator[Piece]:
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", old[start:end])
            continue
        yield from (Piece(kind, text) for kind, text in (("out", old[start:end]), ("in", new[first:last])) if text)
