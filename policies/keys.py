"""Keys on their way in and out: what an applicant hands in, and the one time a key pair leaves as PKCS#12 (R-28.1).

What is read here is small and parsed by a memory-safe library. A private key made here lives only as long as the request.
"""

import hashlib
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_der_public_key,
    load_pem_public_key,
    pkcs12,
)

LARGEST = 20_000
"""Bytes of the largest request or certificate that is read."""
SMALLEST_RSA = 2048
CURVES = ("secp256r1", "secp384r1")
ROUNDS = 200_000
"""Of the key derivation that protects a PKCS#12 with its password."""


class BadKeyError(ValueError):
    """What was handed in is no request or public key, proves nothing, or is too weak."""


def new_key() -> ec.EllipticCurvePrivateKey:
    """A fresh key pair (P-256)."""
    return ec.generate_private_key(ec.SECP256R1())


def public_der(key: Any) -> bytes:
    """A public key as DER."""
    return bytes(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def key_digest(key: Any) -> str:
    """The SHA-256 of a public key, hexadecimal: by it two certificates of one key are found (R-27.1)."""
    return hashlib.sha256(public_der(key)).hexdigest()


def read_public_key(data: bytes) -> Any:
    """The public key in a certificate request (PKCS#10) or by itself, PEM or DER. Raises BadKeyError."""
    if not 0 < len(data) <= LARGEST:
        raise BadKeyError("size")
    pem = data.lstrip().startswith(b"-----BEGIN")
    try:
        key = _of_request(data, pem=pem)
    except ValueError:
        key = _plain(data, pem=pem)
    if not _is_strong(key):
        raise BadKeyError("weak")
    return key


def _of_request(data: bytes, *, pem: bool) -> Any:
    """A request proves by its own signature that the applicant holds the key."""
    request = x509.load_pem_x509_csr(data) if pem else x509.load_der_x509_csr(data)
    if not request.is_signature_valid:
        raise BadKeyError("signature")
    return request.public_key()


def _plain(data: bytes, *, pem: bool) -> Any:
    try:
        return load_pem_public_key(data) if pem else load_der_public_key(data)
    except Exception as error:
        raise BadKeyError("malformed") from error


def _is_strong(key: Any) -> bool:
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= SMALLEST_RSA
    return isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in CURVES


def sealed(key: Any, certificate: x509.Certificate, name: str, password: str, above: tuple[Any, ...] = ()) -> bytes:
    """Key, certificate and the authorities above it as PKCS#12, protected by a password."""
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(password.encode())
    )
    return pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, list(above), encryption)
