"""The nightly report on the separation of duties (SOD-15)."""

from datetime import datetime
from typing import NamedTuple

from substanced.content import content

from content_types.content import VolumeContent


class Finding(NamedTuple):
    """A rule that an appointment in force breaks; person and role are empty where the fault is that nobody holds a role."""

    rule: str
    person: str
    name: str
    role: str
    scope: str


@content("SeparationReport")
class SeparationReport(VolumeContent):
    """What the check of one night found over so many appointments in force."""

    uid_prefix = "n"
    initial_state = "reported"

    def __init__(self, at: datetime, checked: int, findings: tuple[Finding, ...]) -> None:
        super().__init__()
        self.at = at
        self.checked = checked
        self.findings = findings
