"""The number series (字头, domain.md 4.7): a code under which a box numbers, anew each year (S-23, S-24)."""

from enum import StrEnum
from typing import Any, NamedTuple

from BTrees.OOBTree import OOBTree
from substanced.content import content

from content_types.content import Container


class SeriesKind(StrEnum):
    """发文字号, 收文编号 or 档号: what the numbers are for."""

    DOCUMENT = "document"
    RECEIPT = "receipt"
    ARCHIVE = "archive"


class Closing(NamedTuple):
    """What stood in a year of a series when it was closed (年终结号)."""

    last: int
    taken: int
    void: int


@content("NumberSeries")
class NumberSeries(Container):
    """A series. ``last`` maps a year to its newest number, ``closings`` a closed year to what stood in it.

    Its children are the years, each a shelf of numbers named by their sequence.
    """

    uid_prefix = "ns"
    initial_state = "active"

    def __init__(self, owner: Any, code: str, kind: SeriesKind, *, leader_recheck: bool = False) -> None:
        super().__init__()
        self.owner = owner
        self.code = code
        self.kind = SeriesKind(kind)
        self.leader_recheck = leader_recheck
        self.last = OOBTree()
        self.closings = OOBTree()

    @property
    def title(self) -> str:
        """The code itself."""
        return self.code

    def number(self, year: int, sequence: int) -> Any:
        """The number of a year and sequence, or None."""
        return self.get(str(year), {}).get(str(sequence))
