"""Receipts (回执): signed statements to the sender about a delivery (domain.md 4.9, design.md sect. 5).

A receipt's text is canonical JSON, so that it can be checked without govrepo. The system's key signs it; the clerk's own signature
stands beside it, over the text the clerk was shown, or the slot stays visibly empty.
"""

import hashlib
import json
from typing import Any

from content_types.delivery import Delivery, Receipt
from govrepo import clock
from govrepo.trust.system_key import ALGORITHM
from policies.engine import Act


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
