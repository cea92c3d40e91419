"""Reading a signed CMS message (RFC 5652) with one signer: what is enclosed, who signs, and whether the signature fits.

People's signatures and time stamps come in this form. ``cryptography`` writes it and does not read it; this needs nothing besides, so
that ``govrepo-verify`` works where govrepo does not. Only messages with signed attributes count. Whether the certificate is trusted is
the caller's business.
"""

import hashlib
import hmac
from collections.abc import Sequence
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from govrepo.trust import der
from govrepo.trust.der import Element

DATA, SIGNED_DATA = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.2"
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
DIGESTS = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
SIGNATURES = {
    "1.2.840.113549.1.1.1": "",  # RSA; with the digest algorithm named beside it.
    "1.2.840.113549.1.1.11": "sha256",
    "1.2.840.113549.1.1.12": "sha384",
    "1.2.840.113549.1.1.13": "sha512",
    "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384",
    "1.2.840.10045.4.3.4": "sha512",
    "1.3.101.112": "",
}
HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
MALFORMED = (ValueError, TypeError, IndexError, KeyError, x509.InvalidVersion, x509.DuplicateExtension)
"""What reading octets that are no such message may raise."""
_NULL = b"\x05\x00"


class Message(NamedTuple):
    """The parts: type and octets enclosed (None for a detached signature), certificates, who signs, how, and the signature."""

    kind: str
    enclosed: bytes | None
    certificates: list[x509.Certificate]
    named: Element
    digest: str
    attributes: Element
    algorithm: str
    signature: bytes

    def is_by(self, certificate: x509.Certificate) -> bool:
        """Whether the signer is named as this certificate, by issuer and serial number or by the key's identifier."""
        if self.named.tag == der.SEQUENCE:
            issuer, serial = self.named.parts()
            return issuer.whole == certificate.issuer.public_bytes() and serial.number() == certificate.serial_number
        try:
            own = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        except x509.ExtensionNotFound:
            return False
        return self.named.content == own.digest

    def verify(self, octets: bytes, kind: str, certificate: x509.Certificate) -> dict[str, Element]:
        """Check that the certificate's key has signed these octets as content of this type; the signed attributes by name.

        Raises InvalidSignature, UnsupportedAlgorithm, or one of MALFORMED.
        """
        values = self._attributes()
        if (self.kind, values[CONTENT_TYPE].oid()) != (kind, kind):
            raise ValueError("it is signed as something else")
        digest = hashlib.new(self.digest, octets).digest()
        if not hmac.compare_digest(values[MESSAGE_DIGEST].expect(der.OCTETS).content, digest):
            raise ValueError("it is not what was signed")
        # The attributes are tagged in the message, and signed as the plain set they are.
        covered = bytes([der.SET]) + self.attributes.whole[1:]
        _verify(certificate.public_key(), self.signature, covered, HASHES[SIGNATURES[self.algorithm] or self.digest]())
        return values

    def _attributes(self) -> dict[str, Element]:
        values: dict[str, Element] = {}
        for each in self.attributes.inside():
            name, found = each.parts()
            if name.oid() in values:
                raise ValueError("an attribute is given twice")
            (values[name.oid()],) = found.expect(der.SET).inside()
        return values


def read(octets: bytes) -> Message:
    """The message in octets (DER). Raises one of MALFORMED."""
    kind, content = der.read(octets).parts()
    (signed,) = content.expect(der.FIRST).inside()
    version, digests, inner, *optional, signers = signed.parts()
    enclosed_kind, *enclosed = inner.parts()
    (signer,) = signers.expect(der.SET).inside()
    signer_version, named, digest, attributes, algorithm, signature, *_unsigned = signer.parts()
    if kind.oid() != SIGNED_DATA:
        raise ValueError("it is a message of another kind")
    if version.number() not in (1, 3) or signer_version.number() not in (1, 3):
        raise ValueError("it is a message of an unknown version")
    if [_algorithm(each) for each in digests.expect(der.SET).inside()] != [_algorithm(digest)]:
        raise ValueError("it does not name its digest")
    return Message(
        enclosed_kind.oid(),
        _octets(enclosed[0]) if enclosed else None,
        _certificates(optional),
        named,
        DIGESTS[_algorithm(digest)],
        attributes.expect(der.FIRST),
        _algorithm(algorithm),
        signature.expect(der.OCTETS).content,
    )


def digest_named(element: Element) -> str:
    """The digest algorithm that an AlgorithmIdentifier names. Raises KeyError for one that does not count here."""
    return DIGESTS[_algorithm(element)]


def _algorithm(element: Element) -> str:
    """The name of an AlgorithmIdentifier; those known here have no parameters, or a null."""
    name, *parameters = element.parts()
    if [each.whole for each in parameters] not in ([], [_NULL]):
        raise ValueError("an algorithm with parameters")
    return name.oid()


def _octets(element: Element) -> bytes:
    (inside,) = element.expect(der.FIRST).inside()
    return inside.expect(der.OCTETS).content


def _certificates(optional: Sequence[Element]) -> list[x509.Certificate]:
    found = [each for part in optional if part.tag == der.FIRST for each in part.inside()]
    return [x509.load_der_x509_certificate(each.whole) for each in found if each.tag == der.SEQUENCE]


def _verify(key: Any, signature: bytes, covered: bytes, digest: hashes.HashAlgorithm) -> None:
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, covered, ec.ECDSA(digest))
    elif isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, covered, padding.PKCS1v15(), digest)
    elif isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(signature, covered)
    else:
        raise UnsupportedAlgorithm("a key of this kind does not sign here")
