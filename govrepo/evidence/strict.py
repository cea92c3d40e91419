"""Reading what somebody may have changed: certificates and mappings in their one form, and what cryptography raises over others."""

import warnings
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo.evidence.verdict import NoEvidenceError
from govrepo.trust.signatures import BadSignatureError

FAULTS = (
    BadSignatureError,
    Warning,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    InvalidSignature,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
    x509.DuplicateExtension,
)
"""What is raised over a certificate or a signature that somebody has changed."""
_PARTS = ("issuer", "subject", "extensions", "not_valid_before_utc", "not_valid_after_utc", "serial_number")


def certificate(pem: str) -> x509.Certificate:
    """A certificate out of PEM, read whole. Raises one of FAULTS.

    cryptography reads each part when it is asked for: what somebody has changed must be noticed here, not where it is used. What it only
    warns of, a serial that is no number, is no certificate here.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = x509.load_pem_x509_certificate(pem.encode())
        same(found.public_bytes(Encoding.PEM).decode(), pem)
        for part in _PARTS:
            getattr(found, part)
        found.public_key()
    return found


def same(written: str, found: str) -> None:
    """PEM is taken in its one form only, so that no character of it can be changed unseen. Raises ValueError."""
    if written != found:
        raise ValueError("it is not in the one form of PEM")


def exactly(said: Any, wanted: set[str], where: str) -> None:
    """Raise :class:`NoEvidenceError` unless a mapping has these names and no other."""
    if not isinstance(said, dict) or said.keys() != wanted:
        raise NoEvidenceError(f"{where}: it has to have {', '.join(sorted(wanted))} and nothing else")
