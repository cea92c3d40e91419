"""Lines of lists: what a row of the inbox and of the outbox shows (domain.md part 6)."""

from collections.abc import Iterable
from typing import Any

from content_types.delivery import Delivery
from content_types.dispatch import Dispatch
from govrepo.catalog import register
from policies import delivery as deliveries
from policies import dispatch as dispatches
from policies.item_facts import force_of

from .acts import url
from .reading import informal_word

DELIVERY_BADGES = {
    "pending": "wait",
    "signed": "done",
    "assigned": "done",
    "registered": "info",
    "closed": "done",
    "returned": "back",
    "return_closed": "back",
    "recalled": "stop",
    "failed": "bad",
}
DISPATCH_BADGES = {
    "drafting": "draft",
    "submitted": "wait",
    "released": "info",
    "sent": "info",
    "completed": "done",
    "cancelled": "stop",
}


def delivery_row(_request: Any, delivery: Delivery) -> dict[str, Any]:
    """A line of an inbox."""
    document = delivery.document
    return {
        "uid": delivery.uid,
        "url": url(delivery, ""),
        "urgency": str(document.urgency),
        "number": document.number,
        "informal": informal_word(document),
        "force": force_of(document),
        "title": document.title,
        "from": document.issuer,
        "available": delivery.available_at,
        "signed": delivery.signed_at,
        "by": delivery.signed_by.name if delivery.signed_by else "",
        "state": deliveries.STATES[delivery.state],
        "badge": DELIVERY_BADGES[delivery.state],
        "format_ok": delivery.format_ok,
        "verification": delivery.verification,
        "opened": delivery.first_opened_at is not None,
        "recall_asked": delivery.recall_asked_at is not None,
        "internal": delivery.internal,
    }


def dispatch_rows(box: Any, page: Iterable[Dispatch]) -> list[dict[str, Any]]:
    """The lines of an outbox, with how many have signed: counted for the whole page at once, by lengths of postings."""
    shown = list(page)
    signed = register(box, "deliveries").counts("signed_of", {dispatch.uid for dispatch in shown})
    return [dispatch_row(dispatch, signed[dispatch.uid]) for dispatch in shown]


def dispatch_row(dispatch: Dispatch, signed: int) -> dict[str, Any]:
    """A line of an outbox."""
    document = dispatch.document
    return {
        "uid": dispatch.uid,
        "url": url(dispatch, ""),
        "urgency": str(document.urgency),
        "number": document.number,
        "title": document.title,
        "kind": document.kind,
        "by": dispatch.sender.name,
        "created": dispatch.created,
        "sent": dispatch.sent_at,
        "signed": signed,
        "recipients": len(dispatch.recipients),
        "state": dispatches.STATES[dispatch.state],
        "badge": DISPATCH_BADGES[dispatch.state],
    }
