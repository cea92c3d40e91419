"""One written form for texts and for what is searched in them: width, case, traditional characters, brackets, spaces (S-20).

Folding goes character by character, so any part of a text folds to a part of the folded text: that is why every substring is found.
"""

import unicodedata
from functools import lru_cache

from opencc import OpenCC

_TO_SIMPLIFIED = OpenCC("t2s")
_BRACKETS = str.maketrans("[【({〔「］】）])}」", "〔〔〔〔〔〔〕〕〕〕〕〕〕")
# A space inside a pair of characters would part it in the index.
_SPACE = "\u2423"


@lru_cache(maxsize=65_536)
def _folded(character: str) -> str:
    """One character's folded form; a space for white space, nothing for what is not written."""
    if character.isspace():
        return " "
    wide = unicodedata.normalize("NFKC", character).casefold()
    simple = "".join(_TO_SIMPLIFIED.convert(each) for each in wide).translate(_BRACKETS)
    return "".join(each for each in simple if each.isprintable() and not each.isspace())


def fold(text: str) -> str:
    """A text as it is compared; spaces stay only between Latin letters and digits, since lines break Chinese anywhere."""
    return "".join(character for character, _ in placed(text))


def placed(text: str) -> list[tuple[str, int]]:
    """The characters of the folded text, each with its place in the text itself."""
    found: list[tuple[str, int]] = []
    gap = False
    for place, written in enumerate(text):
        for character in _folded(written):
            if character == " ":
                gap = True
                continue
            if gap and found and _parted(found[-1][0]) and _parted(character):
                found.append((_SPACE, place - 1))
            found.append((character, place))
            gap = False
    return found


def _parted(character: str) -> bool:
    """Whether spaces part words written with this character."""
    return character.isascii() and character.isalnum()


def pairs(folded: str) -> list[str]:
    """The overlapping pairs of a folded text, and its last character alone."""
    return [folded[at : at + 2] for at in range(len(folded))]
