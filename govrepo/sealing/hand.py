"""The hand that seals: image, certificate, the authorities above it, their lists, and two functions that sign and stamp.

Keys stay behind the functions: they may lie in a file, in another process, or in a device.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding


class SealingError(Exception):
    """Nothing has been sealed; ``kind`` says why in one word, ``words`` in detail.

    ``changed``: the file is not the one whose digest was given. ``no-slot``: it has no such place for a seal. ``filled``: that place is
    sealed already. ``encrypted``, ``unreadable``: it cannot be sealed. ``expired``, ``revoked``, ``not-seal``, ``no-list``: the certificate may not seal, or
    nothing says that it may. ``time-stamp``: no time stamp was to be had. ``image``, ``font``: the image of the seal.
    """

    def __init__(self, kind: str, words: str = "") -> None:
        super().__init__(f"{kind}: {words}" if words else kind)
        self.kind = kind
        self.words = words


@dataclass(frozen=True)
class Hand:
    """What one seal is applied with.

    ``image`` is a PNG of ``diameter_mm``; ``chain`` are the authorities above the certificate, the root last; ``crls`` (DER) the newest list of each of
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
    """What was done: the field, the page (from 0) and place (points from its lower left: left, bottom, right, top), the instant, the digests."""

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
    if hasattr(key, "private_numbers"):
        return lambda octets: bytes(key.sign(octets, padding.PKCS1v15(), hashes.SHA256()))
    raise TypeError("a seal is signed with a key on an elliptic curve or RSA")
