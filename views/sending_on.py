"""What was sent on from a register entry, as the entry, the draft and the dispatch show it (R-23.2, R-24.1)."""

from typing import Any

from content_types.dispatch import Address, Dispatch
from content_types.register_entry import RegisterEntry
from policies import delivery as deliveries
from policies import dispatch as dispatches
from policies import sending_on as policy
from policies.permissions import Permission as P

from .acts import url
from .i18n import _
from .rows import DELIVERY_BADGES, DISPATCH_BADGES

SOURCES = policy.SOURCES
ADDRESSES = {Address.MAIN: _("主送"), Address.COPY: _("抄送")}


def choices(entry: RegisterEntry) -> list[tuple[str, Any]]:
    """What of an entry can be sent on: the document that came, and the reply where one was sent."""
    return [(name, words) for name, words in SOURCES.items() if name == "document" or policy.source(entry, name)]


def sent_on(entry: RegisterEntry, request: Any) -> list[dict[str, Any]]:
    """Everything sent on from an entry: what, when, and to whom with the state of each recipient's copy."""
    return [_sending(each, request) for each in policy.sendings(entry)]


def _sending(dispatch: Dispatch, request: Any) -> dict[str, Any]:
    return {
        "title": dispatch.title,
        "url": url(dispatch, "") if request.has_permission(P.DISPATCH_READ, dispatch) else None,
        "state": dispatches.STATES[dispatch.state],
        "badge": DISPATCH_BADGES[dispatch.state],
        "by": dispatch.sender.name,
        "sent": dispatch.sent_at,
        "recipients": [_recipient(dispatch, each) for each in dispatch.recipients],
    }


def _recipient(dispatch: Dispatch, recipient: Any) -> dict[str, Any]:
    delivery = dispatch.tracking.deliveries.get(recipient.box.__name__)
    return {
        "name": recipient.box.title,
        "address": ADDRESSES[recipient.address],
        "state": deliveries.STATES[delivery.state] if delivery is not None else "",
        "badge": DELIVERY_BADGES[delivery.state] if delivery is not None else "draft",
        "signed": delivery.signed_at if delivery is not None else None,
    }


def answered(dispatch: Dispatch, request: Any) -> list[tuple[str, str | None]]:
    """The entries that a sending answers (S-4), each as :func:`origin` tells it."""
    return [_told(entry, request) for entry in dispatch.document.answers]


def origin(dispatch: Dispatch | None, request: Any) -> tuple[str, str | None] | None:
    """The entry whose document is sent on: its number, and its address for whoever may read it."""
    entry = dispatch.document.sent_on_from if dispatch is not None else None
    return None if entry is None else _told(entry, request)


def _told(entry: RegisterEntry, request: Any) -> tuple[str, str | None]:
    return entry.number.title, url(entry, "") if request.has_permission(P.ENTRY_READ, entry) else None
