"""The outgoing document (发文, domain.md 4.5, 4.11; R-24.2): drafted, signed, set and sealed here; lies on a drafting desk.

What comes as finished files, sealed or stamped elsewhere, is an official document without all this, made by its dispatch.
"""

import hashlib
import json
from enum import StrEnum
from typing import Any

from substanced.content import content

from content_types.official_document import OfficialDocument
from content_types.production import (
    BodyAttachment,
    CheckOut,
    LeaderRecheck,
    Opinion,
    PlateJob,
    Proof,
    SealAsked,
    Versions,
)


class Openness(StrEnum):
    """公开方式: 主动公开, 依申请公开, 不予公开; empty where it was not said."""

    UNSAID = ""
    PUBLIC = "public"
    ON_REQUEST = "on_request"
    CLOSED = "closed"


@content("OutgoingDocument")
class OutgoingDocument(OfficialDocument):
    """A document with its making.

    ``box`` is the box in whose name it goes out, ``series`` the 字头, ``allotment`` its number's row. ``body`` is plain text, a paragraph a line;
    the level of a heading is told by its numbering. ``mains`` and ``copies`` are the boxes addressed, ``mains_text`` and ``copies_text`` what is
    printed instead of their names (各地级以上市人民政府). ``issuers`` are the other units of a joint issue (S-7), after the lead.
    ``asked_cancel`` is who asks to give it up, ``important`` whether the principal leader signs (S-8).
    """

    series: Any = None
    allotment: Any = None
    body = ""
    attachments: tuple[BodyAttachment, ...] = ()
    mains: tuple[Any, ...] = ()
    copies: tuple[Any, ...] = ()
    mains_text = ""
    copies_text = ""
    issuers: tuple[Any, ...] = ()
    important = False
    openness = Openness.UNSAID
    copies_printed = 0
    attendees: tuple[str, ...] = ()
    versions: Versions | None = None
    checked_out: CheckOut | None = None
    opinions: tuple[Opinion, ...] = ()
    signed_by: Any = None
    checklist: tuple[str, ...] = ()
    plates: tuple[PlateJob, ...] = ()
    proofs: tuple[Proof, ...] = ()
    rechecks: tuple[LeaderRecheck, ...] = ()
    seals_asked: tuple[SealAsked, ...] = ()
    asked_cancel: Any = None
    dispatches: tuple[Any, ...] = ()

    def __init__(self, box: Any, drafter: Any, division: Any = None) -> None:
        super().__init__(box.unit, drafter, division=division)
        self.box = box

    def digest(self) -> str:
        """The version digest, the text and the addressees included: what is signed at the issue (签发) is this text (R-25.1, S-8)."""
        attached = [list(each) for each in self.attachments]
        boxes = [[str(box.__name__) for box in several] for several in (self.mains, self.copies)]
        printed = [self.mains_text, self.copies_text, list(self.attendees), [unit.code for unit in self.issuers]]
        whole = [super().digest(), self.body, attached, boxes, printed]
        canonical = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def plate(self) -> PlateJob | None:
        """The newest plate."""
        return self.plates[-1] if self.plates else None

    @property
    def upward(self) -> bool:
        """Whether it is addressed to a superior (上行文, S-3)."""
        return any(box.unit.level < self.unit.level for box in self.mains)

    @property
    def signatories(self) -> tuple[Any, ...]:
        """The units that issue it, the lead first (S-7)."""
        return (self.unit, *self.issuers)
