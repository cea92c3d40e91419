"""How far the text of a document's fixed-layout file and of its editable file are the same (R-N4.2: both are sent, and should be one text)."""

from enum import StrEnum
from typing import NamedTuple


class Likeness(StrEnum):
    """The outcome: the same but for trifles, some passages differ, not one text; one of the two has no text; it could not be finished."""

    SAME = "same"
    NEARLY = "nearly"
    DIFFERENT = "different"
    NO_TEXT = "no_text"
    FAILED = "failed"


class Passage(NamedTuple):
    """One difference: what stands in the fixed-layout file, and what in the editable one; either may be empty."""

    fixed: str
    editable: str


class TextComparison(NamedTuple):
    """The outcome, the share of text in common (0 to 1), the first differences, and how many there are."""

    likeness: Likeness
    ratio: float = 0.0
    passages: tuple[Passage, ...] = ()
    differences: int = 0
