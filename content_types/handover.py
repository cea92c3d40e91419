"""The handover (交接, domain.md 4.16): what one holder of an officer's post gives to the next (R-6.3)."""

from datetime import date, datetime
from typing import Any

from substanced.content import content

from content_types.content import VolumeContent


@content("Handover")
class Handover(VolumeContent):
    """A handover of a role between two persons; it counts once both have confirmed it."""

    uid_prefix = "h"
    initial_state = "open"

    def __init__(self, giver: Any, taker: Any, role: str, items: str, day: date) -> None:
        super().__init__()
        self.giver = giver
        self.taker = taker
        self.role = role
        self.items = items
        self.day = day
        self.given_at: datetime | None = None
        self.taken_at: datetime | None = None
