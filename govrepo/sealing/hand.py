"""The hand that seals: image, certificate, the authorities above it, their lists, and two functions that sign and stamp.

Keys stay behind the functions: they may lie in a file, in another process, or in a device.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo.sealing.findings import seal_uri
from govrepo.trust.lists import age, is_list_of, is_revoked


class SealingError(Exception):
    """Nothing has been sealed; ``kind`` says why in one word, ``words`` in detail.

    ``changed``: the file is not the one whose digest was given. ``no-slot``: it has no such place for a seal. ``filled``: that place is
    sealed already. ``encrypted``, ``unreadable``: it cannot be sealed. ``not-seal``, ``untrusted``, ``expired``, ``revoked``, ``no-list``: the certificate may not seal,
    or nothing says that it may. ``time-stamp``: no time stamp was to be had. ``not-good``: only good seals are renewed. ``image``, ``font``: the image of the seal.
    """

    def __init__(self, kind: str, words: str = "") -> None:
        super().__init__(f"{kind}: {words}" if words else kind)
        self.kind = kind
        self.words = words


@dataclass(frozen=True)
class Hand:
    """What one seal is applied with.

    ``image`` is a PNG of ``diameter_mm``; ``chain`` are the authorities above the certificate, the root last; ``crls`` (DER) hold the newest list of each of
    them. ``sign`` answers a signature over octets with SHA-256 (:func:`key_signs`), ``stamp`` a time stamp token over a SHA-256 digest
    (``TimeStamps.stamp``); ``stamping`` are certificates its tokens lead to (``TimeStamps.trusted``).
    """

    image: bytes
    diameter_mm: float
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    crls: tuple[bytes, ...]
    sign: Callable[[bytes], bytes]
    stamp: Callable[[bytes], bytes]
    stamping: tuple[x509.Certificate, ...] = ()


@dataclass(frozen=True)
class Sealed:
    """What was done: the field, the page (from 0) and place of the image (points from the page's lower left: left, bottom, right, top), the instant, the digests."""

    field: str
    page: int
    place: tuple[float, float, float, float]
    at: datetime
    sha256_before: str
    sha256: str


def key_signs(key: Any) -> Callable[[bytes], bytes]:
    """The signing function of a private key, elliptic or RSA (PKCS#1 v1.5), with SHA-256. Raises TypeError for another."""
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return lambda octets: key.sign(octets, ec.ECDSA(hashes.SHA256()))
    if isinstance(key, rsa.RSAPrivateKey):
        return lambda octets: key.sign(octets, padding.PKCS1v15(), hashes.SHA256())
    raise TypeError("a seal is signed with a key on an elliptic curve or RSA")


def check_hand(hand: Hand, now: datetime) -> tuple[bytes, ...]:
    """Whether the certificate may seal now; the lists that say so, one of each authority. Raises SealingError."""
    if not seal_uri(hand.certificate):
        raise SealingError("not-seal", "the certificate is not a seal's")
    path = (hand.certificate, *hand.chain)
    if len(path) < 2:
        raise SealingError("untrusted", "the authority's certificate is missing")
    for each in path:
        if not each.not_valid_before_utc <= now <= each.not_valid_after_utc:
            raise SealingError("expired", f"{each.subject.rfc4514_string()} is not in force")
    lists = [x509.load_der_x509_crl(each) for each in hand.crls]
    return tuple(_list_over(each, issuer, lists, now) for each, issuer in pairwise(path))


def _list_over(
    certificate: x509.Certificate,
    issuer: x509.Certificate,
    lists: list[x509.CertificateRevocationList],
    now: datetime,
) -> bytes:
    """The issuer's newest list, if it does not name the certificate."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature) as error:
        raise SealingError("untrusted", f"{issuer.subject.rfc4514_string()} has not issued it") from error
    newest = max((each for each in lists if is_list_of(each, issuer)), key=age, default=None)
    if newest is None or newest.next_update_utc is None or newest.next_update_utc <= now:
        raise SealingError("no-list", f"no list of {issuer.subject.rfc4514_string()} is in force")
    if is_revoked(newest, certificate.serial_number):
        raise SealingError("revoked", certificate.subject.rfc4514_string())
    return newest.public_bytes(Encoding.DER)
