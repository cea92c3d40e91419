"""The part of a text to show under a result, with what was searched for marked; plain text, the page escapes it."""

from dataclasses import dataclass

from govrepo.fulltext.folding import placed
from govrepo.fulltext.query import Query

WIDTH = 120  # characters of an extract
_BEFORE = 30  # characters of them before the first hit


@dataclass(frozen=True)
class Piece:
    """A run of characters, and whether it is what was searched for."""

    text: str
    hit: bool


def extract(text: str, query: Query, width: int = WIDTH) -> list[Piece]:
    """The text around the first word found, in pieces; its beginning if no word stands in it."""
    hits = _hits(text, query)
    start = max(0, min(hits) - _BEFORE) if hits else 0
    pieces: list[Piece] = []
    for place in range(start, min(len(text), start + width)):
        hit = place in hits
        if pieces and pieces[-1].hit == hit:
            pieces[-1] = Piece(pieces[-1].text + text[place], hit)
        else:
            pieces.append(Piece(text[place], hit))
    return pieces


def _hits(text: str, query: Query) -> set[int]:
    """The places in the text where words searched for stand, with what lies inside them."""
    characters = placed(text)
    folded = "".join(character for character, _ in characters)
    hits: set[int] = set()
    for word in {word for branch in query.branches for word in branch.wanted}:
        at = folded.find(word)
        while at >= 0:
            hits.update(range(characters[at][1], characters[at + len(word) - 1][1] + 1))
            at = folded.find(word, at + len(word))
    return hits
