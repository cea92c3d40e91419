"""Receipts on the screen and on paper: how far each is proven, one file to keep, a code to check it by (domain.md 4.9; R-7.2)."""

import io
import json
from typing import Any

import segno
from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config

from content_types.delivery import Delivery, Receipt
from content_types.site import Site
from govrepo.catalog import Eq, register
from policies.permissions import Permission as P
from policies.receipts import entry_of, export
from policies.register_pages.words import CAPACITIES

from .i18n import _

TEMPLATES = "views:templates/receipts/"
WORDS = {
    "delivered": _("已送达"),
    "failed": _("投递失败"),
    "signed": _("已签收"),
    "registered": _("已登记"),
    "returned": _("已退回"),
    "recalled": _("已撤回"),
    "recall_refused": _("不同意撤回"),
}
LONGEST_NUMBER = 3


@view_config(
    context=Delivery, name="receipt", permission=P.BOX_VIEW, request_method="GET", renderer=TEMPLATES + "page.pt"
)
def page(context: Delivery, request: Any) -> dict[str, Any]:
    """The receipts of a delivery, made for printing."""
    return page_data(context, request)


def page_data(delivery: Delivery, request: Any) -> dict[str, Any]:
    """What a printed receipt shows, to the receiver and to the sender alike."""
    if not delivery.receipts:
        raise HTTPNotFound
    query = request.query_string
    return {
        "title": _("回执"),
        "delivery": delivery,
        "receipts": [line(delivery, each, number, request) for number, each in enumerate(delivery.receipts)],
        "capacity": CAPACITIES.get(delivery.capacity, "—"),
        "public_key": request.registry.system_key.public,
        "download": f"{request.path}.json?{query}".rstrip("?"),
    }


def line(delivery: Delivery, receipt: Receipt, number: int, request: Any) -> dict[str, Any]:
    """One receipt: its words, how far it is proven, and the address of its code."""
    record = entry_of(delivery, receipt, request.registry)
    held = request.registry.journal.inclusion(record.seq) if record is not None else None
    checkpoint = held[0] if held else None
    parts = [*([request.query_string] if request.query_string else []), f"n={number}"]
    return {
        "receipt": receipt,
        "word": WORDS.get(receipt.status, receipt.status),
        "seq": record.seq if record is not None else None,
        "checkpoint": checkpoint,
        "stamped": checkpoint is not None and checkpoint.size in request.root.journal_witnesses.stamps,
        "code": f"{request.path}.svg?{'&'.join(parts)}",
        "check": check_address(delivery, receipt, request),
    }


def check_address(delivery: Delivery, receipt: Receipt, request: Any) -> str:
    """What the code on the paper says: the page of this site that knows the receipt, its delivery and its digest."""
    return f"{request.host_url}/check_receipt?r={delivery.uid}&d={receipt.digest}"


@view_config(context=Delivery, name="receipt.json", permission=P.BOX_VIEW, request_method="GET")
def file(context: Delivery, request: Any) -> Response:
    """The receipts of a delivery as a file that is verified without this site (docs/receipts.md)."""
    return file_response(context, request)


def file_response(delivery: Delivery, request: Any) -> Response:
    """The receipts as a JSON file."""
    if not delivery.receipts:
        raise HTTPNotFound
    return json_file(export(delivery, request.root, request.registry), f"receipt-{delivery.uid}.json")


def json_file(content: dict[str, Any], filename: str) -> Response:
    """JSON values as a file to keep."""
    words = json.dumps(content, ensure_ascii=False, indent=1).encode()
    disposition = f'attachment; filename="{filename}"'
    return Response(words, content_type="application/json", content_disposition=disposition)


@view_config(context=Delivery, name="receipt.svg", permission=P.BOX_VIEW, request_method="GET")
def code(context: Delivery, request: Any) -> Response:
    """The code of one receipt (``n``, from 0), as a picture of its own: the pages allow none inside."""
    return code_response(context, request)


def code_response(delivery: Delivery, request: Any) -> Response:
    """A QR code that leads to the check of a receipt."""
    number = request.GET.get("n", "")
    fits = number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER
    if not fits or int(number) >= len(delivery.receipts):
        raise HTTPNotFound
    out = io.BytesIO()
    address = check_address(delivery, delivery.receipts[int(number)], request)
    segno.make(address, error="m", micro=False).save(out, kind="svg", scale=3, border=2, xmldecl=True, svgns=True)
    return Response(out.getvalue(), content_type="image/svg+xml", cache_control="private, max-age=3600")


@view_config(
    context=Site, name="check_receipt", permission=P.SITE_VIEW, request_method="GET", renderer=TEMPLATES + "check.pt"
)
def check(context: Site, request: Any) -> dict[str, Any]:
    """Whether this site has made a receipt: anybody logged in learns that, its kind and its time; whose it is only who may read it."""
    uid, digest = (request.GET.get(name, "").strip() for name in ("r", "d"))
    found = register(context, "deliveries").query(Eq("uid", uid), sort="order", limit=1).objects if uid else ()
    receipt = next((each for delivery in found for each in delivery.receipts if each.digest == digest.lower()), None)
    known = receipt is not None and _may_read(request, found[0])
    return {
        "title": _("核验回执"),
        "asked": bool(uid or digest),
        "receipt": receipt,
        "word": WORDS.get(receipt.status, receipt.status) if receipt is not None else "",
        "delivery": found[0] if known else None,
        "values": {"r": uid, "d": digest},
        "errors": {},
    }


def _may_read(request: Any, delivery: Delivery) -> bool:
    return bool(
        request.has_permission(P.BOX_VIEW, delivery) or request.has_permission(P.DISPATCH_READ, delivery.dispatch)
    )
