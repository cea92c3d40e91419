"""What is recorded of making an outgoing document (发文制作, domain.md 4.11, art. 24): opinions, versions, plates, proofs, re-checks.

Records are only added, never changed; a wrong one is answered by another (domain.md 5.9).
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from BTrees.IOBTree import IOBTree
from persistent import Persistent


class Step(StrEnum):
    """The step at which an opinion was given: 核稿, 签发, 复核, 领导复核."""

    REVIEW = "review"
    SIGN = "sign"
    RECHECK = "recheck"
    LEADER = "leader"


class Opinion(NamedTuple):
    """What somebody said of a document at a step (发文稿纸); ``agreed`` False is a return."""

    at: datetime
    person: Any
    step: Step
    agreed: bool
    text: str


class BodyAttachment(NamedTuple):
    """An attachment of the body (附件): set after it where it has a text; without one it is named only, and goes as a file."""

    title: str
    text: str = ""


class Version(NamedTuple):
    """One text of a draft: which number, when and by whom it was saved, its title, body and attachments, and how it came about."""

    number: int
    at: datetime
    by: Any
    title: str
    body: str
    attachments: tuple[BodyAttachment, ...]
    note: str = ""


class Versions(Persistent):
    """Every text a draft had, by number from 1; apart from the document, so that a step of the workflow writes none of them."""

    def __init__(self) -> None:
        super().__init__()
        self._kept = IOBTree()

    def __len__(self) -> int:
        return int(self._kept.maxKey()) if self._kept else 0

    def get(self, number: int) -> Version | None:
        """The version of a number, or None."""
        found: Version | None = self._kept.get(number)
        return found

    def newest_first(self) -> tuple[Version, ...]:
        """Every version, the newest first."""
        return tuple(reversed(self._kept.values()))

    def add(self, version: Version) -> None:
        """Keep one more; nothing is ever taken away."""
        self._kept[version.number] = version


class CheckOut(NamedTuple):
    """Who has a draft in hand, and until when nobody else may save it (签出)."""

    person: Any
    until: datetime


class Correction(NamedTuple):
    """One error that a proofreader found: the page, what stands there, and what should."""

    page: int
    old: str
    new: str


class PlateJob(NamedTuple):
    """One plate (制版): by whom asked, and what the worker made of it. ``file`` is the set PDF as a file of the document; ``problem`` a code."""

    asked_at: datetime
    by: Any
    number: str
    done_at: datetime | None = None
    file: Any = None
    pages: int = 0
    missing: tuple[str, ...] = ()
    problem: str = ""


class Proof(NamedTuple):
    """One round of proofreading (校对): of which plate, by whom, what was found; passed, or back for correction (退改)."""

    at: datetime
    proofreader: Any
    plate: int
    passed: bool
    corrections: tuple[Correction, ...] = ()
    note: str = ""


class LeaderRecheck(NamedTuple):
    """A leader's look at a plate of a series so flagged (领导复核, R-24.3)."""

    at: datetime
    leader: Any
    plate: int
    passed: bool
    note: str = ""


class SealAsked(NamedTuple):
    """That a keeper pressed the seal, and what the worker made of it; ``problem`` is a code where it could not."""

    at: datetime
    keeper: Any
    seal: Any
    slot: int
    done_at: datetime | None = None
    problem: str = ""


class LegalState(StrEnum):
    """效力状态 (S-9): 有效, 已撤销 (void from the start), 已废止 (void from a day on)."""

    VALID = "valid"
    REVOKED = "revoked"
    REPEALED = "repealed"


class LegalChange(NamedTuple):
    """How a document lost its force: which state, from which day, by whom decided, and by which notice."""

    at: datetime
    by: Any
    state: LegalState
    day: date
    reason: str
    notice: str
