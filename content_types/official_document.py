"""The official document (公文, domain.md 4.5 and sect. 3.2): its elements, its making and its files, frozen once it is final (定稿锁定)."""

import hashlib
import json
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from substanced.content import content

from content_types.content import VolumeContent
from content_types.file_object import FileObject, FileRole
from content_types.production import LegalChange, LegalState
from content_types.text_comparison import TextComparison

KINDS = (
    "决议", "决定", "命令(令)", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函", "纪要",
)  # fmt: skip
"""The fifteen kinds of document (文种), TL12 art. 8, domain.md sect. 3.1."""

FORWARDED = "转"
INFORMAL_KINDS = ("便函", FORWARDED)
"""What a division sends (S-5): a letter of its own, and what it passes on."""

ANSWERED_BY = {"请示": "批复"}
"""Kinds that are answered with a kind of their own (S-4)."""

KINDS_WITHOUT_RECIPIENTS = ("公报", "公告", "通告", "纪要")
"""Kinds that need no main recipient (domain.md sect. 3.2)."""


class Urgency(StrEnum):
    """紧急程度 of documents: 平件, 加急, 特急."""

    PLAIN = "plain"
    URGENT = "urgent"
    MOST_URGENT = "most_urgent"


class Classification(StrEnum):
    """密级 in rising order: 秘密, 机密, 绝密; empty is not classified."""

    NONE = ""
    CONFIDENTIAL = "confidential"
    SECRET = "secret"  # noqa: S105 - A class of secrecy, no secret.
    TOP_SECRET = "top_secret"  # noqa: S105 - Same.


FINAL = ("sealed", "dispatched", "concluded", "filed")
"""States in which content and files can no longer change."""


class HandedOver(NamedTuple):
    """That a document went from one case officer to another: who handed it over, and when (R-24.5, S-13)."""

    giver: Any
    taker: Any
    by: Any
    at: datetime


class SpecialAttachment(NamedTuple):
    """An attachment that cannot be digitised (特殊附件, P-34): its title, how many copies go on paper, and by which channel."""

    title: str
    copies: int = 1
    channel: str = "confidential"


@content("OfficialDocument")
class OfficialDocument(VolumeContent):
    """A document. ``number`` is the canonical 文号 or empty; ``informal`` marks a 便函 or 转 of a division (S-5).

    ``handed_over`` tells how the document came to another case officer, ``sent_on_from`` whose register entry's document a 转 passes on (R-23.2), ``passes_on`` the delivery of that document, whose range it keeps to (S-10),
    ``answers`` which entries were recorded as answered by it (所复来文, S-4), ``comparison`` how far its fixed-layout and its editable file are one text.
    """

    uid_prefix = "d"
    initial_state = "draft"
    handed_over: tuple[HandedOver, ...] = ()
    sent_on_from: Any = None
    passes_on: Any = None
    answers: tuple[Any, ...] = ()
    comparison: TextComparison | None = None
    legal_state = LegalState.VALID
    legal_changes: tuple[LegalChange, ...] = ()

    def __init__(self, unit: Any, drafter: Any, *, division: Any = None, informal: bool = False) -> None:
        super().__init__()
        self.unit = unit
        self.division = division
        self.drafter = drafter
        self.case_officer = drafter
        self.informal = informal
        self.kind = ""
        self.number = ""
        self.title = ""
        self.urgency = Urgency.PLAIN
        self.classification = Classification.NONE
        self.signer = ""
        self.date: date | None = None
        self.note = ""
        self.no_number_reason = ""
        self.special_attachments: tuple[str | SpecialAttachment, ...] = ()
        self.files: tuple[FileObject, ...] = ()
        self.replaces: Any = None
        self.replaced_by: Any = None

    @property
    def frozen(self) -> bool:
        """Whether content and files can no longer change (定稿锁定, P-74)."""
        return self.state in FINAL

    @property
    def legal_date(self) -> date | None:
        """From which day a document without force is void (S-9); None for one in force."""
        return self.legal_changes[-1].day if self.legal_changes else None

    @property
    def issuer(self) -> str:
        """In whose name it goes out: the unit's, or the division's for an informal item (S-5)."""
        if self.informal and self.division is not None:
            return f"{self.unit.short_name}{self.division.name}"
        if self.frozen and self.date is not None:
            return str(self.unit.name_on(self.date))  # The name it bore then stays on what it issued (P-12).
        return str(self.unit.name)

    @property
    def specials(self) -> tuple[SpecialAttachment, ...]:
        """The special attachments in order; those of an older release are titles only."""
        told = (
            each if isinstance(each, SpecialAttachment) else SpecialAttachment(each)
            for each in self.special_attachments
        )
        return tuple(told)

    def files_of(self, *roles: FileRole) -> tuple[FileObject, ...]:
        """The files in one of the roles, in order."""
        return tuple(each for each in self.files if each.role in roles)

    def digest(self) -> str:
        """The version digest: SHA-256 over the elements and the files' digests, hexadecimal."""
        elements = {
            "uid": self.uid, "kind": self.kind, "number": self.number, "title": self.title, "urgency": self.urgency,
            "classification": self.classification, "signer": self.signer, "date": str(self.date or ""), "note": self.note,
            "unit": self.unit.code, "special": self.special_attachments, "files": [[each.role, each.filename, each.sha256, each.size] for each in self.files],
        }  # fmt: skip
        canonical = json.dumps(elements, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()
