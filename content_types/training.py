"""The training record (培训, domain.md 4.2, 4.16): that a person was trained, when and with what result (R-4.2, R-6.2)."""

from datetime import date
from enum import StrEnum
from typing import Any

from substanced.content import content

from content_types.content import VolumeContent


class TrainingKind(StrEnum):
    """业务技能 or 保密安全: an officer needs both (R-6.2)."""

    SKILLS = "skills"
    CONFIDENTIALITY = "confidentiality"


@content("Training")
class Training(VolumeContent):
    """A training of one person. It is made and never changed; a wrong one is corrected by a new one (domain.md 5.9)."""

    uid_prefix = "t"
    initial_state = "recorded"

    def __init__(
        self, person: Any, kind: TrainingKind, day: date, *, passed: bool, subject: str, recorded_by: Any
    ) -> None:
        super().__init__()
        self.person = person
        self.kind = TrainingKind(kind)
        self.day = day
        self.passed = passed
        self.subject = subject
        self.recorded_by = recorded_by
