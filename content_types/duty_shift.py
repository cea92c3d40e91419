"""The duty shift (值班, domain.md 4.16): who is on duty in the confidential-documents section, from when to when (R-16.1)."""

from datetime import datetime
from typing import Any, NamedTuple

from substanced.content import content

from content_types.content import VolumeContent


class Planned(NamedTuple):
    """A shift as it is planned: from and until (exclusive), officer, substitute or None, the telephone on which they are reached."""

    starts: datetime
    ends: datetime
    officer: Any
    substitute: Any = None
    phone: str = ""


@content("DutyShift")
class DutyShift(VolumeContent):
    """One shift of the roster of an office box (``box``). Its plan is never changed: a wrong one is cancelled and another one made (5.9).

    ``note`` is what the shift leaves to the next (值班交接); ``noted_by`` wrote it, ``taken_by`` of the next shift confirmed it. The roster says
    who is on duty; what they may do comes from their appointments alone.
    """

    uid_prefix = "b"
    initial_state = "planned"

    def __init__(self, box: Any, planned: Planned, planned_by: Any) -> None:
        super().__init__()
        self.box = box
        self.starts, self.ends, self.officer, self.substitute, self.phone = planned
        self.planned_by = planned_by
        self.note = ""
        self.noted_by: Any = None
        self.noted_at: datetime | None = None
        self.taken_by: Any = None
        self.taken_at: datetime | None = None

    @property
    def people(self) -> tuple[Any, ...]:
        """Officer and substitute."""
        return tuple(each for each in (self.officer, self.substitute) if each is not None)

    def is_on(self, at: datetime) -> bool:
        """Whether an instant lies in the shift."""
        return self.starts <= at < self.ends
