"""The assignment (分办, domain.md 4.9 assigned_to): that a person has a delivered document to read or to handle."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from substanced.content import content

from content_types.content import VolumeContent


class Part(StrEnum):
    """主办, 协办 or 阅知."""

    LEAD = "lead"
    ASSIST = "assist"
    READ = "read"


@content("Assignment")
class Assignment(VolumeContent):
    """A delivery put before a person. It stands in the person's own list, and reading goes through it.

    ``handed_from`` is the person who left and whose it was before (S-13).
    """

    uid_prefix = "w"
    initial_state = "open"
    handed_from: Any = None

    def __init__(self, delivery: Any, person: Any, part: Part, note: str, assigned_by: Any, at: datetime) -> None:
        super().__init__()
        self.delivery = delivery
        self.person = person
        self.part = Part(part)
        self.note = note
        self.assigned_by = assigned_by
        self.assigned_at = at
        self.first_opened_at: datetime | None = None
        self.closed_at: datetime | None = None
        self.result = ""

    @property
    def readable(self) -> bool:
        """Whether the person can read the document through it: once opened, and not handed over."""
        return self.first_opened_at is not None and self.state != "handed_over"

    @property
    def document(self) -> Any:
        """The document behind the delivery."""
        return self.delivery.document

    @property
    def title(self) -> str:
        """The document's title."""
        return self.document.title
