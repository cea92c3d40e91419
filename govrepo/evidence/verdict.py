"""What a check of evidence says of each item, and of the whole (R-7.2)."""

from collections.abc import Iterable
from typing import NamedTuple


class Verdict(NamedTuple):
    """One item: which, whether it holds (None: not shown either way), and in words why."""

    item: str
    holds: bool | None
    words: str

    def __str__(self) -> str:
        mark = {True: "good", False: "BAD", None: "not proven"}[self.holds]
        return f"{mark:<10} {self.item}: {self.words}"


def good(item: str, words: str) -> Verdict:
    """An item that holds."""
    return Verdict(item, holds=True, words=words)


def bad(item: str, words: str) -> Verdict:
    """An item that does not hold."""
    return Verdict(item, holds=False, words=words)


def unproven(item: str, words: str) -> Verdict:
    """An item that nothing shows either way."""
    return Verdict(item, holds=None, words=words)


class NoEvidenceError(ValueError):
    """A file that is no evidence of a form known here; the words say where it is not."""


def is_bad(verdicts: Iterable[Verdict]) -> bool:
    """Whether any item does not hold."""
    return any(each.holds is False for each in verdicts)
