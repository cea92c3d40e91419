"""What a verification says, and what it trusts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo.trust.data import trust_store

UNSEALED, GOOD, BAD, UNKNOWN = "unsealed", "good", "bad", "unknown"
"""Verdicts. Unknown: it cannot be said, and neither can the contrary."""

BROKEN, MODIFIED, UNTRUSTED, REVOKED, EXPIRED = "broken", "modified", "untrusted", "revoked", "expired"
NO_SEAL, NO_EVIDENCE = "not-certified-seal", "no-evidence"
ENCRYPTED, UNREADABLE = "encrypted", "unreadable"
"""Problems, worst first.

``broken``: the sealed octets are not those. ``modified``: the seal fits, and something not permitted was put on the file afterwards.
``untrusted``: the certificate leads to no authority that is trusted. ``revoked``: it was revoked when the seal was made. ``expired``: it was not
in force then. ``not-certified-seal``: it is no certificate of a seal. ``no-evidence``: the time of sealing or the lists of revoked certificates are
not proven, so nothing can be said. ``encrypted`` and ``unreadable`` are about the file as a whole, as are the words of a child that gave
up (``time``, ``memory``, ``output``, ``crash``).
"""


@dataclass(frozen=True)
class Trust:
    """What is trusted: roots, the authorities below them, lists of revoked certificates (DER), and what time stamps may lead to besides."""

    anchors: tuple[x509.Certificate, ...]
    intermediates: tuple[x509.Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()
    stamping: tuple[x509.Certificate, ...] = ()


@dataclass(frozen=True)
class SealFinding:
    """One seal on the file, in the order of sealing.

    ``name`` is the certificate's, ``seal_uri`` its ``urn:govrepo:seal:<id>`` or empty, ``serial`` hexadecimal as everywhere. ``signed_at`` is the time
    stamp's instant if ``timestamped``, else what the signer's clock said. ``level`` is "B", "T", "LT" or "LTA". ``trusted`` is None where it cannot be
    said. ``whole``: the seal covers every octet of the file as it was when sealed. ``problem`` is empty for a good seal.
    """

    field: str
    name: str
    seal_uri: str
    serial: str
    signed_at: datetime | None
    timestamped: bool
    level: str
    intact: bool
    trusted: bool | None
    revoked_at: datetime | None
    modified_after: bool
    whole: bool
    problem: str


@dataclass(frozen=True)
class Verification:
    """The verdict over a file: good if it bears a seal and each seal is good. ``problem`` is the worst one, or empty."""

    verdict: str
    seals: tuple[SealFinding, ...] = ()
    problem: str = ""


def trust_of(root: Any, registry: Any) -> Trust:
    """What this site trusts now, outside authorities included."""
    store = trust_store(root, registry)
    crls = tuple(crl.public_bytes(Encoding.DER) for crl in store.crls)
    return Trust(store.anchors, store.intermediates, crls, tuple(registry.time_stamps.trusted))
