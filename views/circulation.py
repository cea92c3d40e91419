"""Passing a document on beyond its range, and the issuer's answer (S-10): what the dispatch's page shows of both."""

from typing import Any

from content_types.dispatch import Dispatch
from policies import circulation as policy

from .acts import buttons

ACTS = ("grant_circulation", "refuse_circulation")


def circulation_view(request: Any, dispatch: Dispatch) -> dict[str, Any]:
    """Of what is passed on: who lies outside the range, and what became of the request. Of what was sent: the requests to answer."""
    delivery = dispatch.document.passes_on
    outside = policy.outside(dispatch, tuple(each.box for each in dispatch.recipients)) if not dispatch.sent_at else []
    last = delivery.first.circulations[-1] if delivery is not None and delivery.first.circulations else None
    return {
        "outside": "、".join(box.title for box in outside),
        "last": last if outside or (last and last.granted) else None,
        "asked": [_asked(request, each) for each in dispatch.tracking.deliveries.values() if policy.asked_for(each)],
    }


def _asked(request: Any, delivery: Any) -> dict[str, Any]:
    wanted, exchange = delivery.circulations[-1], request.root["exchange"]
    return {
        "box": str(delivery.box.__name__),
        "from": delivery.box.title,
        "to": "、".join(exchange[name].title for name in wanted.boxes if name in exchange),
        "request": wanted,
        "buttons": buttons(request, delivery, ACTS),
    }
