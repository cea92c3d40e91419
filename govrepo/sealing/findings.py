"""What a verification says, and what it trusts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo.trust.authorities import SEAL_PREFIX
from govrepo.trust.data import trust_store

UNSEALED, GOOD, BAD, UNKNOWN = "unsealed", "good", "bad", "unknown"
"""Verdicts. Unknown: it cannot be said, and neither can the contrary."""

BROKEN, MODIFIED, UNTRUSTED, REVOKED, EXPIRED = "broken", "modified", "untrusted", "revoked", "expired"
NO_SEAL, NO_EVIDENCE = "not-certified-seal", "no-evidence"
ENCRYPTED, UNREADABLE, TOO_LARGE, ACTIVE = "encrypted", "unreadable", "too-large", "active"
ORDER = (UNREADABLE, ENCRYPTED, TOO_LARGE, BROKEN, MODIFIED, ACTIVE, NO_SEAL, UNTRUSTED, REVOKED, EXPIRED, NO_EVIDENCE)
"""Problems, worst first.

``broken``: the sealed octets are not those. ``modified``: the seal fits, and something not permitted was put on the file afterwards.
``untrusted``: the certificate leads to no authority that is trusted. ``revoked``: it was revoked when the seal was made. ``expired``: it was not
in force then. ``not-certified-seal``: it is no certificate of a seal. ``no-evidence``: the time of sealing or the lists of revoked certificates are
not proven, so nothing can be said. About the file as a whole: ``encrypted``, ``unreadable``, ``too-large`` (a page tree beyond all measure), ``active`` (scripts, programs or
files in it: what people see may change), and the words of a child that gave up (``time``, ``memory``, ``output``, ``crash``).
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
    """The verdict over a file: good if it bears a seal and each seal is good. ``problem`` is the worst one, or empty.

    ``empty`` counts places whose seal is still missing. A seal taken off whole leaves no trace: compare the file's digest with the one that was sent.
    """

    verdict: str
    seals: tuple[SealFinding, ...] = ()
    problem: str = ""
    empty: int = 0


def seal_uri(certificate: x509.Certificate | None) -> str:
    """The ``urn:govrepo:seal:<id>`` of a certificate that is for seals, else nothing: it must be for what cannot be denied."""
    if certificate is None:
        return ""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return ""
    found = [each for each in names.get_values_for_type(x509.UniformResourceIdentifier) if each.startswith(SEAL_PREFIX)]
    return found[0] if usage.content_commitment and len(found) == 1 else ""


def trust_of(root: Any, registry: Any) -> Trust:
    """What this site trusts now, outside authorities included."""
    store = trust_store(root, registry)
    crls = tuple(crl.public_bytes(Encoding.DER) for crl in store.crls)
    return Trust(store.anchors, store.intermediates, crls, tuple(registry.time_stamps.trusted))
