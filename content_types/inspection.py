"""The inspection (抽查, domain.md 4.16, 5.9; R-39.1): of a person's equipment, periodic or at random."""

from datetime import date
from enum import StrEnum
from typing import Any

from substanced.content import content

from content_types.content import VolumeContent


class InspectionKind(StrEnum):
    """定期 or 随机."""

    PERIODIC = "periodic"
    RANDOM = "random"


@content("Inspection")
class Inspection(VolumeContent):
    """One inspection. ``finding`` is what was found, ``sealed`` the equipment that was sealed (封存), ``suspension`` what followed.

    ``number`` is gapless in its ``year`` (抽查〔2013〕3号).
    """

    uid_prefix = "k"
    initial_state = "planned"

    def __init__(self, person: Any, kind: InspectionKind, equipment: str, day: date, inspector: Any) -> None:
        super().__init__()
        self.year = 0
        self.number = 0
        self.person = person
        self.kind = InspectionKind(kind)
        self.equipment = equipment
        self.day = day
        self.inspector = inspector
        self.finding = ""
        self.sealed = ""
        self.suspension: Any = None

    @property
    def title(self) -> str:
        """Its number as people write it."""
        return f"抽查〔{self.year}〕{self.number}号"
