"""Getting time stamps (RFC 3161).

From the in-house authority's time stamp certificate, or, by the setting ``tsa``, from an outside authority over HTTP. A site that has
neither gets none, and what would bear one says so. How one is checked: ``govrepo.trust.timestamp``.
"""

import hashlib
import http.client
import secrets
import urllib.request
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo import clock
from govrepo.trust.authorities import TSA, Authorities
from govrepo.trust.timestamp import BadTimeStampError, from_response, nonce_of, verify_token

POLICY = "2.25.196826498723655092873418736409286371842"
"""Of the in-house authority: it stamps what the site shows it, with the site's clock."""
SECONDS = 20.0
"""How long an outside authority is waited for."""


class NoTimeStampError(Exception):
    """No time stamp is to be had now; the words say why."""


class TimeStamps:
    """``registry.time_stamps``: the site's source of time stamps."""

    def __init__(self, registry: Any) -> None:
        self._registry = registry
        settings = registry.govrepo_settings
        self._outside = str(settings.tsa)
        self._certificates = _load(settings.path("tsa_certificates")) if self._outside else []

    @property
    def available(self) -> bool:
        """Whether the site has a source of time stamps at all."""
        return bool(self._outside or self._registry.authorities)

    @property
    def trusted(self) -> list[x509.Certificate]:
        """What a time stamp of this site must lead to: the in-house root, and the outside authority's certificates."""
        own: Authorities | None = self._registry.authorities
        return [*(own.anchors if own else ()), *self._certificates]

    def stamp(self, digest: bytes) -> bytes:
        """A token (DER) over a SHA-256 digest, checked. Raises :class:`NoTimeStampError`."""
        if self._outside:
            return self._fetched(digest)
        if self._registry.authorities is None:
            raise NoTimeStampError("the site has no time stamp authority")
        return token(self._registry.authorities, digest, clock.now())

    def verify(self, stamped: bytes, digest: bytes) -> datetime:
        """The instant of a token over a digest. Raises BadTimeStampError."""
        return verify_token(stamped, digest, self.trusted)

    def _fetched(self, digest: bytes) -> bytes:
        nonce = secrets.randbits(63) + 1
        try:
            found = from_response(_post(self._outside, request(digest, nonce)))
            self.verify(found, digest)
        except (OSError, http.client.HTTPException, BadTimeStampError) as error:
            raise NoTimeStampError(f"{self._outside}: {error}") from error
        if nonce_of(found) != nonce:
            raise NoTimeStampError(f"{self._outside}: the answer is to another request")
        return found


def _load(path: Path) -> list[x509.Certificate]:
    """The certificates in a PEM file. Raises OSError or ValueError: an outside authority that nobody could check is of no use."""
    return x509.load_pem_x509_certificates(path.read_bytes())


def request(digest: bytes, nonce: int) -> bytes:
    """A request (DER) for a time stamp that brings its certificate."""
    wanted = tsp.TimeStampReq({"version": "v1", "message_imprint": _imprint(digest), "nonce": nonce, "cert_req": True})
    return bytes(wanted.dump())


def _post(address: str, body: bytes) -> bytes:
    headers = {"Content-Type": "application/timestamp-query"}
    asked = urllib.request.Request(address, body, headers)  # noqa: S310 - The address is a setting, looked at below.
    if asked.type not in ("http", "https"):
        raise OSError("a time stamp authority is asked over http or https")
    with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310 - As above.
        return bytes(answer.read(256 * 1024))


def token(authorities: Authorities, digest: bytes, now: datetime) -> bytes:
    """A token (DER) of the in-house time stamp certificate over a SHA-256 digest."""
    certificate = asn1_x509.Certificate.load(authorities.certificate(TSA).public_bytes(Encoding.DER))
    info = _info(digest, now).dump()
    attributes = _attributes(info, certificate)
    signature = authorities.key(TSA).sign(attributes.dump(), ec.ECDSA(hashes.SHA256()))
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {"issuer_and_serial_number": {"issuer": certificate.issuer, "serial_number": certificate.serial_number}}
            ),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": signature,
        }
    )
    signed = {
        "version": "v3",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(info)},
        "certificates": [certificate],
        "signer_infos": [signer],
    }
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)}).dump())


def _imprint(digest: bytes) -> Any:
    if len(digest) != hashlib.sha256().digest_size:
        raise ValueError("a time stamp is made over a SHA-256 digest")
    return tsp.MessageImprint({"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest})


def _info(digest: bytes, now: datetime) -> Any:
    return tsp.TSTInfo(
        {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": _imprint(digest),
            "serial_number": secrets.randbits(127) + 1,
            "gen_time": now,
            "accuracy": {"seconds": 1},
        }
    )


def _attributes(info: bytes, certificate: Any) -> Any:
    used = tsp.SigningCertificateV2({"certs": [{"cert_hash": hashlib.sha256(certificate.dump()).digest()}]})
    values: Iterable[tuple[str, Any]] = (
        ("content_type", "tst_info"),
        ("message_digest", hashlib.sha256(info).digest()),
        ("signing_certificate_v2", used),
    )
    return cms.CMSAttributes([cms.CMSAttribute({"type": name, "values": [value]}) for name, value in values])
