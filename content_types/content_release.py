"""The release of content (内容调阅, domain.md 7.2): one document opened to the auditor by an office leader, for some days."""

from datetime import datetime
from typing import Any

from substanced.content import content

from content_types.content import VolumeContent


@content("ContentRelease")
class ContentRelease(VolumeContent):
    """One request and what became of it. ``until`` is when a granted one ends, exclusive; the document is the ``dispatch``'s."""

    uid_prefix = "z"
    initial_state = "asked"

    def __init__(self, dispatch: Any, asked_by: Any, reason: str) -> None:
        super().__init__()
        self.year = 0
        self.number = 0
        self.dispatch = dispatch
        self.asked_by = asked_by
        self.reason = reason
        self.until: datetime | None = None

    @property
    def document(self) -> Any:
        """The document."""
        return self.dispatch.document

    @property
    def title(self) -> str:
        """Its number."""
        return f"调阅〔{self.year}〕{self.number}号"
