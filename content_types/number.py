"""The number (字号, domain.md 4.7 allocation): one number of a series, and what became of it."""

from datetime import date
from typing import Any

from substanced.content import content

from content_types.content import VolumeContent
from govrepo.numbering import DocumentNumber


@content("Number")
class Number(VolumeContent):
    """A number that was allotted or reserved. ``holder`` is what bears it; a void one keeps it, and its row, for ever (S-24).

    ``until`` is the last day on which a reservation counts (S-27).
    """

    uid_prefix = "n"
    initial_state = "reserved"

    def __init__(self, series: Any, year: int, sequence: int, holder: Any = None, until: date | None = None) -> None:
        super().__init__()
        self.series = series
        self.year = year
        self.sequence = sequence
        self.holder = holder
        self.until = until
        self.reason = ""

    @property
    def title(self) -> str:
        """The number as people write it (S-20, S-21)."""
        return str(DocumentNumber(self.series.code, self.year, self.sequence))
