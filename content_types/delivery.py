"""The delivery (收件, domain.md 4.9): one recipient's copy of a dispatch, with its five times."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from substanced.content import content

from content_types.content import VolumeContent
from content_types.dispatch import Address, Dispatch
from content_types.reply import Reply


class Finding(NamedTuple):
    """One result of the check at arrival: which check, and whether it passed (None: could not be said)."""

    check: str
    passed: bool | None
    detail: str = ""


class Receipt(NamedTuple):
    """A statement to the sender, signed by the system. ``attestation`` is the clerk's own signature (design sect. 5); empty without one."""

    at: datetime
    status: str
    text: str
    digest: str
    key_id: str
    algorithm: str
    signature: str
    attestation: Any = None


class PrintKind(StrEnum):
    """What left the system: 正式份, 脱密件, or a file for the office's own system (P-35, P-59)."""

    FORMAL = "formal"
    DESENSITISED = "desensitised"
    DOWNLOAD = "download"


class Print(NamedTuple):
    """One act of printing or downloading (P-35): when, by whom, which file, what, how many copies, from which box.

    ``purpose`` and ``system`` are of downloads: what for, and into which system (P-59).
    """

    at: datetime
    by: str
    file: str
    kind: PrintKind = PrintKind.FORMAL
    copies: int = 1
    box: str = ""
    purpose: str = ""
    system: str = ""


class Consent(NamedTuple):
    """One request to print and its answer (P-58): what, how many copies, what for, asked when and by whom; answered, and used, when."""

    kind: PrintKind
    copies: int
    purpose: str
    asked_at: datetime
    asked_by: str
    asked_name: str
    answered_at: datetime | None = None
    answered_by: str = ""
    granted: bool | None = None
    used_at: datetime | None = None


class Circulation(NamedTuple):
    """A request to the issuer to pass the document on beyond those it was addressed to, and the answer (S-10); ``boxes`` are names."""

    boxes: tuple[str, ...]
    purpose: str
    asked_at: datetime
    asked_by: str
    answered_at: datetime | None = None
    answered_by: str = ""
    granted: bool | None = None


HELD = ("signed", "assigned")
"""States of a delivery that was signed for and not registered yet."""
KEPT = (*HELD, "registered", "closed")
"""States of a delivery that the receiver holds."""


@content("Delivery")
class Delivery(VolumeContent):
    """One recipient's copy. Its name is its identity: dispatch, original box, attempt.

    Times: available (到达), alerted (提醒), first opened (首开), signed (签收), first printed (首印). ``source`` is set on an internal
    one, made when a box distributes to a division (R-35.1), with the division's ``part`` in it; the sender never counts those.
    ``sign_by`` is until when it should be signed for, as the rules were when it arrived (R-41.1); None on what is internal.
    ``entry`` is its register entry, ``forwarded`` what the office got when a division chose office registration (R-19.2).
    ``check_asked_at`` is set while the worker verifies its files once more; ``consents`` are requests to print (P-58),
    ``circulations`` requests to the issuer to pass the document on (S-10), ``replies`` what was answered to the sender (P-60).
    """

    uid_prefix = "r"
    initial_state = "pending"
    entry: Any = None
    forwarded: Any = None
    sign_by: datetime | None = None
    check_asked_at: datetime | None = None
    consents: tuple[Consent, ...] = ()
    circulations: tuple[Circulation, ...] = ()
    replies: tuple[Reply, ...] = ()

    def __init__(self, dispatch: Dispatch, box: Any, address: Address, *, quota: int = 1, source: Any = None) -> None:
        super().__init__()
        self.dispatch = dispatch
        self.box = box
        self.original_box = box
        self.address = Address(address)
        self.quota = quota
        self.source = source
        self.part = ""
        self.available_at: datetime | None = None
        self.alerted_at: datetime | None = None
        self.first_opened_at: datetime | None = None
        self.signed_at: datetime | None = None
        self.first_printed_at: datetime | None = None
        self.opened_by: Any = None
        self.signed_by: Any = None
        self.capacity = ""
        self.findings: tuple[Finding, ...] = ()
        self.receipts: tuple[Receipt, ...] = ()
        self.return_reason = ""
        self.return_note = ""
        self.returned_at: datetime | None = None
        self.recall_asked_at: datetime | None = None
        self.recall_reason = ""
        self.assignments: tuple[Any, ...] = ()
        self.prints: tuple[Any, ...] = ()
        self.failure = ""

    @property
    def document(self) -> Any:
        """The document delivered."""
        return self.dispatch.document

    @property
    def title(self) -> str:
        """The document's title."""
        return self.document.title

    @property
    def readable(self) -> bool:
        """Whether the content may be shown: once opened, and not taken back or returned (design.md sect. 5)."""
        return self.state in ("pending", *KEPT) and self.first_opened_at is not None

    @property
    def rerouted(self) -> bool:
        """Whether it lies in a box that stands in for the one addressed (R-12.3)."""
        return self.box is not self.original_box

    @property
    def internal(self) -> bool:
        """Whether it was made by distribution inside a unit and not by the sender."""
        return self.source is not None

    @property
    def first(self) -> Any:
        """The delivery the sender made, of which an internal one is a part."""
        return self.source.first if self.internal else self

    @property
    def copies_left(self) -> int:
        """How many formal copies may still be printed: one quota for the recipient and all its divisions (P-35)."""
        return max(0, int(self.first.quota) - self.copies_made)

    @property
    def copies_made(self) -> int:
        """How many formal copies have been printed, by the recipient and all its divisions."""
        return sum(each.copies for each in self.printed if each.kind == PrintKind.FORMAL)

    @property
    def printed(self) -> tuple[Print, ...]:
        """Every print and download, the recipient's and its divisions', in order; those of an older release were formal copies."""
        return tuple(Print(*each) for each in self.first.prints)

    @property
    def verification(self) -> str:
        """``ok``, ``bad`` or ``unknown`` over the checks that speak of authenticity (P-52); a part of a delivery is as good as the whole."""
        results = [finding.passed for finding in self.first.findings if finding.check.startswith("verify.")]
        if False in results:
            return "bad"
        return "ok" if results and None not in results else "unknown"

    @property
    def format_ok(self) -> bool:
        """Whether the formats comply with R-N4 (R-N4.5)."""
        return all(finding.passed for finding in self.first.findings if finding.check.startswith("format."))


def delivery_name(dispatch: Dispatch, box_name: str) -> str:
    """The identity of a delivery, used as its name: dispatch, original box, attempt."""
    return f"{dispatch.uid}-{box_name}-{dispatch.attempt}"
