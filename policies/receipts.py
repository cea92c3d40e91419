"""Receipts (回执): signed statements to the sender about a delivery (domain.md 4.9, design.md sect. 5).

A receipt's text is canonical JSON, so that it can be checked without govrepo. The system's key signs it; the clerk's own signature
stands beside it, over the text the clerk was shown, or the slot stays visibly empty.
"""

import base64
import hashlib
import json
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from content_types.delivery import Delivery, Receipt
from govrepo import clock
from govrepo.evidence.proven import prove
from govrepo.evidence.receipt import FORMAT
from govrepo.journal import Record
from govrepo.trust.attestation import Attestation
from govrepo.trust.data import trust_store
from govrepo.trust.system_key import ALGORITHM
from policies.engine import Act

SIGNATURES = "govrepo-signatures-1"


def statement(delivery: Delivery, status: str, act: Act) -> str:
    """The canonical text of a receipt: what, to whom, when, by whom, over which digests."""
    document = delivery.document
    content = {
        "delivery": delivery.uid,
        "dispatch": delivery.dispatch.uid,
        "document": document.uid,
        "number": document.number,
        "title": document.title,
        "version": document.digest(),
        "files": [file.sha256 for file in document.files],
        "box": delivery.box.__name__,
        "unit": delivery.box.owner.name,
        "status": status,
        "at": clock.local(act.now).isoformat(timespec="seconds"),
        "by": act.actor.id,
        "name": act.actor.name,
        "capacity": delivery.capacity,
        "reason": delivery.return_reason if status == "returned" else "",
        "registered": delivery.entry.number.title if status == "registered" else "",
        "attested": act.attestation.digest if act.attestation else "",
        "certificate": act.attestation.serial if act.attestation else "",
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def issue(status: str) -> Any:
    """An effect that appends a receipt of a status to the delivery."""

    def effect(act: Act) -> None:
        delivery = act.context
        delivery.receipts = (*delivery.receipts, receipt(delivery, status, act))

    return effect


def receipt(delivery: Delivery, status: str, act: Act) -> Receipt:
    """A receipt signed by the system's key."""
    text = statement(delivery, status, act)
    key = act.actor.registry.system_key
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Receipt(act.now, status, text, digest, key.key_id, ALGORITHM, key.sign(text), act.attestation)


def export(delivery: Delivery, root: Any, registry: Any) -> dict[str, Any]:
    """The receipts of a delivery as plain JSON values, with all that openssl needs to verify them (docs/receipts.md)."""
    return {
        "format": FORMAT,
        "delivery": delivery.uid,
        "system_key": registry.system_key.pem,
        "authorities": [pem(each) for each in authorities(root, registry)],
        "receipts": [_exported(delivery, each, root, registry) for each in delivery.receipts],
    }


def signatures(context: Any, root: Any, registry: Any) -> dict[str, Any]:
    """The signatures in an object's history, each as the person's part of a receipt."""
    signed = [(entry.transition, entry.attestation) for entry in context.history if entry.attestation]
    return {
        "format": SIGNATURES,
        "object": context.uid,
        "authorities": [pem(each) for each in authorities(root, registry)],
        "receipts": [{"status": name, "clerk": _signed(attestation)} for name, attestation in signed],
    }


def proof(delivery: Delivery, receipt: Receipt, root: Any, registry: Any) -> dict[str, Any] | None:
    """The journal's entry that names a receipt, with its proof; None until a checkpoint holds it (docs/evidence.md)."""
    record = entry_of(delivery, receipt, registry)
    return prove(registry.journal, record, root.journal_witnesses.stamps) if record is not None else None


def entry_of(delivery: Delivery, receipt: Receipt, registry: Any) -> Record | None:
    """The entry of the act that a receipt came from: the first that names it by its digest."""
    for record in registry.journal.entries(subject_uid=delivery.uid):
        if receipt.digest in record.entry.details.get("facts", {}).get("receipts", ()):
            return record
    return None


def _exported(delivery: Delivery, receipt: Receipt, root: Any, registry: Any) -> dict[str, Any]:
    system = {
        "algorithm": receipt.algorithm,
        "key_id": receipt.key_id,
        "signature": _base64(bytes.fromhex(receipt.signature)),
    }
    return {
        "status": receipt.status,
        "at": at_of(receipt),
        "text": receipt.text,
        "digest": receipt.digest,
        "system": system,
        "clerk": _signed(receipt.attestation) | {"at": at_of(receipt)} if receipt.attestation else None,
        "journal": proof(delivery, receipt, root, registry),
    }


def at_of(receipt: Receipt) -> str:
    """The second at which a receipt was made, as its statement says it."""
    return clock.local(receipt.at).isoformat(timespec="seconds")


def _signed(attestation: Attestation) -> dict[str, Any]:
    return {
        "text": attestation.text,
        "algorithm": attestation.algorithm,
        "form": attestation.form,
        "signature": _base64(attestation.signature),
        "certificate": pem(x509.load_der_x509_certificate(attestation.certificate)),
        "serial": attestation.serial,
        "at": attestation.at.isoformat(),
    }


def authorities(root: Any, registry: Any) -> tuple[x509.Certificate, ...]:
    """The authorities this site trusts, root first."""
    store = trust_store(root, registry)
    return (*store.anchors, *store.intermediates)


def pem(certificate: x509.Certificate) -> str:
    """A certificate as PEM."""
    return certificate.public_bytes(Encoding.PEM).decode()


def _base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode()
