"""Signatures of persons over a text; the algorithm stands with each as data, so that another can follow (domain.md part 11).

A signature is *raw* (ECDSA as DER, or r and s side by side as browsers make it; Ed25519; RSA) or a detached CMS message as ``govrepo-sign``
and ``openssl cms`` make it. docs/signatures.md says how to verify each with nothing but openssl. Whether the certificate counts is
``govrepo.trust.chain``'s business.
"""

from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from govrepo.trust import cms, der

ES256, EDDSA, RS256 = "ES256", "EdDSA", "RS256"
LARGEST = 256 * 1024
"""Bytes of the largest signature that is looked at."""


class BadSignatureError(Exception):
    """The signature was not made over this text with this certificate's key, or is none."""


@dataclass(frozen=True)
class Signature:
    """A signature as it is stored: its algorithm, its form (``raw`` or ``cms``) and its octets."""

    algorithm: str
    form: str
    value: bytes


def algorithm_of(certificate: x509.Certificate) -> str:
    """The algorithm a certificate's key signs with. Raises BadSignatureError for a key of another kind."""
    key = certificate.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return ES256
    if isinstance(key, ed25519.Ed25519PublicKey):
        return EDDSA
    if isinstance(key, rsa.RSAPublicKey):
        return RS256
    raise BadSignatureError("a key of this kind does not sign here")


def verify_text(text: str, signature: bytes, certificate: x509.Certificate) -> Signature:
    """Check a raw or CMS signature over a text in UTF-8; what is to be stored. Raises BadSignatureError."""
    if len(signature) > LARGEST:
        raise BadSignatureError("too large")
    try:
        algorithm = algorithm_of(certificate)
        if _is_cms(signature):
            _verify_cms(text.encode(), signature, certificate)
            return Signature(algorithm, "cms", signature)
        _verify_raw(text.encode(), signature, certificate.public_key())
        return Signature(algorithm, "raw", signature)
    except (InvalidSignature, UnsupportedAlgorithm, *cms.MALFORMED) as error:
        raise BadSignatureError("the signature does not fit") from error


def sign_text(text: str, key: Any) -> bytes:
    """A raw signature over a text in UTF-8 with a private key: ECDSA on P-256 as DER, Ed25519, or RSA with PKCS #1 v1.5."""
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(text.encode(), ec.ECDSA(hashes.SHA256()))
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(text.encode())
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
    raise TypeError("a key of this kind does not sign here")


def _verify_raw(octets: bytes, signature: bytes, key: Any) -> None:
    if isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(signature, octets)
    elif isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, octets, padding.PKCS1v15(), hashes.SHA256())
    else:
        key.verify(_as_der(signature), octets, ec.ECDSA(hashes.SHA256()))


def _as_der(signature: bytes) -> bytes:
    """ECDSA on P-256 as DER. Two numbers of 32 octets are what browsers make; DER of that very length could be one in 2^120."""
    if len(signature) != 64:
        return signature
    return encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))


def _is_cms(signature: bytes) -> bool:
    """A CMS message begins with a sequence that holds the identifier of signed data."""
    return signature[:1] == b"\x30" and b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" in signature[:20]


def _verify_cms(octets: bytes, message: bytes, certificate: x509.Certificate) -> None:
    """Exactly one signer, ours, named by issuer and serial number; nothing enclosed; type ``data`` (RFC 5652)."""
    signed = cms.read(message)
    if signed.enclosed is not None:
        raise BadSignatureError("the signature must be detached")
    if signed.named.tag != der.SEQUENCE or not signed.is_by(certificate):
        raise BadSignatureError("another certificate has signed")
    signed.verify(octets, cms.DATA, certificate)
