"""The request to connect an application or change a function (接入、功能变更申请, domain.md 4.16, 5.9; R-13.1)."""

from typing import Any

from substanced.content import content

from content_types.content import VolumeContent
from content_types.permission_change import Step


@content("SystemChange")
class SystemChange(VolumeContent):
    """One request, in words. ``consent`` is the responsible leader's, which comes before the submission (R-13.1)."""

    uid_prefix = "y"
    initial_state = "drafted"

    def __init__(self, subject: str, words: str, requester: Any) -> None:
        super().__init__()
        self.year = 0
        self.number = 0
        self.subject = subject
        self.words = words
        self.requester = requester
        self.consent: Step | None = None

    @property
    def title(self) -> str:
        """Its number as people write it."""
        return f"变更〔{self.year}〕{self.number}号"
