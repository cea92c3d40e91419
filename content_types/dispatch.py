"""The dispatch (发文交换单, domain.md 4.8): one act of sending a document from a box to boxes."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from BTrees.OOBTree import OOBTree
from persistent import Persistent
from substanced.content import content

from content_types.content import VolumeContent
from content_types.exchange_box import DivisionDesk
from content_types.official_document import OfficialDocument
from content_types.reply import ReplyKind


class DispatchKind(StrEnum):
    """Why a dispatch was made: 首发, 补发, 重发, 更正, 补录 (R-N4.4)."""

    ORIGINAL = "original"
    SUPPLEMENT = "supplement"
    RESEND = "resend"
    CORRECTION = "correction"
    OFFLINE = "offline"


class Address(StrEnum):
    """收文身份: 主送 or 抄送."""

    MAIN = "main"
    COPY = "copy"


class Recipient(NamedTuple):
    """One addressed box. ``quota`` is the number of formal copies that may be printed (允许打印份数, P-35)."""

    box: Any
    address: Address
    quota: int = 1


class Tracking(Persistent):
    """What became of a dispatch; written by the postmaster and the worker only, never by the sender.

    ``deliveries`` maps a recipient box's name to its delivery; ``findings`` is the check at arrival, made once for all. ``worked_at`` is written with every batch of deliveries.
    """

    def __init__(self) -> None:
        super().__init__()
        self.deliveries = OOBTree()
        self.worked_at: datetime | None = None
        self.findings: tuple[Any, ...] = ()
        self.fanned_out_at: datetime | None = None
        self.completed_at: datetime | None = None


class Cancellations(Persistent):
    """Boxes whose delivery was recalled before the postmaster made it: written by the sender, read first by the postmaster."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: tuple[str, ...] = ()


@content("Dispatch")
class Dispatch(VolumeContent):
    """One sending: the document, from which box, to whom, released by whom, sent when.

    ``origin`` is the dispatch this one adds to, repeats or corrects; ``effective_day`` is the exchange day after the cut-off of
    P-37; ``channel`` is the original channel of an off-line entry (R-N4.4), empty otherwise. ``reply_kind`` and
    ``reply_due`` are what the recipients are asked to answer, and until when (P-60). ``phone_notice`` is the sender's call about what
    was urgent outside working hours, or the word that there was none (R-16.2, R-16.3).
    """

    uid_prefix = "s"
    initial_state = "drafting"
    reply_kind: ReplyKind = ReplyKind.NONE
    reply_due: datetime | None = None
    phone_notice: Any = None

    def __init__(
        self, document: OfficialDocument, box: Any, sender: Any, *, kind: DispatchKind = DispatchKind.ORIGINAL
    ) -> None:
        super().__init__()
        self.document = document
        self.box = box
        self.sender = sender
        self.kind = DispatchKind(kind)
        self.origin: Any = None
        self.linked: tuple[Any, ...] = ()
        self.recipients: tuple[Recipient, ...] = ()
        self.reason = ""
        self.channel = ""
        self.submitted_by: Any = None
        self.released_by: Any = None
        self.released_at: datetime | None = None
        self.sent_by: Any = None
        self.sent_at: datetime | None = None
        self.effective_day: date | None = None
        self.package_digest = ""
        self.attempt = 1
        self.checked_at: datetime | None = None
        self.tracking = Tracking()
        self.cancellations = Cancellations()

    @property
    def title(self) -> str:
        """The document's title."""
        return self.document.title

    @property
    def carrier(self) -> str:
        """The name of what carries the ACL over this dispatch: the box, or a division's desk in it."""
        desk = self.__parent__.__parent__
        return f"{self.box.__name__}/{desk.__name__}" if isinstance(desk, DivisionDesk) else str(self.box.__name__)

    def boxes(self, address: Address) -> tuple[Any, ...]:
        """The boxes addressed as main or as copy, in order."""
        return tuple(recipient.box for recipient in self.recipients if recipient.address is address)
