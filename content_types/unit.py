"""The unit (使用单位, domain.md 4.1): a body that sends and receives documents (R-N1.1, R-N4.1, R-N5.1, R-N6.1)."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from substanced.content import content

from content_types.content import Carrier, Container


class UnitKind(StrEnum):
    """What kind of body a unit is (单位类型)."""

    PROVINCE = "province"
    GENERAL_OFFICE = "general_office"
    CITY = "city"
    SHUNDE = "shunde"
    DEPARTMENT = "department"
    AFFILIATED = "affiliated"
    OTHER = "other"


class Connection(StrEnum):
    """How far a unit's connection is (联通状态, R-N5.1)."""

    NONE = "none"
    BUILDING = "building"
    CONNECTED = "connected"


class ApplicationForm(StrEnum):
    """Which form the unit applied with (申请表类型, P-11)."""

    ORGAN = "organ"
    ENTERPRISE = "enterprise"


class Contact(NamedTuple):
    """Whom to ask in a unit (P-19): name and office phone."""

    name: str
    phone: str


class FormerName(NamedTuple):
    """A name a unit had, and the moment it ended (P-12)."""

    name: str
    short_name: str
    until: datetime


class Renaming(NamedTuple):
    """A new name that was asked for, the paper it rests on, and the leader's consent once it is given (P-12)."""

    name: str
    short_name: str
    basis: str
    agreed: Any


@content("Unit")
class Unit(Carrier, Container):
    """A unit in the directory; its divisions are its children.

    ``level`` grows downwards (0 is the province); ``rank`` is its place in the official order; ``groups`` are the
    recipient groups it belongs to (P-22); ``box_name`` is the name of its exchange box, empty while it has none.
    ``operator`` marks a unit that runs the system as a whole; usually one of its divisions does (R-4.1). ``letter`` is the paper
    that its application rests on (P-10), ``names`` are its earlier names, ``renaming`` is one under way (P-12).
    """

    initial_state = "active"
    operator = False
    form = ApplicationForm.ORGAN
    letter = ""
    contacts: tuple[Contact, ...] = ()
    names: tuple[FormerName, ...] = ()
    renaming: Renaming | None = None

    def __init__(self, code: str, name: str, kind: UnitKind, *, short_name: str = "", level: int = 1) -> None:
        super().__init__()
        self.code = code
        self.name = name
        self.short_name = short_name or name
        self.kind = UnitKind(kind)
        self.level = level
        self.document_codes: tuple[str, ...] = ()
        self.groups: tuple[str, ...] = ()
        self.connection = Connection.CONNECTED
        self.has_plate = False
        self.has_seal = False
        self.rank = 0
        self.box_name = ""

    @property
    def title(self) -> str:
        """The name people read."""
        return self.name

    @property
    def scope(self) -> str:
        """The scope that an appointment for the whole unit names."""
        return f"unit:{self.code}"

    @property
    def is_fully_deployed(self) -> bool:
        """Whether plate-making and seal system are both deployed (R-N4.1)."""
        return self.has_plate and self.has_seal
