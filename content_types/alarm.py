"""The alarm (警报): something that the auditor must know of, raised once for each cause (R-7.1, SOD-12, SOD-15, R-27.1)."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from substanced.content import content

from content_types.content import VolumeContent


class AlarmKind(StrEnum):
    """What an alarm is about."""

    SEPARATION = "separation"
    LOGIN = "login"
    CERTIFICATE = "certificate"
    GAP = "gap"
    CLOCK = "clock"
    JOURNAL = "journal"
    WORK = "work"


@content("Alarm")
class Alarm(VolumeContent):
    """What was noticed, in words, and the journal's entries that show it; ``path`` is the page to look at, if there is one."""

    uid_prefix = "z"
    initial_state = "open"

    def __init__(self, kind: AlarmKind, cause: str, words: str, entries: Iterable[int] = (), path: str = "") -> None:
        super().__init__()
        self.year = 0
        self.number = 0
        self.kind = AlarmKind(kind)
        self.cause = cause
        self.words = words
        self.entries = tuple(entries)
        self.path = path
        self.raised_at: datetime = self.created
        self.note = ""

    @property
    def title(self) -> str:
        """Its number as people write it."""
        return f"警报〔{self.year}〕{self.number}号"
