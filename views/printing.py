"""Printing and downloading a delivery: the forms, and the sheets that go to the printer (P-35, P-52, P-57 to P-61, S-11).

Sheets are page images at the size of A4: each with its page number, whose copy it is, and a mark that runs over its edge onto the next sheet
(骑缝标识). The receipt stamp (收文章) stands beside the first page, never on it.
"""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response
from pyramid.traversal import resource_path
from pyramid.view import view_config

from content_types.delivery import Delivery, Print, PrintKind
from govrepo import clock
from govrepo.i18n import plain
from govrepo.pdf import PageNotFoundError, page_image
from govrepo.sandbox import SandboxError
from policies import printing as policy
from policies.engine import Reason, Refused
from policies.permissions import Permission as P

from .acts import buttons, url
from .i18n import _
from .legal_force import force_words
from .reading import PAGE_NUMBER

TEMPLATES = "views:templates/delivery/"
TAKING = ("print", "print_plain", "download", "ask_print", "grant_print", "refuse_print")
WIDTH = 2067
"""Width of a printed page image in pixels: 250 dots per inch of A4."""


def print_data(request: Any, delivery: Delivery) -> dict[str, Any]:
    """What the delivery's page shows of printing: the buttons, what is left, the request that waits, what was taken."""
    return {
        "taking": buttons(request, delivery, TAKING),
        "copies_left": delivery.copies_left,
        "consent": policy.asked_for(delivery),
        "consented": policy.granted(delivery),
        "kind_choices": [(str(each), policy.WORDS[each]) for each in policy.PRINTED],
        "kinds": policy.WORDS,
        "prints": [_taken(request, delivery, each) for each in reversed(delivery.printed[-10:])],
    }


def _taken(request: Any, delivery: Delivery, made: Print) -> tuple[Any, str, Any, str]:
    person = request.root["people"].get(made.by.removeprefix("person:"))
    file = next((each.filename for each in delivery.document.files if each.uid == made.file), "")
    said = {"kind": policy.WORDS[made.kind], "copies": made.copies, "name": file}
    note = "，".join(filter(None, (made.purpose, made.system)))
    return made.at, person.name if person else "", _("${kind} ${copies} 份：${name}", mapping=said), note


@view_config(
    context=Delivery, name="sheets", permission=P.DELIVERY_PRINT, request_method="GET", renderer=TEMPLATES + "sheets.pt"
)
def sheets(context: Delivery, request: Any) -> dict[str, Any]:
    """The sheets of a print, for the person who made it and for half an hour."""
    number, made = _print(context, request)
    file = next(each for each in context.document.files if each.uid == made.file)
    return {
        "title": context.title,
        "delivery": context,
        "back": url(context, ""),
        "made": made,
        "formal": made.kind is PrintKind.FORMAL,
        "kind": policy.WORDS[made.kind],
        "file": file.filename,
        "printer": request.actor.name,
        "printed_on": clock.local(made.at).date(),
        "received_on": clock.local(context.first.signed_at).date() if context.first.signed_at else None,
        "force": force_words(request, context.document),
        "sheets": [
            _sheet(context, number, serial, page, file.pages)
            for serial in policy.serials(context, number)
            for page in range(file.pages)
        ],
        "unit": context.box.owner.title,
        "register_number": context.entry.number.title if context.entry is not None else "",
    }


def _sheet(delivery: Delivery, number: int, serial: int, page: int, of: int) -> dict[str, Any]:
    """One sheet: its image, and the two halves of marks at its edges; the last joins the first again."""
    copy = f"{serial:03}"
    return {
        "image": f"{url(delivery, 'sheet')}?n={number}&p={page}",
        "page": page + 1,
        "of": of,
        "serial": copy,
        "reprint": serial > 1,
        "before": seam(delivery, copy, (page - 1) % of, of),
        "after": seam(delivery, copy, page, of),
    }


def seam(delivery: Delivery, copy: str, page: int, of: int) -> Any:
    """The words on the seam between a page (from 0) and the next: the same on both sheets, so that they must fit together (P-61)."""
    said = {"uid": delivery.uid, "copy": copy, "page": page + 1, "of": of}
    return _("骑缝 ${uid} · ${copy} · ${page}/${of}", mapping=said)


@view_config(context=Delivery, name="sheet", permission=P.DELIVERY_PRINT, request_method="GET")
def sheet(context: Delivery, request: Any) -> Response:
    """One page of a print as an image; without red for a desensitised copy."""
    _number, made = _print(context, request)
    file = next(each for each in context.document.files if each.uid == made.file)
    page = request.GET.get("p", "")
    if not PAGE_NUMBER.fullmatch(page):
        raise HTTPNotFound
    plain = made.kind is PrintKind.DESENSITISED
    try:
        image = page_image(file.stored, int(page), WIDTH, request.registry, without_red=plain)
    except (PageNotFoundError, SandboxError) as error:
        raise HTTPNotFound from error
    return Response(image, content_type="image/png", cache_control="private, max-age=600")


def _print(delivery: Delivery, request: Any) -> tuple[int, Print]:
    """The print that was asked for. Raises HTTPNotFound for none, Refused for one whose sheets are not for this person or not any more."""
    number = request.GET.get("n", "")
    if not PAGE_NUMBER.fullmatch(number) or int(number) >= len(delivery.printed):
        raise HTTPNotFound
    made = policy.sheets_of(delivery, int(number), request.actor, clock.now())
    if made is None:
        reason = Reason(_("这次打印已经结束。需要再打印的，请回到收件页面重新登记。"), "P-35")
        told = {"action": "delivery.print", "subject": resource_path(delivery), "subject_uid": delivery.uid}
        raise Refused((reason,), told | {"reason": plain(reason.text)})
    return int(number), made
