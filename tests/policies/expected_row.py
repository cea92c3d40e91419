"""How an expectation is written: see expected.py."""

from typing import NamedTuple


class Row(NamedTuple):
    act: str
    states: frozenset[str]
    who: dict[str, set[str]]
    source: str
    side: str = "receiving"


def states(words: str) -> frozenset[str]:
    return frozenset(words.split())
