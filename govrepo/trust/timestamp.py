"""Checking a time stamp (RFC 3161): that a digest was shown to a time stamp authority at an instant.

A *token* is a CMS message (DER) in which the authority signs the digest and the time; a *response* (``.tsr``) is a token with a word
of the authority before it. ``openssl ts -verify`` checks both. Nothing here needs more than ``cryptography``, so that ``govrepo-verify``
works where govrepo does not. How one is got: ``govrepo.trust.tsa``.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import Criticality, ExtensionPolicy, PolicyBuilder, Store, VerificationError

from govrepo.trust import der
from govrepo.trust.der import Element

SIGNED_DATA, TST_INFO = "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"
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
NULL = b"\x05\x00"
HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
MALFORMED = (ValueError, TypeError, IndexError, KeyError, x509.InvalidVersion, x509.DuplicateExtension)
"""What reading octets that are no time stamp may raise."""
LARGEST = 64 * 1024
"""Bytes of the largest time stamp that is looked at."""
GRANTED = bytes.fromhex("3003020100")
"""PKIStatusInfo: status granted."""


class BadTimeStampError(ValueError):
    """A time stamp that shows nothing; the words say why."""


class Token(NamedTuple):
    """What a token says, before anybody has checked it: the digest and its algorithm, when, the nonce of the request (0 for none)."""

    algorithm: str
    digest: bytes
    time: datetime
    nonce: int


def verify_token(token: bytes, digest: bytes, trusted: Iterable[x509.Certificate]) -> datetime:
    """The instant at which a digest was stamped, by an authority that leads to one of the trusted certificates.

    Certificates are judged as of that instant. Raises :class:`BadTimeStampError`.
    """
    try:
        return _verified(_Message.read(token), digest, list(trusted))
    except BadTimeStampError:
        raise
    except (InvalidSignature, UnsupportedAlgorithm) as error:
        raise BadTimeStampError("the authority's signature does not fit") from error
    except MALFORMED as error:
        raise BadTimeStampError(f"no time stamp of a form known here: {error}") from error


def _verified(said: "_Message", digest: bytes, trusted: list[x509.Certificate]) -> datetime:
    info = _read_info(said.info)
    if not hmac.compare_digest(info.digest, digest):
        raise BadTimeStampError("the time stamp is over another text")
    signer = said.signer([*said.certificates, *trusted])
    said.check_attributes(signer)
    said.check_signature(signer)
    _check_chain(signer, said.certificates, trusted, info.time)
    return info.time


def time_of(token: bytes) -> datetime:
    """The instant a token names, unchecked. Raises :class:`BadTimeStampError`."""
    return _info(token).time


def nonce_of(token: bytes) -> int:
    """The nonce of the request that a token answers, 0 for none. Raises :class:`BadTimeStampError`."""
    return _info(token).nonce


def as_response(token: bytes) -> bytes:
    """A token as the file that ``openssl ts`` reads, ``.tsr``: the word "granted" before it."""
    content = GRANTED + token
    return b"\x30" + _length(len(content)) + content


def from_response(response: bytes) -> bytes:
    """The token in a response. Raises :class:`BadTimeStampError` if the authority has given none."""
    try:
        status, *tokens = der.read(response).parts()
        code = status.parts()[0].number()
    except (ValueError, IndexError) as error:
        raise BadTimeStampError(f"no response of a time stamp authority: {error}") from error
    if code not in (0, 1) or len(tokens) != 1:
        raise BadTimeStampError(f"the time stamp authority refuses, status {code}")
    return tokens[0].whole


def _length(size: int) -> bytes:
    octets = size.to_bytes((size.bit_length() + 7) // 8 or 1, "big")
    return octets if size < 0x80 else bytes([0x80 + len(octets)]) + octets


def _info(token: bytes) -> Token:
    try:
        return _read_info(_Message.read(token).info)
    except MALFORMED as error:
        raise BadTimeStampError(f"no time stamp of a form known here: {error}") from error


def _read_info(content: bytes) -> Token:
    """The signed part, TSTInfo."""
    version, _policy, imprint, _serial, time, *rest = der.read(content).parts()
    if version.number() != 1:
        raise ValueError("a time stamp of an unknown version")
    algorithm, digest = imprint.parts()
    nonce = next((each.number() for each in rest if each.tag == der.INTEGER), 0)
    name = DIGESTS[_algorithm(algorithm)]
    return Token(name, digest.expect(der.OCTETS).content, _instant(time.expect(der.GENERALIZED_TIME)), nonce)


def _instant(element: Element) -> datetime:
    text = element.content.decode("ascii")
    form = "%Y%m%d%H%M%S.%fZ" if "." in text else "%Y%m%d%H%M%SZ"
    return datetime.strptime(text, form).replace(tzinfo=UTC)


class _Message(NamedTuple):
    """The parts of a CMS message with one signer (RFC 5652)."""

    info: bytes
    certificates: list[x509.Certificate]
    named: Element
    digest: str
    attributes: Element
    algorithm: str
    signature: bytes

    @classmethod
    def read(cls, token: bytes) -> "_Message":
        if len(token) > LARGEST:
            raise ValueError("it is too large")
        kind, content = der.read(token).parts()
        (signed,) = content.expect(der.FIRST).inside()
        version, digests, inner, *optional, signers = signed.parts()
        enclosed_kind, enclosed = inner.parts()
        (signer,) = signers.expect(der.SET).inside()
        signer_version, named, digest, attributes, algorithm, signature, *_unsigned = signer.parts()
        if (kind.oid(), enclosed_kind.oid()) != (SIGNED_DATA, TST_INFO):
            raise ValueError("it is a message of another kind")
        if version.number() != 3 or signer_version.number() not in (1, 3):
            raise ValueError("it is a message of an unknown version")
        if [_algorithm(each) for each in digests.expect(der.SET).inside()] != [_algorithm(digest)]:
            raise ValueError("it does not name its digest")
        return cls(
            enclosed.expect(der.FIRST).inside()[0].expect(der.OCTETS).content,
            _certificates(optional),
            named,
            DIGESTS[_algorithm(digest)],
            attributes.expect(der.FIRST),
            _algorithm(algorithm),
            signature.expect(der.OCTETS).content,
        )

    def signer(self, known: Sequence[x509.Certificate]) -> x509.Certificate:
        """The certificate that the message names, by issuer and serial number or by its key's identifier."""
        for each in known:
            if _is_named(each, self.named):
                return each
        raise BadTimeStampError("the authority's certificate is not at hand")

    def check_attributes(self, signer: x509.Certificate) -> None:
        """What is signed besides: the type, the digest of the content, and by which certificate."""
        values: dict[str, Element] = {}
        for each in self.attributes.inside():
            name, found = each.parts()
            (values[name.oid()],) = found.expect(der.SET).inside()
        if values[CONTENT_TYPE].oid() != TST_INFO:
            raise ValueError("it is signed as something else")
        if values[MESSAGE_DIGEST].content != hashlib.new(self.digest, self.info).digest():
            raise BadTimeStampError("the time stamp has been changed")
        if not _names(values, signer):
            raise BadTimeStampError("the time stamp was signed with another certificate")

    def check_signature(self, signer: x509.Certificate) -> None:
        """The attributes are tagged in the message, and signed as the plain set they are. Raises InvalidSignature."""
        covered = bytes([der.SET]) + self.attributes.whole[1:]
        digest = HASHES[SIGNATURES[self.algorithm] or self.digest]()
        _verify(signer.public_key(), self.signature, covered, digest)


def _verify(key: Any, signature: bytes, covered: bytes, digest: hashes.HashAlgorithm) -> None:
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, covered, ec.ECDSA(digest))
    elif isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, covered, padding.PKCS1v15(), digest)
    elif isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(signature, covered)
    else:
        raise UnsupportedAlgorithm("a key of this kind does not stamp here")


def _algorithm(element: Element) -> str:
    """The name of an AlgorithmIdentifier; those known here have no parameters, or a null."""
    name, *parameters = element.parts()
    if [each.whole for each in parameters] not in ([], [NULL]):
        raise ValueError("an algorithm with parameters")
    return name.oid()


def _certificates(optional: Sequence[Element]) -> list[x509.Certificate]:
    found = [each for part in optional if part.tag == der.FIRST for each in part.inside()]
    return [x509.load_der_x509_certificate(each.whole) for each in found if each.tag == der.SEQUENCE]


def _is_named(certificate: x509.Certificate, named: Element) -> bool:
    if named.tag == der.SEQUENCE:
        issuer, serial = named.parts()
        return issuer.whole == certificate.issuer.public_bytes() and serial.number() == certificate.serial_number
    try:
        own = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    except x509.ExtensionNotFound:
        return False
    return named.content == own.digest


def _names(values: dict[str, Element], signer: x509.Certificate) -> bool:
    """Whether the first certificate of ESS signing-certificate, version 1 or 2, is the signer's (RFC 3161 sect. 2.4.2, RFC 5816)."""
    if SIGNING_CERTIFICATE_V2 in values:
        first = values[SIGNING_CERTIFICATE_V2].inside()[0].inside()[0].inside()
        named = first[0].tag == der.SEQUENCE
        digest = HASHES[DIGESTS[first[0].inside()[0].oid()]]() if named else hashes.SHA256()
        return first[1 if named else 0].expect(der.OCTETS).content == signer.fingerprint(digest)
    first = values[SIGNING_CERTIFICATE].inside()[0].inside()[0].inside()
    return first[0].expect(der.OCTETS).content == signer.fingerprint(hashes.SHA1())  # noqa: S303 - what version 1 is.


def _check_chain(
    signer: x509.Certificate, others: list[x509.Certificate], trusted: list[x509.Certificate], at: datetime
) -> None:
    if not trusted:
        raise BadTimeStampError("no authority is trusted")
    authorities = ExtensionPolicy.permit_all().require_present(
        x509.BasicConstraints, Criticality.AGNOSTIC, _is_authority
    )
    stampers = ExtensionPolicy.permit_all().require_present(x509.ExtendedKeyUsage, Criticality.CRITICAL, _is_stamper)
    builder = PolicyBuilder().store(Store(trusted)).time(at)
    verifier = builder.extension_policies(ca_policy=authorities, ee_policy=stampers).build_client_verifier()
    try:
        verifier.verify(signer, [each for each in others if each != signer])
    except VerificationError as error:
        raise BadTimeStampError(f"the time stamp authority is not trusted: {error}") from error


def _is_authority(_policy: Any, _certificate: x509.Certificate, found: x509.BasicConstraints | None) -> None:
    if found is None or not found.ca:
        raise ValueError("an issuer is no certification authority")


def _is_stamper(_policy: Any, _certificate: x509.Certificate, found: x509.ExtendedKeyUsage | None) -> None:
    """Time stamping, and nothing besides (RFC 3161 sect. 2.3)."""
    if found is None or list(found) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise ValueError("the certificate is not for time stamps alone")
