"""The certificate (数字证书, domain.md 4.13): from its application to its end, with everything that was recorded of it.

The private key is no part of it. Serves R-9.1 to R-9.3, R-26.1, R-28.1.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from substanced.content import content

from content_types.content import Recorded


class CertificateKind(StrEnum):
    """个人, 单位, 设备."""

    PERSONAL = "personal"
    UNIT = "unit"
    DEVICE = "device"


class Application(NamedTuple):
    """The prescribed form (申请表): what for, on which carrier, of which unit, when. ``public_key`` is DER where one was handed in."""

    purpose: str
    unit: Any
    on: date
    carrier: str = ""
    public_key: bytes = b""


class Review(NamedTuple):
    """Who reviewed the application, when, with which result (approved, rejected) and words."""

    by: Any
    at: datetime
    result: str
    note: str


class Issuance(NamedTuple):
    """Who handed it out to whom, and when; ``receipt_signed`` says that the recipient signed for it."""

    by: Any
    at: datetime
    to: Any
    receipt_signed: bool


class Statement(NamedTuple):
    """What somebody put on record at an instant: a loss report, an auditor's note."""

    by: Any
    at: datetime
    words: str


class CentreContact(NamedTuple):
    """A contact with the key management centre (R-9.2)."""

    on: date
    subject: str
    reference: str
    result: str
    by: Any


@content("Certificate")
class Certificate(Recorded):
    """One certificate of one person. ``previous`` is the one it renews or replaces.

    ``serial`` is upper-case hexadecimal, empty until issued; ``der`` the certificate; ``key_digest`` the SHA-256 of its public key.
    """

    uid_prefix = "k"
    initial_state = "applied"
    __name__: Any = None
    __parent__: Any = None

    def __init__(self, person: Any, kind: CertificateKind, application: Application, previous: Any = None) -> None:
        super().__init__()
        self.person = person
        self.kind = CertificateKind(kind)
        self.application = application
        self.previous = previous
        self.serial = ""
        self.issuer = ""
        self.valid_from: datetime | None = None
        self.valid_to: datetime | None = None
        self.der = b""
        self.fingerprint = ""
        self.key_digest = ""
        self.review: Review | None = None
        self.issued: Issuance | None = None
        self.undertaking: date | None = None
        self.losses: tuple[Statement, ...] = ()
        self.auditor_notes: tuple[Statement, ...] = ()
        self.centre_contacts: tuple[CentreContact, ...] = ()

    @property
    def title(self) -> str:
        """The name of the person it belongs to (R-26.1)."""
        return str(self.person.name)
