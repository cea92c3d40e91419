"""The finding of responsibility (责任认定, R-7.5; domain.md 4.16): what the auditor found out of whom, and the evidence for it."""

import hashlib
from typing import Any

from substanced.content import content

from content_types.content import VolumeContent
from govrepo.journal.chain import canonical


@content("Finding")
class Finding(VolumeContent):
    """One finding. ``number`` is gapless in its ``year``; ``packages`` are evidence packages, ``persons`` those it concerns.

    ``incident`` and ``suspension`` are those it goes with, or None.
    """

    uid_prefix = "v"
    initial_state = "draft"

    def __init__(self, recorded_by: Any, text: str, packages: tuple[Any, ...], persons: tuple[Any, ...]) -> None:
        super().__init__()
        self.year = 0
        self.number = 0
        self.recorded_by = recorded_by
        self.text = text
        self.packages = packages
        self.persons = persons
        self.incident: Any = None
        self.suspension: Any = None

    @property
    def title(self) -> str:
        """Its number."""
        return f"认定〔{self.year}〕{self.number}号"

    def digest(self) -> str:
        """What is signed: the SHA-256 of everything it says and links, in canonical JSON."""
        said = {
            "text": self.text,
            "packages": [(each.uid, each.digest) for each in self.packages],
            "persons": [each.id for each in self.persons],
            "incident": self.incident.uid if self.incident is not None else "",
            "suspension": self.suspension.uid if self.suspension is not None else "",
        }
        return hashlib.sha256(canonical(said).encode()).hexdigest()
