"""The emergency suspension (紧急停用, R-39.2): a person stopped at once after a violation, until the leader decides (R-39.3)."""

from datetime import datetime
from typing import Any

from substanced.content import content

from content_types.content import VolumeContent
from content_types.permission_change import PermissionChange, Step


@content("Suspension")
class Suspension(VolumeContent):
    """One suspension. ``change`` is its entry among the permission changes, which the auditor reviews afterwards (R-39.4).

    ``equipment`` says what was sealed (封存); ``decided`` is the leader's newest decision, ``lifted_by`` the change that ended it.
    """

    uid_prefix = "x"
    initial_state = "reported"

    def __init__(self, change: PermissionChange, equipment: str) -> None:
        super().__init__()
        self.change = change
        self.equipment = equipment
        self.decided: Step | None = None
        self.lifted_by: PermissionChange | None = None

    @property
    def person(self) -> Any:
        """Who was stopped."""
        return self.change.person

    @property
    def ordered_at(self) -> datetime:
        """When it took effect."""
        step: Any = self.change.executed
        at: datetime = step.at
        return at

    @property
    def title(self) -> str:
        """What people read in a list: the person's name and the change's number."""
        return f"{self.person.name} {self.change.title}"
