"""The unit (使用单位, domain.md 4.1): a body that sends and receives documents (R-N1.1, R-N4.1, R-N5.1, R-N6.1)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from substanced.content import content

from content_types.content import Carrier, Container
from content_types.saved_search import SavedSearch


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
    """Which application form a unit joins by (申请表类型, P-11): for organs and public institutions, or for enterprises and others."""

    ORGAN = "organ"
    ENTERPRISE = "enterprise"


class ChangeOfUnit(StrEnum):
    """What the office leader approves before it is carried out (domain.md 5.8): 更名, 并入其他单位, 注销."""

    RENAME = "rename"
    MERGE = "merge"
    CANCEL = "cancel"


class Contact(NamedTuple):
    """Whom to call in a unit (联系人, P-19)."""

    name: str
    office_phone: str
    mobile: str = ""


class FormerName(NamedTuple):
    """A name a unit bore, and the last day it did (P-12)."""

    name: str
    short_name: str
    until: date


class Pending(NamedTuple):
    """A change asked for and not carried out yet: what, the letter behind it, by whom; and whether the leader has approved it.

    ``name`` and ``short_name`` are those wished for, ``successor`` is the unit to merge into.
    """

    kind: ChangeOfUnit
    letter: str
    by: Any
    at: datetime
    name: str = ""
    short_name: str = ""
    successor: Any = None
    approved_by: Any = None


@content("Unit")
class Unit(Carrier, Container):
    """A unit in the directory; its divisions are its children.

    ``level`` grows downwards (0 is the province); ``rank`` is its place in the official order; ``groups`` are the
    recipient groups it belongs to (P-22); ``box_name`` is the name of its exchange box, empty while it has none.
    ``operator`` marks a unit that runs the system as a whole; usually one of its divisions does (R-4.1). ``letter`` is the
    approval it joined by (P-10); ``names`` grows with each renaming (P-12), the oldest first; ``successor`` is the unit
    it was merged into (P-14); ``single_track_since`` ends the dual track (R-N2.3); ``checked_at`` is when its administrator last
    checked the configuration (P-21); ``by_reference`` marks a participant outside the named groups, under the same rules (R-N6.1); ``searches`` are those its people share; ``principal_leader`` is the person who signs upward and important documents (S-8).
    """

    initial_state = "active"
    searches: tuple[SavedSearch, ...] = ()
    operator = False
    form = ApplicationForm.ORGAN
    letter = ""
    contacts: tuple[Contact, ...] = ()
    names: tuple[FormerName, ...] = ()
    pending: Pending | None = None
    successor: Any = None
    connection_planned: date | None = None
    connection_actual: date | None = None
    by_reference = False
    single_track_since: date | None = None
    single_track_basis = ""
    checked_at: datetime | None = None
    checked_by: Any = None
    principal_leader: Any = None

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

    def name_on(self, day: date) -> str:
        """The name the unit bore on a day (P-12)."""
        return next((each.name for each in self.names if day <= each.until), self.name)

    def is_dual_track(self, day: date) -> bool:
        """Whether paper goes along with what the unit exchanges on a day (R-N2.4)."""
        return self.single_track_since is None or day < self.single_track_since
