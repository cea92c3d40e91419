"""Our source of time stamps, as pyHanko asks for it; and our signing function likewise."""

from collections.abc import Callable
from typing import Any

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.signers import Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from govrepo.sealing.hand import Hand, SealingError
from govrepo.trust.tsa import NoTimeStampError

DIGEST = "sha256"


def asn1(certificate: x509.Certificate) -> Any:
    """A certificate as pyHanko wants it."""
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


class Stamper(TimeStamper):
    """Stamps with a function from a SHA-256 digest to a token."""

    def __init__(self, stamp: Callable[[bytes], bytes]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._stamp = stamp

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        """A token over a digest. Raises SealingError."""
        if md_algorithm != DIGEST:
            raise SealingError("time-stamp", f"{md_algorithm} is not stamped here")
        try:
            return cms.ContentInfo.load(self._stamp(message_digest))
        except NoTimeStampError as error:
            raise SealingError("time-stamp", str(error)) from error


class HandSigner(Signer):
    """Signs with the hand's function; its certificate and those above it go along."""

    def __init__(self, hand: Hand) -> None:
        store = SimpleCertificateStore.from_certs([asn1(each) for each in hand.chain])
        super().__init__(signing_cert=asn1(hand.certificate), cert_registry=store)
        self._hand = hand

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """A signature over octets; a dry run asks for its size only."""
        if digest_algorithm != DIGEST:
            raise SealingError("not-seal", f"{digest_algorithm} is not signed with here")
        return bytes(512) if dry_run else self._hand.sign(data)
