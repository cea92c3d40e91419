"""The paper item (纸质件, domain.md 4.8 paper): one parcel of paper that goes to a box beside the electronic exchange (R-N2.1, R-N2.2, P-34, R-12.5)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from substanced.content import content

from content_types.content import VolumeContent


class PaperKind(StrEnum):
    """Why paper goes: dual track (双轨), special attachments (特殊附件), a fault (故障改送), or nobody knows yet (来历待查)."""

    TWIN = "twin"
    SPECIAL = "special"
    FALLBACK = "fallback"
    FOUND = "found"


class Claim(NamedTuple):
    """What stands on paper that came without an electronic twin: who sent it, its number and its title, as keyed in."""

    sender: str
    number: str
    title: str


@content("PaperItem")
class PaperItem(VolumeContent):
    """One parcel for one box. ``delivery`` is its electronic twin; paper that came without one has ``claim`` instead.

    ``code`` stands on the cover: digits only, which a scanner types whatever input method is on. ``due`` is the last day it is expected by;
    ``copies`` is how many sheets or volumes should come, ``copies_received`` how many did, in which ``condition``.
    ``matched_with`` joins an expected item and the paper entered by hand that turned out to be it.
    """

    uid_prefix = "b"
    initial_state = "expected"
    due: date | None = None
    received_on: date | None = None
    received_by: Any = None
    received_at: datetime | None = None
    copies_received = 0
    condition = ""
    claim: Claim | None = None
    matched_with: Any = None
    attachments: tuple[Any, ...] = ()

    def __init__(self, box: Any, kind: PaperKind, *, delivery: Any = None, copies: int = 1) -> None:
        super().__init__()
        self.box = box
        self.kind = PaperKind(kind)
        self.delivery = delivery
        self.copies = copies
        self.code = ""
        self.expected_on: date | None = None

    @property
    def dispatch(self) -> Any:
        """The sending it belongs to; None for paper without a twin."""
        return None if self.delivery is None else self.delivery.dispatch

    @property
    def document(self) -> Any:
        """The document it is the paper of; None for paper without a twin."""
        return None if self.delivery is None else self.delivery.document

    @property
    def title(self) -> str:
        """The document's title, or the one keyed in."""
        if self.delivery is not None:
            return str(self.delivery.title)
        return self.claim.title if self.claim else ""

    @property
    def number(self) -> str:
        """The document's number, or the one keyed in."""
        if self.delivery is not None:
            return str(self.delivery.document.number)
        return self.claim.number if self.claim else ""

    @property
    def sender(self) -> str:
        """In whose name it was sent, or who stands on the paper."""
        if self.delivery is not None:
            return str(self.delivery.document.issuer)
        return self.claim.sender if self.claim else ""
