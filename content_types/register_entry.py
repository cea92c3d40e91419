"""The register entry (收文登记件, domain.md 4.10, 5.5): one incoming document in the office's or a division's register (R-19)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from substanced.content import content

from content_types.content import VolumeContent


class RegisterKind(StrEnum):
    """厅文 or 处文 (R-19.1)."""

    OFFICE = "office"
    DIVISION = "division"


class Channel(StrEnum):
    """By which way it came: 交换, 纸质, 传真, 机要, 其他."""

    EXCHANGE = "exchange"
    PAPER = "paper"
    FAX = "fax"
    SECURE = "secure"
    OTHER = "other"


class Handling(StrEnum):
    """阅件 or 办件."""

    READING = "reading"
    ACTION = "action"


class FilingClass(StrEnum):
    """正式归档, 非正式归档 or 不归档 (R-23.1)."""

    FORMAL = "formal"
    INFORMAL = "informal"
    NONE = "none"


class Opinion(NamedTuple):
    """A proposal (拟办), an instruction (批示) or an urging (催办): whose, when, in which words."""

    at: datetime
    person: Any
    words: str


class Reading(NamedTuple):
    """One reader of the circulation (传阅): since when it lies there, and when it was read."""

    person: Any
    sent: datetime
    read: datetime | None = None
    note: str = ""


class Facts(NamedTuple):
    """What the clerk keys in or takes over from the delivery (登记项目)."""

    from_unit: str
    title: str
    received: datetime
    channel: Channel = Channel.EXCHANGE
    from_no: str = ""
    kind: str = ""
    dated: date | None = None
    urgency: str = "plain"
    copies: int = 1
    pages: int = 0
    handling: Handling = Handling.ACTION
    reply_due: date | None = None


@content("RegisterEntry")
class RegisterEntry(VolumeContent):
    """An entry. ``delivery`` is what it registers, None for paper; ``number`` what it is registered under.

    ``lead`` is the division (or in a division's register the person) that handles it, ``due`` the day by which. ``asked_by`` is who
    asked for a cancellation or a reopening that a second person decides. ``sent_on`` are the sendings to units concerned (R-23.2);
    ``urger`` is the person named to urge (催办人), which what is urgent always has.
    """

    uid_prefix = "e"
    initial_state = "registered"
    sent_on: tuple[Any, ...] = ()
    urger: Any = None

    def __init__(self, box: Any, register: RegisterKind, facts: Facts, delivery: Any = None) -> None:
        super().__init__()
        self.box = box
        self.register = RegisterKind(register)
        self.facts = facts
        self.delivery = delivery
        self.number: Any = None
        self.proposals: tuple[Opinion, ...] = ()
        self.instructions: tuple[Opinion, ...] = ()
        self.readings: tuple[Reading, ...] = ()
        self.urges: tuple[Opinion, ...] = ()
        self.lead: Any = None
        self.assists: tuple[Any, ...] = ()
        self.handed_at: datetime | None = None
        self.due: date | None = None
        self.result = ""
        self.concluded_at: datetime | None = None
        self.reply: Any = None
        self.replied_at: datetime | None = None
        self.filing: FilingClass | None = None
        self.filing_reason = ""
        self.asked_by: Any = None

    @property
    def title(self) -> str:
        """The document's title."""
        return self.facts.title

    @property
    def paper(self) -> bool:
        """Whether there is one paper copy, which lies with one reader at a time."""
        return self.facts.channel != Channel.EXCHANGE
