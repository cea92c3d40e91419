"""The seal (印章, domain.md 4.12): from its application to its end, with everything that was recorded of it (P-70 to P-76).

The private key is no part of it (govrepo/trust/seal_keys.py). It lies below its unit, on the shelf ``seals``.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from substanced.content import content

from content_types.certificate import Statement
from content_types.content import VolumeContent


class SealKind(StrEnum):
    """公章, 专用章, 签名章."""

    OFFICIAL = "official"
    SPECIAL = "special"
    SIGNATURE = "signature"


class Emblem(StrEnum):
    """五角星, 国徽."""

    STAR = "star"
    EMBLEM = "emblem"


class Purpose(StrEnum):
    """What an application is for: 制作, 变更, 换领, 销毁."""

    MAKE = "make"
    CHANGE = "change"
    RENEW = "renew"
    DESTROY = "destroy"


class Application(NamedTuple):
    """A written application (P-71): what for, by whom, when, the letter's number or name, and its scan as a stored file.

    ``approved_by`` stays None until a leader has approved it (P-70).
    """

    purpose: Purpose
    by: Any
    at: datetime
    letter: str
    filename: str
    scan: Any
    approved_by: Any = None


class Face(NamedTuple):
    """What the seal shows (P-75): the name in its ring, its diameter in millimetres, what stands in its middle."""

    name: str
    diameter_mm: int
    emblem: Emblem


def bears_name(unit: Any, kind: SealKind, name: str, day: date) -> bool:
    """P-12, P-76: an official seal bears the unit's name of the day, a special one begins with it; a signature is a person's."""
    current = unit.name_on(day)
    if kind is SealKind.OFFICIAL:
        return bool(name == current)
    return kind is SealKind.SIGNATURE or (name.startswith(current) and name != current)


@content("Seal")
class Seal(VolumeContent):
    """One seal of one unit.

    ``physical`` names the seal of metal or rubber behind it (P-71); ``keeper`` is the one person who may use it, at ``workstation`` (P-72).
    ``application`` brought it about, ``ending`` asks for its destruction. Once made: ``image`` is a stored PNG, ``sample`` says that it is marked
    样章, ``serial`` is upper-case hexadecimal, ``der`` the certificate, ``key_name`` the name of its key. ``replaces`` is the seal it takes the
    place of, ``replaced_by`` the one that took its own.
    """

    uid_prefix = "m"
    initial_state = "applied"

    def __init__(self, unit: Any, kind: SealKind, face: Face, application: Application, keeper: Any) -> None:
        super().__init__()
        self.unit = unit
        self.kind = SealKind(kind)
        self.face = face
        self.application = application
        self.keeper = keeper
        self.physical = ""
        self.workstation = ""
        self.ending: Application | None = None
        self.made_by: Any = None
        self.image: Any = None
        self.sample = True
        self.key_name = ""
        self.serial = ""
        self.der = b""
        self.fingerprint = ""
        self.valid_from: datetime | None = None
        self.valid_to: datetime | None = None
        self.losses: tuple[Statement, ...] = ()
        self.auditor_notes: tuple[Statement, ...] = ()
        self.replaces: Any = None
        self.replaced_by: Any = None

    @property
    def name(self) -> str:
        """The name in the ring."""
        return self.face.name

    def bears_name_on(self, day: date) -> bool:
        """Whether its ring fits the name that the unit bore on a day."""
        return bears_name(self.unit, self.kind, self.face.name, day)

    @property
    def title(self) -> str:
        """What people read."""
        return self.face.name

    @property
    def image_sha256(self) -> str:
        """The digest of the image, hexadecimal; empty until it is made."""
        return "" if self.image is None else str(self.image.sha256)
