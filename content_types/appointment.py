"""The appointment (任职, domain.md 4.3): the one thing that gives a person rights (R-7.4, design.md sect. 4)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from substanced.content import content

from content_types.content import Recorded


class Capacity(StrEnum):
    """In what capacity a post is held: 本职, 代理, 指定."""

    REGULAR = "regular"
    ACTING = "acting"
    DESIGNATED = "designated"


@content("Appointment")
class Appointment(Recorded):
    """A role for a scope and a period.

    ``until`` is exclusive; None means without end. ``basis`` names the act behind it; ``change`` is that permission change.
    """

    uid_prefix = "a"
    initial_state = "in_force"
    change: Any = None
    __name__: Any = None
    __parent__: Any = None

    def __init__(
        self,
        role: str,
        scope: str,
        since: datetime,
        *,
        until: datetime | None = None,
        capacity: Capacity = Capacity.REGULAR,
        basis: str,
    ) -> None:
        super().__init__()
        self.role = str(role)
        self.scope = scope
        self.since = since
        self.until = until
        self.capacity = Capacity(capacity)
        self.basis = basis

    @property
    def principal(self) -> str:
        """The principal this appointment gives: ``role@scope``."""
        return f"{self.role}@{self.scope}"

    def in_force(self, at: datetime) -> bool:
        """Whether the appointment counts at an instant."""
        return self.state == "in_force" and self.since <= at and (self.until is None or at < self.until)

    def was_in_force(self, at: datetime) -> bool:
        """Whether the appointment counted at a past instant, whatever became of it since: appointments end, they never go."""
        began = self.since <= at and (self.until is None or at < self.until)
        return began and self.state_at(at) == "in_force"
