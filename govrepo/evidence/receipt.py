"""Checking a receipt off-line (docs/receipts.md): every part of the file, each with a verdict of its own.

A receipt's statement is signed by the system; the person's own signature stands beside it; the journal's entry of the act names the
statement by its digest, and a stamped checkpoint holds that entry. Whatever is in the file is looked at: nothing can be changed in it unseen.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from govrepo.evidence import proven, strict
from govrepo.evidence.verdict import NoEvidenceError, Verdict, bad, good, unproven
from govrepo.trust.path import PERSON, check_path
from govrepo.trust.signatures import verify_text
from govrepo.trust.system_key import ALGORITHM, public_half, verify

FORMAT = "govrepo-receipt-2"
KEYS = {"format", "delivery", "system_key", "authorities", "receipts"}
RECEIPT_KEYS = {"status", "at", "text", "digest", "system", "clerk", "journal"}
SYSTEM_KEYS = {"algorithm", "key_id", "signature"}
CLERK_KEYS = {"text", "algorithm", "form", "signature", "certificate", "serial", "at"}
ACTS = {
    "delivered": {"delivery.deliver"},
    "failed": {"delivery.deliver_fail"},
    "signed": {"delivery.sign_for"},
    "registered": {"delivery.register"},
    "returned": {"delivery.return", "delivery.late_return", "delivery.preview_return"},
    "recalled": {"delivery.recall", "delivery.accept_recall"},
    "recall_refused": {"delivery.refuse_recall"},
}
"""Which act of the journal each status comes from."""
LARGEST = 4 * 1024 * 1024
"""Bytes of the largest receipt file that is looked at."""


class Against(NamedTuple):
    """What a receipt is checked against: the system's key, the authorities somebody trusts (perhaps none), those in the file."""

    key: str
    anchors: list[x509.Certificate]
    authorities: list[x509.Certificate]


def read(content: bytes) -> dict[str, Any]:
    """A receipt file as a mapping. Raises :class:`NoEvidenceError` for anything else."""
    if len(content) > LARGEST:
        raise NoEvidenceError("the file is too large for a receipt")
    try:
        said = json.loads(content, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise NoEvidenceError(f"no receipt: {error}") from error
    strict.exactly(said, KEYS, "file")
    if said["format"] != FORMAT:
        raise NoEvidenceError(f"format: {said['format']!r} is not known here")
    if not isinstance(said["receipts"], list) or not said["receipts"]:
        raise NoEvidenceError("receipts: there is none")
    return dict(said)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _value in pairs}) < len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def check(said: Mapping[str, Any], key: str = "", trusted: Iterable[x509.Certificate] = ()) -> list[Verdict]:
    """Check a receipt file against the system's public key and trusted authorities, where given.

    Raises :class:`NoEvidenceError` for a part that is not in the form of a receipt.
    """
    anchors = list(trusted)
    own_key, authorities = _own_key(said), _certificates(said)
    verdicts = [_key(own_key, key), _authorities(authorities, anchors)]
    against = Against(key or own_key, anchors, authorities)
    for number, each in enumerate(said["receipts"], 1):
        found = _one(each, said["delivery"], against)
        verdicts += [verdict._replace(item=f"receipt {number}, {verdict.item}") for verdict in found]
    return verdicts


def _own_key(said: Mapping[str, Any]) -> str:
    try:
        public = public_half(said["system_key"].encode())
        raw = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        strict.same(raw.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(), said["system_key"])
    except strict.FAULTS as error:
        raise NoEvidenceError(f"system_key: {error}") from error
    return public


def _certificates(said: Mapping[str, Any]) -> list[x509.Certificate]:
    try:
        return [strict.certificate(each) for each in said["authorities"]]
    except strict.FAULTS as error:
        raise NoEvidenceError(f"authorities: {error}") from error


def _key(own: str, given: str) -> Verdict:
    if not given:
        return unproven("system key", "the file brings its own; give --key, the one you have received from the office")
    return Verdict("system key", own == given, "the office's" if own == given else "not the one you gave")


def _authorities(found: list[x509.Certificate], anchors: list[x509.Certificate]) -> Verdict:
    """Each is trusted, or issued by one of the others; a root of the file's own proves nothing."""
    wrong = [each for each in found if not any(_issued(each, above) for above in (*anchors, *found))]
    strange = [each for each in _roots(found) if anchors and each not in anchors]
    if wrong or strange:
        return bad(
            "authorities", (wrong or strange)[0].subject.rfc4514_string() + " does not belong to those you trust"
        )
    if not anchors:
        return unproven("authorities", "the file brings its own; give --authorities, those you trust")
    return good("authorities", f"{len(found)}, all leading to those you trust")


def _issued(certificate: x509.Certificate, above: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(above)
    except strict.FAULTS:
        return False
    return True


def _roots(certificates: list[x509.Certificate]) -> list[x509.Certificate]:
    return [each for each in certificates if each.issuer == each.subject]


def _one(receipt: Any, delivery: Any, against: Against) -> Iterator[Verdict]:
    strict.exactly(receipt, RECEIPT_KEYS, "receipt")
    strict.exactly(receipt["system"], SYSTEM_KEYS, "system")
    statement = _statement(receipt)
    yield _form(receipt, statement, delivery)
    yield _system(receipt, against.key)
    yield _person(receipt["clerk"], statement, against)
    if receipt["journal"] is None:
        yield unproven("journal", "no checkpoint held the entry when the file was made; download it again later")
        return
    yield _entry(receipt, statement)
    yield from proven.check(receipt["journal"], against.key, against.anchors)


def _statement(receipt: Mapping[str, Any]) -> dict[str, Any]:
    try:
        said = json.loads(receipt["text"])
    except (ValueError, TypeError) as error:
        raise NoEvidenceError(f"text: {error}") from error
    if not isinstance(said, dict) or _canonical(said) != receipt["text"]:
        raise NoEvidenceError("text: it is not in the one form of a statement")
    return said


def _canonical(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _form(receipt: Mapping[str, Any], statement: Mapping[str, Any], delivery: Any) -> Verdict:
    """What stands beside the statement says the same as the statement."""
    beside = {"status": receipt["status"], "at": receipt["at"], "delivery": delivery}
    differing = sorted(name for name, value in beside.items() if statement.get(name) != value)
    if hashlib.sha256(receipt["text"].encode()).hexdigest() != receipt["digest"]:
        differing.append("digest")
    if differing:
        return bad("statement", f"{', '.join(differing)} beside it differ from what was signed")
    return good(
        "statement",
        f"{statement.get('status')} {statement.get('at')}, {statement.get('unit')}: {statement.get('title')}",
    )


def _system(receipt: Mapping[str, Any], key: str) -> Verdict:
    system = receipt["system"]
    try:
        signature = base64.b64decode(system["signature"], validate=True)
        known = system["algorithm"] == ALGORITHM and system["key_id"] == key_id(key)
        held = (
            known
            and base64.b64encode(signature).decode() == system["signature"]
            and verify(key, receipt["text"], signature.hex())
        )
    except (ValueError, TypeError):
        held = False
    return Verdict(
        "system's signature", held, "fits the statement" if held else "does not fit the statement, or is another key's"
    )


def key_id(public: str) -> str:
    """The short name of a system's key: the beginning of the SHA-256 of its public half."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]


def _person(clerk: Any, statement: Mapping[str, Any], against: Against) -> Verdict:
    item = "person's signature"
    if clerk is None:
        signed = bool(statement.get("attested") or statement.get("certificate"))
        return bad(item, "it was taken out") if signed else unproven(item, "the act was done without a certificate")
    strict.exactly(clerk, CLERK_KEYS, "clerk")
    try:
        certificate = strict.certificate(clerk["certificate"])
        _fits(clerk, statement, certificate)
        above = against.anchors or _roots(against.authorities)
        check_path(certificate, against.authorities, above, datetime.fromisoformat(clerk["at"]), PERSON)
    except strict.FAULTS as error:  # NoPathError is a ValueError.
        return bad(item, str(error) or "the signature does not fit")
    words = f"{statement.get('name')}, certificate {clerk['serial']}, valid at {clerk['at']}"
    return good(item, words) if against.anchors else unproven(item, words)


def _fits(clerk: Mapping[str, Any], statement: Mapping[str, Any], certificate: x509.Certificate) -> None:
    """Text, signature, certificate and statement belong together; raises ValueError for what does not."""
    octets = base64.b64decode(clerk["signature"], validate=True)
    signature = verify_text(clerk["text"], octets, certificate)
    serial = f"{certificate.serial_number:X}"
    expected = {
        "the text's digest": (hashlib.sha256(clerk["text"].encode()).hexdigest(), statement.get("attested")),
        "the certificate's serial": (clerk["serial"], statement.get("certificate")),
        "the serial beside the certificate": (clerk["serial"].lstrip("0").upper(), serial),
        "the time": (clerk["at"], statement.get("at")),
        "the algorithm": (clerk["algorithm"], signature.algorithm),
        "the form": (clerk["form"], signature.form),
        "the signature's form": (base64.b64encode(octets).decode(), clerk["signature"]),
    }
    differing = [name for name, (found, wanted) in expected.items() if found != wanted]
    if differing:
        raise ValueError(f"{', '.join(differing)} differs")


def _entry(receipt: Mapping[str, Any], statement: Mapping[str, Any]) -> Verdict:
    """The journal's entry is that of this act, and names this statement by its digest."""
    entry = proven.entry_of(receipt["journal"] if isinstance(receipt["journal"], dict) else {})
    details = entry.get("details")
    facts = details.get("facts") if isinstance(details, dict) else None
    named = facts.get("receipts") if isinstance(facts, dict) else None
    expected = {
        "act": entry.get("action") in ACTS.get(str(statement.get("status")), set()),
        "result": entry.get("result") == "allowed",
        "object": entry.get("subject_uid") == statement.get("delivery"),
        "version": entry.get("version") == statement.get("version"),
        "person": entry.get("actor") == statement.get("by"),
        "certificate": not statement.get("certificate") or entry.get("certificate") == statement.get("certificate"),
        "digest": isinstance(named, list) and receipt["digest"] in named[-1:],
    }
    differing = sorted(name for name, fits in expected.items() if not fits)
    if differing:
        return bad("journal", f"entry {entry['seq']} tells of another {', '.join(differing)}")
    return good("journal", f"entry {entry['seq']}, {entry['action']}, names this statement")
