"""Whether a certificate counts now: chain, use, name, strength, and the lists of revoked ones (R-9.3, R-25.1).

The library verifies the chain and ignores revocation; the lists are looked at here, each time, and fail closed: each certificate of the
chain below the anchor needs a valid list of its own issuer. An issuer is known by name **and** key: two authorities may bear one name.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from govrepo.i18n import _
from govrepo.trust.authorities import PREFIX, serial_of
from govrepo.trust.lists import age, fingerprint, is_list_of, is_revoked

WORDS = {
    "no_authority": _("该证书不是签发证书和吊销列表的机构证书。"),
    "wrong_usage": _("该证书的用途不是个人登录和签名。"),
    "expired": _("证书或其签发机构的证书已过期。"),
    "not_yet_valid": _("证书尚未生效。"),
    "revoked": _("证书已被挂失或注销。"),
    "foreign": _("证书不是本系统信任的机构签发的。"),
    "no_crl": _("没有该证书签发机构的吊销列表，无法确认证书有效。"),
    "stale_crl": _("该证书签发机构的吊销列表已过期，无法确认证书有效。"),
    "weak_key": _("证书的密钥强度不足。"),
    "path_length": _("证书链的层级超过签发机构的许可。"),
    "bad_name": _("证书中没有唯一的人员标识。"),
    "malformed": _("不是有效的数字证书。"),
}
NAME = re.compile(re.escape(PREFIX) + r"([A-Za-z0-9][A-Za-z0-9._-]{0,63})")
LARGEST = 64 * 1024
"""Bytes of the largest certificate that is looked at."""


class Untrusted(Exception):  # noqa: N818 - It is an answer, not a fault of the program.
    """A certificate that does not count; ``code`` is a key of WORDS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def words(self) -> Any:
        """Why, for people."""
        return WORDS[self.code]


@dataclass(frozen=True)
class Verified:
    """A certificate that counts: whose it is, its serial and SHA-256 in hexadecimal, and its chain up to the anchor."""

    person_id: str
    serial: str
    fingerprint: str
    chain: tuple[x509.Certificate, ...]


class TrustStore:
    """What is trusted at a time: anchors, the authorities below them, and the lists of revoked certificates."""

    def __init__(
        self,
        anchors: Iterable[x509.Certificate],
        intermediates: Iterable[x509.Certificate],
        crls: Iterable[x509.CertificateRevocationList],
    ) -> None:
        self.anchors, self.intermediates = tuple(anchors), tuple(intermediates)
        self.crls = tuple(crls)
        self._newest: dict[bytes, x509.CertificateRevocationList | None] = {}

    def crl_of(self, issuer: x509.Certificate) -> x509.CertificateRevocationList | None:
        """The newest usable list that this very issuer has signed; a signature is checked once."""
        key = fingerprint(issuer).encode()
        if key not in self._newest:
            found = [crl for crl in self.crls if is_list_of(crl, issuer)]
            self._newest[key] = max(found, key=age, default=None)
        return self._newest[key]


def load_certificate(data: bytes) -> x509.Certificate:
    """A certificate out of PEM or DER. Raises Untrusted("malformed")."""
    if len(data) > LARGEST:
        raise Untrusted("malformed")
    try:
        pem = data.lstrip().startswith(b"-----BEGIN")
        return x509.load_pem_x509_certificate(data) if pem else x509.load_der_x509_certificate(data)
    except (ValueError, x509.InvalidVersion) as error:
        raise Untrusted("malformed") from error


def verify(certificate: x509.Certificate, store: TrustStore, now: datetime) -> Verified:
    """Check everything; whose the certificate is. Raises Untrusted."""
    try:
        person_id = _look_at(certificate, now)
        chain = _chain(certificate, store, now)
        for each in chain:
            _look_at_strength(each)
        for each, issuer in pairwise(chain):
            _look_at_revocation(each, store.crl_of(issuer), now)
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.DuplicateExtension) as error:
        raise Untrusted("malformed") from error
    return Verified(person_id, serial_of(certificate), fingerprint(certificate), chain)


def check_authority(certificate: x509.Certificate, store: TrustStore, now: datetime) -> None:
    """Whether a certificate can be an authority here: strong, in force, for issuing, itself a root or issued by one we know. Raises Untrusted."""
    try:
        _look_at_strength(certificate)
        _look_at_period(certificate, now)
        if not _is_for_issuing(certificate):
            raise Untrusted("no_authority")
        above = [certificate] if certificate.issuer == certificate.subject else [*store.anchors, *store.intermediates]
        if not any(_issued(certificate, each) for each in above):
            raise Untrusted("foreign")
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.DuplicateExtension) as error:
        raise Untrusted("malformed") from error


def _is_for_issuing(certificate: x509.Certificate) -> bool:
    try:
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return constraints.ca and usage.key_cert_sign and usage.crl_sign


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _look_at_period(certificate: x509.Certificate, now: datetime) -> None:
    if now < certificate.not_valid_before_utc:
        raise Untrusted("not_yet_valid")
    if now > certificate.not_valid_after_utc:
        raise Untrusted("expired")


def _look_at(certificate: x509.Certificate, now: datetime) -> str:
    """The leaf by itself: strength, period, use and name; the person's id."""
    _look_at_strength(certificate)
    _look_at_period(certificate, now)
    if not _is_for_persons(certificate):
        raise Untrusted("wrong_usage")
    return _person_id(certificate)


def _look_at_strength(certificate: x509.Certificate) -> None:
    key = certificate.public_key()
    strong = (
        isinstance(key, ed25519.Ed25519PublicKey)
        or (isinstance(key, rsa.RSAPublicKey) and key.key_size >= 2048)
        or (isinstance(key, ec.EllipticCurvePublicKey) and key.key_size >= 256)
    )
    if not strong:
        raise Untrusted("weak_key")


def _is_for_persons(certificate: x509.Certificate) -> bool:
    """Whether client authentication and signing are named; what is not named is not allowed (the library lets it pass)."""
    extensions = certificate.extensions
    try:
        extended = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.CLIENT_AUTH in extended and usage.digital_signature and not usage.key_cert_sign


def _person_id(certificate: x509.Certificate) -> str:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        raise Untrusted("bad_name") from None
    addresses = names.get_values_for_type(x509.UniformResourceIdentifier)
    found = NAME.fullmatch(addresses[0]) if len(addresses) == 1 else None
    if found is None:
        raise Untrusted("bad_name")
    return found[1]


def _chain(certificate: x509.Certificate, store: TrustStore, now: datetime) -> tuple[x509.Certificate, ...]:
    if not store.anchors:
        raise Untrusted("foreign")
    verifier = PolicyBuilder().store(Store(list(store.anchors))).time(now).build_client_verifier()
    try:
        return tuple(verifier.verify(certificate, list(store.intermediates)).chain)
    except VerificationError as error:
        raise Untrusted(_code(str(error))) from error


def _code(message: str) -> str:
    """The library says why in words only; what it says of a chain it could not build counts as foreign."""
    if "path length" in message:
        return "path_length"
    return "expired" if "not valid at validation time" in message else "foreign"


def _look_at_revocation(
    certificate: x509.Certificate, crl: x509.CertificateRevocationList | None, now: datetime
) -> None:
    if crl is None:
        raise Untrusted("no_crl")
    if is_revoked(crl, certificate.serial_number):
        raise Untrusted("revoked")
    if crl.next_update_utc is None or crl.next_update_utc <= now:
        raise Untrusted("stale_crl")
