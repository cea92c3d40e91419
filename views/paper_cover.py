"""Paper at the sender's: covers to print, one a parcel, what became of each, and sending once more (送件封面; R-N2.1, R-N2.2, P-34)."""

from typing import Any, NamedTuple

import segno
from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from content_types.dispatch import Dispatch
from content_types.paper_item import PaperItem
from govrepo.catalog import Eq, register
from govrepo.i18n import plain
from policies.engine import act
from policies.paper_item import KINDS, LONGEST_TITLE, TABLE
from policies.permissions import Permission as P

from .acts import buttons, done, url
from .i18n import _
from .paper_lines import item_view, specials_of

QUIET = 4
"""Blank modules around a QR code (ISO/IEC 18004)."""
MOST = 1_000
"""Parcels of one sending."""


class Code(NamedTuple):
    """A QR code as one path of an SVG, and its width in modules."""

    path: str
    width: int


def qr(text: str) -> Code:
    """The QR code of a text: plain SVG without script, style or any colour of its own (strict CSP)."""
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    cells = ((x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return Code("".join(f"M{x + QUIET} {y + QUIET}h1v1h-1z" for x, y in cells), len(rows) + 2 * QUIET)


def parcels(dispatch: Dispatch) -> list[PaperItem]:
    """The paper of a sending, in the order of its recipients."""
    asked = Eq("dispatch", dispatch.uid)
    found = register(dispatch, "paper_items").query(asked, sort="order", limit=MOST).objects
    places = {each.box: place for place, each in enumerate(dispatch.recipients)}
    return sorted(found, key=lambda item: (places.get(item.box, len(places)), item.created))


def parcel_lines(dispatch: Dispatch, request: Any) -> list[dict[str, Any]]:
    """The paper of a sending as the sender's page shows it."""
    return [
        item_view(item, request) | {"again": buttons(request, item, ("send_again",)).get("send_again")}
        for item in parcels(dispatch)
    ]


@view_config(
    context=Dispatch,
    name="covers",
    permission=P.DISPATCH_READ,
    request_method="GET",
    renderer="views:templates/paper_item/covers.pt",
)
def covers(context: Dispatch, request: Any) -> dict[str, Any]:
    """The covers of all parcels of a sending, or of the one asked for (``box`` and ``kind``), made for printing."""
    found = parcels(context)
    chosen = [item for item in found if _is_asked_for(item, request.GET)] if "box" in request.GET else found
    if not chosen:
        raise HTTPNotFound
    return {
        "title": _("送件封面"),
        "dispatch": context,
        "back": url(context, ""),
        "covers": [
            item_view(item, request) | {"qr": qr(item.code), "parts": specials_of(item.attachments)} for item in chosen
        ],
        "kinds": KINDS,
    }


@view_config(context=Dispatch, name="paper_again", permission=P.DISPATCH_SEND, request_method="POST")
def again(context: Dispatch, request: Any) -> Any:
    """Lost paper was sent once more: it is expected anew."""
    item = next((each for each in parcels(context) if _is_asked_for(each, request.POST)), None)
    if item is None:
        raise HTTPNotFound
    words = plain(TABLE.transition("send_again").title)
    act(item, "send_again", request.actor, note=request.POST.get("note", "").strip()[:LONGEST_TITLE] or words)
    return done(request, _("已登记补送，等待收文单位收到。"), url(context, ""))


@view_config(context=Dispatch, name="paper_fallback", permission=P.DISPATCH_SEND, request_method="POST")
def fallback(context: Dispatch, request: Any) -> Any:
    """R-12.5: to a box in trouble the document goes on paper; it is recorded against this sending."""
    act(
        context,
        "send_paper",
        request.actor,
        box=request.POST.get("box", ""),
        note=request.POST.get("note", "").strip()[:LONGEST_TITLE],
    )
    return done(request, _("已登记改送纸质，稍候即可打印送件封面。"), url(context, ""))


def _is_asked_for(item: PaperItem, given: Any) -> bool:
    return bool(item.box.__name__ == given.get("box") and item.kind == given.get("kind"))
