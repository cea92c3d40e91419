"""Lists of revoked certificates (CRL) as they are read, with ``cryptography`` alone: whose a list is, which is newer, whom it names.

Whether a certificate counts is ``govrepo.trust.chain``'s business; evidence brings its lists along (docs/evidence.md).
"""

from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes

HELD = x509.ReasonFlags.certificate_hold
REMOVED = x509.ReasonFlags.remove_from_crl


def fingerprint(certificate: x509.Certificate) -> str:
    """The SHA-256 of a certificate, hexadecimal."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def is_list_of(crl: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    """Whether a list is this issuer's, by name and signature, and whole: a delta or a partial list says so in a critical extension."""
    try:
        whole = not any(extension.critical for extension in crl.extensions)
        key: Any = issuer.public_key()
        return whole and crl.issuer == issuer.subject and crl.is_signature_valid(key)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False


def age(crl: x509.CertificateRevocationList) -> tuple[int, datetime]:
    """What makes one list newer than another: its number, then its date."""
    try:
        number = crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    except x509.ExtensionNotFound:
        number = 0
    return number, crl.last_update_utc


def is_revoked(crl: x509.CertificateRevocationList, serial: int) -> bool:
    """Whether a list names a serial, unless its last word is that a hold was lifted."""
    if crl.get_revoked_certificate_by_serial_number(serial) is None:
        return False
    *before, last = [reason_of(entry) for entry in crl if entry.serial_number == serial]
    return last is not REMOVED or any(reason not in {HELD, REMOVED} for reason in before)


def reason_of(entry: x509.RevokedCertificate) -> x509.ReasonFlags | None:
    """Why a certificate was revoked, or None for a list that does not say."""
    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except x509.ExtensionNotFound:
        return None
