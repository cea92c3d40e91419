"""Checking a time stamp (RFC 3161): that a digest was shown to a time stamp authority at an instant.

A *token* is a CMS message (DER) in which the authority signs the digest and the time; a *response* (``.tsr``) is a token with a word
of the authority before it. ``openssl ts -verify`` checks both. Nothing here needs more than ``cryptography``, so that ``govrepo-verify``
works where govrepo does not. How one is got: ``govrepo.trust.tsa``.
"""

import hmac
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes

from govrepo.trust import cms, der
from govrepo.trust.cms import HASHES, MALFORMED
from govrepo.trust.der import Element
from govrepo.trust.path import STAMPING, NoPathError, check_path

TST_INFO = "1.2.840.113549.1.9.16.1.4"
SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"
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
    return check_token(token, digest, trusted)[0]


def check_token(
    token: bytes, digest: bytes, trusted: Iterable[x509.Certificate], at: datetime | None = None
) -> tuple[datetime, tuple[x509.Certificate, ...]]:
    """The same with the authority's path, the trusted certificate last; judged as of ``at``, when the token itself is known to have existed.

    Raises :class:`BadTimeStampError`.
    """
    try:
        return _verified(_message(token), digest, list(trusted), at)
    except BadTimeStampError:
        raise
    except NoPathError as error:
        raise BadTimeStampError(f"the time stamp authority is not trusted: {error}") from error
    except (InvalidSignature, UnsupportedAlgorithm) as error:
        raise BadTimeStampError("the authority's signature does not fit") from error
    except MALFORMED as error:
        raise BadTimeStampError(f"no time stamp of a form known here: {error}") from error


def _verified(
    said: cms.Message, digest: bytes, trusted: list[x509.Certificate], at: datetime | None
) -> tuple[datetime, tuple[x509.Certificate, ...]]:
    enclosed = said.enclosed or b""
    info = _read_info(enclosed)
    if not hmac.compare_digest(info.digest, digest):
        raise BadTimeStampError("the time stamp is over another text")
    signer = next((each for each in [*said.certificates, *trusted] if said.is_by(each)), None)
    if signer is None:
        raise BadTimeStampError("the authority's certificate is not at hand")
    if not _names(said.verify(enclosed, TST_INFO, signer), signer):
        raise BadTimeStampError("the time stamp was signed with another certificate")
    return info.time, check_path(signer, said.certificates, trusted, at or info.time, STAMPING)


def _message(token: bytes) -> cms.Message:
    if len(token) > LARGEST:
        raise ValueError("it is too large")
    return cms.read(token)


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
        return _read_info(_message(token).enclosed or b"")
    except MALFORMED as error:
        raise BadTimeStampError(f"no time stamp of a form known here: {error}") from error


def _read_info(content: bytes) -> Token:
    """The signed part, TSTInfo."""
    version, _policy, imprint, _serial, time, *rest = der.read(content).parts()
    if version.number() != 1:
        raise ValueError("a time stamp of an unknown version")
    algorithm, digest = imprint.parts()
    nonce = next((each.number() for each in rest if each.tag == der.INTEGER), 0)
    return Token(
        cms.digest_named(algorithm),
        digest.expect(der.OCTETS).content,
        _instant(time.expect(der.GENERALIZED_TIME)),
        nonce,
    )


def _instant(element: Element) -> datetime:
    text = element.content.decode("ascii")
    form = "%Y%m%d%H%M%S.%fZ" if "." in text else "%Y%m%d%H%M%SZ"
    return datetime.strptime(text, form).replace(tzinfo=UTC)


def _names(values: dict[str, Element], signer: x509.Certificate) -> bool:
    """Whether the first certificate of ESS signing-certificate, version 1 or 2, is the signer's (RFC 3161 sect. 2.4.2, RFC 5816)."""
    if SIGNING_CERTIFICATE_V2 in values:
        first = values[SIGNING_CERTIFICATE_V2].inside()[0].inside()[0].inside()
        named = first[0].tag == der.SEQUENCE
        digest = HASHES[cms.digest_named(first[0])]() if named else hashes.SHA256()
        return first[1 if named else 0].expect(der.OCTETS).content == signer.fingerprint(digest)
    first = values[SIGNING_CERTIFICATE].inside()[0].inside()[0].inside()
    return first[0].expect(der.OCTETS).content == signer.fingerprint(hashes.SHA1())  # noqa: S303 - what version 1 is.
