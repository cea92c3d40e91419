"""Signatures of persons over a text; the algorithm stands with each as data, so that another can follow (domain.md part 11).

A signature is *raw* (ECDSA as DER, or r and s side by side as browsers make it; Ed25519; RSA) or a detached CMS message as ``govrepo-sign``
and ``openssl cms`` make it. docs/signatures.md says how to verify each with nothing but openssl. Whether the certificate counts is
``govrepo.trust.chain``'s business.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

ES256, EDDSA, RS256 = "ES256", "EdDSA", "RS256"
DIGESTS: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
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
        _verify_raw(text.encode(), signature, certificate.public_key(), hashes.SHA256())
        return Signature(algorithm, "raw", signature)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError, KeyError) as error:
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


def _verify_raw(octets: bytes, signature: bytes, key: Any, digest: hashes.HashAlgorithm) -> None:
    if isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(signature, octets)
    elif isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, octets, padding.PKCS1v15(), digest)
    else:
        key.verify(_as_der(signature), octets, ec.ECDSA(digest))


def _as_der(signature: bytes) -> bytes:
    """ECDSA on P-256 as DER. Two numbers of 32 octets are what browsers make; DER of that very length could be one in 2^120."""
    if len(signature) != 64:
        return signature
    return encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))


def _is_cms(signature: bytes) -> bool:
    """A CMS message begins with a sequence that holds the identifier of signed data."""
    return signature[:1] == b"\x30" and b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" in signature[:20]


def _verify_cms(octets: bytes, message: bytes, certificate: x509.Certificate) -> None:
    """Exactly one signer, ours; nothing enclosed; signed attributes that say type ``data`` and the text's digest (RFC 5652)."""
    signed = cms.ContentInfo.load(message, strict=True)["content"]
    enclosed = signed["encap_content_info"]
    signer = _only(list(signed["signer_infos"]))
    if enclosed["content_type"].native != "data" or enclosed["content"].native is not None:
        raise BadSignatureError("the signature must be detached, of type data")
    _is_of(signer, certificate)
    name = signer["digest_algorithm"]["algorithm"].native
    _look_at_attributes(signer["signed_attrs"], hashlib.new(_known(name), octets).digest())
    # The attributes are tagged in the message, and signed as the plain set they are.
    covered = signer["signed_attrs"].untag().dump(force=True)
    _verify_raw(covered, signer["signature"].native, certificate.public_key(), DIGESTS[name]())


def _only(items: list[Any]) -> Any:
    if len(items) != 1:
        raise BadSignatureError(f"exactly one is expected, not {len(items)}")
    return items[0]


def _known(digest: str) -> str:
    if digest not in DIGESTS:
        raise BadSignatureError(f"{digest} is no digest that counts")
    return digest


def _is_of(signer: Any, certificate: x509.Certificate) -> None:
    """The signer is named by issuer and serial number, and must be the certificate at hand."""
    if signer["sid"].name != "issuer_and_serial_number":
        raise BadSignatureError("the signer is not named by issuer and serial number")
    named = signer["sid"].chosen
    same_issuer = named["issuer"].dump() == certificate.issuer.public_bytes()
    if not same_issuer or named["serial_number"].native != certificate.serial_number:
        raise BadSignatureError("another certificate has signed")


def _look_at_attributes(attributes: Any, digest: bytes) -> None:
    values: dict[str, Any] = {}
    for attribute in attributes:
        if attribute["type"].native in values:
            raise BadSignatureError("an attribute is given twice")
        values[attribute["type"].native] = _only(list(attribute["values"])).native
    if values.get("content_type") != "data":
        raise BadSignatureError("the signed attributes do not name the type data")
    if not hmac.compare_digest(values.get("message_digest", b""), digest):
        raise BadSignatureError("the signature is over another text")
