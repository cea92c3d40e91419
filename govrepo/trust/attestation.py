"""Attestations: what a person signs with the own certificate (R-25.1; design.md sect. 5: prepare, sign, commit).

The site writes the text, shows it, keeps it for five minutes for that one person, and takes it back once. Its lines are plain
UTF-8, one fact a line; whoever has text, signature and certificate checks them with ``openssl`` alone (docs/receipts.md).
"""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from persistent import Persistent

from govrepo import clock
from govrepo.i18n import _
from govrepo.trust.chain import Untrusted, load_certificate
from govrepo.trust.data import verify_here
from govrepo.trust.envelope import Envelope
from govrepo.trust.signatures import BadSignatureError, verify_text

LIFETIME = timedelta(minutes=5)
MOST_PREPARED = 200
"""Texts kept for one person at a time: several pages of a box at once."""

VERSION = "govrepo-attestation v1"
LABELS = {
    "origin": "站点",
    "act": "办理",
    "subject": "对象",
    "uid": "编号",
    "path": "位置",
    "version": "版本摘要",
    "person": "签名人",
    "capacity": "身份",
    "nonce": "一次性编号",
    "issued": "生成时间",
    "expires": "有效期至",
}
"""The text's lines after its version line, in order."""
_NONCE = re.compile(rf"^{LABELS['nonce']}: ([0-9a-f]{{32}})$", re.MULTILINE)


class AttestationError(Exception):
    """A signature that is not taken; ``words`` say why, for the person and for the journal."""

    def __init__(self, words: Any) -> None:
        super().__init__(words)
        self.words = words


class Statement(NamedTuple):
    """What is attested: at which site, which act, on which object in which version, by whom, in which capacity."""

    origin: str
    act: str
    subject: str
    uid: str
    path: str
    version: str
    person: str
    capacity: str


class Prepared(NamedTuple):
    """A text that waits for its signature; ``act`` and ``uid`` say what it is good for."""

    nonce: str
    act: str
    uid: str
    text: str
    issued: datetime
    expires: datetime


class Attestation(Persistent):
    """A signature that counted when it was taken: the text, the signature as openssl reads it, the certificate (DER), when.

    ``form`` is ``raw`` or ``cms``. What happens to the certificate later does not touch it.
    """

    def __init__(self, text: str, signature: Any, certificate: bytes, *, serial: str, at: datetime) -> None:
        super().__init__()
        self.text = text
        self.algorithm = signature.algorithm
        self.form = signature.form
        self.signature = signature.value
        self.certificate = certificate
        self.serial = serial
        self.at = at

    @property
    def digest(self) -> str:
        """SHA-256 of the text, as the journal keeps it."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def holds(self) -> bool:
        """Whether text, signature and certificate still belong together."""
        try:
            verify_text(self.text, self.signature, x509.load_der_x509_certificate(self.certificate))
        except BadSignatureError:
            return False
        return True


def canonical(statement: Statement, nonce: str, issued: datetime, expires: datetime) -> str:
    """The text that is shown and signed. No value can begin a line of its own."""
    values = statement._asdict() | {"nonce": nonce, "issued": _moment(issued), "expires": _moment(expires)}
    lines = [VERSION, *(f"{label}: {one_line(values[name])}" for name, label in LABELS.items())]
    return "\n".join(lines) + "\n"


def one_line(value: str) -> str:
    """A value with every run of blanks and of characters that do not print as one blank."""
    printing = (" " if unicodedata.category(each) in ("Cc", "Cf", "Zl", "Zp") else each for each in value)
    return " ".join("".join(printing).split())


def _moment(instant: datetime) -> str:
    return clock.local(instant).isoformat(timespec="seconds")


def prepare(waiting: MutableMapping[str, Prepared], act: str, statement: Statement) -> Prepared:
    """Write a text and keep it among those that wait for this person; what has expired goes."""
    now = clock.now()
    expired = [nonce for nonce, each in waiting.items() if not now < each.expires]
    for nonce in [*expired, *list(waiting)[: max(0, len(waiting) - MOST_PREPARED + 1)]]:
        waiting.pop(nonce, None)
    nonce, expires = secrets.token_hex(16), now + LIFETIME
    waiting[nonce] = Prepared(nonce, act, statement.uid, canonical(statement, nonce, now, expires), now, expires)
    return waiting[nonce]


def nonce_in(text: str) -> str:
    """The number by which a signed text is known; empty for a text that is none of ours."""
    found = _NONCE.search(text)
    return found[1] if found else ""


def take(waiting: MutableMapping[str, Prepared], signed: Envelope, act: str, statement: Statement) -> Prepared:
    """Take a text back, once: it waits for this person, for this act on this object, is fresh, and still true.

    Raises :class:`AttestationError`.
    """
    nonce = nonce_in(signed.text)
    prepared = waiting.get(nonce)
    if not nonce:
        raise AttestationError(_("交来的不是本系统签名原文的签名。"))
    if prepared is None:
        raise AttestationError(_("这份签名已经用过，或不是为您准备的，请重新签名。"))
    if (prepared.act, prepared.uid) != (act, statement.uid):
        raise AttestationError(_("这份签名是为另一件事办的，请重新签名。"))
    if not prepared.issued <= clock.now() < prepared.expires:
        raise AttestationError(_("签名原文已过期，请重新签名。"))
    if prepared.text != signed.text:
        raise AttestationError(_("签名与原文不符，或不是用这张证书签的。"))
    if prepared.text != canonical(statement, nonce, prepared.issued, prepared.expires):
        raise AttestationError(_("签名原文生成之后内容有变，请重新核对并签名。"))
    del waiting[nonce]
    return prepared


def attest(root: Any, registry: Any, signed: Envelope, person_id: str) -> Attestation:
    """Check certificate, owner and signature now. Raises :class:`AttestationError`."""
    now = clock.now()
    try:
        certificate = load_certificate(signed.certificate)
        verified = verify_here(root, registry, certificate, now)
    except Untrusted as error:
        raise AttestationError(error.words) from error
    if verified.person_id != person_id or root.trust.bindings.get(verified.serial) != person_id:
        raise AttestationError(_("证书不是您本人的，不能用来签名。"))
    try:
        signature = verify_text(signed.text, _readable(signed.signature, certificate), certificate)
    except BadSignatureError as error:
        raise AttestationError(_("签名与原文不符，或不是用这张证书签的。")) from error
    der = certificate.public_bytes(Encoding.DER)
    return Attestation(signed.text, signature, der, serial=verified.serial, at=now)


def _readable(signature: bytes, certificate: x509.Certificate) -> bytes:
    """An ECDSA signature as openssl reads it (DER); browsers put r and s side by side."""
    if len(signature) != 64 or not isinstance(certificate.public_key(), ec.EllipticCurvePublicKey):
        return signature
    return encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
