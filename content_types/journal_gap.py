"""The gap (缺口): something that journal and database do not both say, or that the journal's checkpoints contradict (SOD-12, R-7.2)."""

import hashlib
from datetime import datetime
from typing import Any, NamedTuple

from substanced.content import content

from content_types.content import VolumeContent
from govrepo.journal.chain import canonical


class Discrepancy(NamedTuple):
    """One thing found: of which kind, at which entry (None where there is none), what was expected and what is there, in words."""

    kind: str
    seq: int | None = None
    expected: str = ""
    found: str = ""


@content("JournalGap")
class JournalGap(VolumeContent):
    """What was found about one object, or about the journal itself (``path`` is empty then), by one comparison."""

    uid_prefix = "g"
    initial_state = "open"

    def __init__(self, path: str, subject_uid: str, label: str, discrepancies: tuple[Discrepancy, ...]) -> None:
        super().__init__()
        self.year = 0
        self.number = 0
        self.path = path
        self.subject_uid = subject_uid
        self.label = label
        self.discrepancies = discrepancies
        self.found_at: datetime = self.created
        self.explanation = ""

    @property
    def title(self) -> str:
        """Its number as people write it."""
        return f"日志缺口〔{self.year}〕{self.number}号"

    @property
    def seqs(self) -> tuple[int, ...]:
        """The entries concerned, in order."""
        return tuple(sorted({each.seq for each in self.discrepancies if each.seq is not None}))

    def digest(self) -> str:
        """What the explanation is signed over: the SHA-256 of everything found, in canonical JSON."""
        facts: dict[str, Any] = {"path": self.path, "uid": self.subject_uid}
        return hashlib.sha256(
            canonical(facts | {"found": [list(each) for each in self.discrepancies]}).encode()
        ).hexdigest()
