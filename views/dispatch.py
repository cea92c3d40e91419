"""The dispatch's pages for the sender: what was sent, to whom, how far it is, and what may be done (P-30..41)."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config

from content_types.delivery import Delivery
from content_types.dispatch import Address, Dispatch, Recipient
from policies import delivery as deliveries
from policies import dispatch as policy
from policies.dual_track import paper_goes_to
from policies.permissions import Permission as P
from policies.receipts import signatures
from policies.sending import resendable
from policies.vocabulary import return_reason

from . import phone_notice, receipts
from .acting import SIGNATURE_FILES
from .acts import attempt, buttons, done, url
from .circulation import ACTS as CIRCULATION_ACTS
from .circulation import circulation_view
from .delivery import events
from .i18n import _
from .paper_cover import parcel_lines
from .reading import document_view, page_response
from .recipients import addressable_boxes, groups_of
from .reply import REPLY_KINDS, terms_values, terms_words
from .rows import DELIVERY_BADGES, DISPATCH_BADGES
from .sending_on import answered, origin
from .verification import warnings as seal_warnings

TEMPLATES = "views:templates/dispatch/"
PLAIN_ACTS = ("submit", "ask_circulation", "send_back", "release", "send", "withdraw", "correct", "check")
SENDER_ACTS = ("recall", "ask_recall", "acknowledge")
ADDRESS_WORDS = {Address.MAIN: _("主送"), Address.COPY: _("抄送")}


@view_config(context=Dispatch, permission=P.DISPATCH_READ, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: Dispatch, request: Any) -> dict[str, Any]:
    """The dispatch with its progress and the status of every recipient."""
    return page_data(context, request)


def page_data(dispatch: Dispatch, request: Any, errors: dict[str, str] | None = None) -> dict[str, Any]:
    """Everything the dispatch's page shows."""
    request.box_folder = (dispatch.box, "drafts" if dispatch.state in policy.OPEN else "sent")
    lines = status_lines(dispatch, request)
    return {
        "title": dispatch.title or _("（未填标题）"),
        "crumbs": [(dispatch.box.title, url(dispatch.box, request.box_folder[1]))],
        "dispatch": dispatch,
        "here": url(dispatch),
        "state": policy.STATES[dispatch.state],
        "badge": DISPATCH_BADGES[dispatch.state],
        "steps": steps(dispatch),
        "buttons": buttons(request, dispatch),
        "document": document_view(request, dispatch.document, url(dispatch)),
        "lines": lines,
        "summary": summary(lines),
        "addresses": [(word, boxes) for key, word in ADDRESS_WORDS.items() if (boxes := dispatch.boxes(key))],
        "paper": paper_words(dispatch),
        "troubled": [(each.original_box.__name__, each.original_box.title) for each in policy.in_trouble(dispatch)],
        "parcels": parcel_lines(dispatch, request) if dispatch.sent_at else [],
        "phone": phone_notice.sender_form(dispatch, request),
        "notices": phone_notice.lines([dispatch.phone_notice] if dispatch.phone_notice else []),
        "circulation": circulation_view(request, dispatch),
        "reply": terms_words(request, dispatch),
        "reply_kinds": REPLY_KINDS,
        "seal_warnings": seal_warnings(dispatch.document) if dispatch.state in policy.OPEN else [],
        "family": [each for each in _family(dispatch) if each is not dispatch],
        "kind_words": KIND_WORDS,
        "entry": origin(dispatch, request),
        "answered": answered(dispatch, request),
        "events": events(dispatch),
        "signed": any(each.attestation for each in dispatch.history),
        "errors": errors or {},
        "values": phone_notice.defaults(request) | terms_values(dispatch) | dict(request.POST),
        "url": url,
    }


def paper_words(dispatch: Dispatch) -> Any:
    """To whom paper goes as well (R-N2.1): all, some by name, or nobody."""
    boxes = paper_goes_to(dispatch)
    if not boxes:
        return _("不需要（收文单位都是单轨）") if dispatch.recipients else ""
    if len(boxes) == len(dispatch.recipients):
        return _("须另送全部收文单位（双轨制）")
    return _("须另送：${names}", mapping={"names": "、".join(box.title for box in boxes)})


KIND_WORDS = {
    "original": _("首发"),
    "supplement": _("补发"),
    "resend": _("重发"),
    "correction": _("更正"),
    "offline": _("补录"),
}


def _family(dispatch: Dispatch) -> tuple[Dispatch, ...]:
    first = dispatch.origin or dispatch
    return (first, *first.linked)


def steps(dispatch: Dispatch) -> list[tuple[Any, str, Any]]:
    """The strip: draft, release, sending, and the end of it in every box."""
    order = ("drafting", "submitted", "released", "sent", "completed")
    labels = (_("起草"), _("核准"), _("发送"), _("全部办结"))
    if dispatch.state == "cancelled":
        return [(labels[0], "done", ""), (policy.STATES["cancelled"], "bad", "")]
    at = order.index(dispatch.state)
    return [(label, _step(place, at), "") for place, label in enumerate(labels)]


def _step(place: int, at: int) -> str:
    if place < at or at == 4:
        return "done"
    return "now" if place == at else "todo"


def status_lines(dispatch: Dispatch, request: Any) -> list[dict[str, Any]]:
    """One line per recipient with all five times (domain.md 4.9) and what the sender may do with it."""
    return [_status(dispatch, recipient, request) for recipient in dispatch.recipients]


def _status(dispatch: Dispatch, recipient: Recipient, request: Any) -> dict[str, Any]:
    name = recipient.box.__name__
    line = {
        "box": recipient.box.title,
        "name": name,
        "address": ADDRESS_WORDS[recipient.address],
        "delivery": None,
        "buttons": {},
    }
    delivery = dispatch.tracking.deliveries.get(name)
    if delivery is None:
        cancelled = name in dispatch.cancellations.boxes
        word = _("已撤回") if cancelled else _("等待投递") if dispatch.sent_at else _("尚未发送")
        return line | {
            "state": word,
            "badge": "stop" if cancelled else "draft",
            "code": "cancelled" if cancelled else "waiting",
        }
    return line | {
        "delivery": delivery,
        "state": deliveries.STATES[delivery.state],
        "badge": DELIVERY_BADGES[delivery.state],
        "code": delivery.state,
        "buttons": buttons(request, delivery, SENDER_ACTS),
        "reason": return_reason(delivery, delivery.return_reason, request.locale_name),
        "signer": delivery.signed_by.name if delivery.signed_by else "",
        "standing": delivery.box.title if delivery.rerouted else "",
    }


def summary(lines: list[dict[str, Any]]) -> dict[str, int]:
    """How many recipients are how far: the progress the sender reads first."""
    signed = sum(line["code"] in ("signed", "assigned", "registered", "closed") for line in lines)
    returned = sum(line["code"] in ("returned", "return_closed") for line in lines)
    delivered = sum(line["delivery"] is not None for line in lines)
    return {"all": len(lines), "delivered": delivered, "signed": signed, "returned": returned}


@view_config(
    context=Dispatch, name="status", permission=P.DISPATCH_READ, request_method="GET", renderer=TEMPLATES + "status.pt"
)
def status(context: Dispatch, request: Any) -> dict[str, Any]:
    """The status table alone, fetched again by the page while deliveries are under way."""
    lines = status_lines(context, request)
    return {"dispatch": context, "here": url(context), "lines": lines, "summary": summary(lines), "url": url}


@view_config(
    context=Dispatch,
    name="act",
    permission=P.DISPATCH_READ,
    request_method="POST",
    renderer=TEMPLATES + "page.pt",
    files=SIGNATURE_FILES,
)
def try_act(context: Dispatch, request: Any) -> Any:
    """One act on the dispatch."""
    name = request.POST.get("act", "")
    if name not in PLAIN_ACTS:
        raise HTTPBadRequest
    more = {"call": phone_notice.typed(request)} if name == "send" else {}
    errors = attempt(request, context, name, reason=request.POST.get("reason", "").strip(), **more)
    if errors and name == "submit":
        return HTTPSeeOther(url(context, "edit") + "?check=1")
    if errors:
        return page_data(context, request, errors)
    message = _("已办理“${act}”。", mapping={"act": policy.TABLE.transition(name).title})
    made = (context.origin or context).linked[-1] if name == "correct" else context
    return done(request, message, url(made, "edit") if name == "correct" else url(made, ""))


@view_config(context=Dispatch, name="recall", permission=P.DISPATCH_RECALL, request_method="POST")
def recall(context: Dispatch, request: Any) -> Any:
    """Take back one recipient's copy: its delivery, or the place of one not made yet (P-41)."""
    box = request.POST.get("box", "")
    delivery = context.tracking.deliveries.get(box)
    if box not in {recipient.box.__name__ for recipient in context.recipients}:
        raise HTTPBadRequest
    attempt(request, delivery or context, "recall" if delivery else "cancel_recipient", box=box)
    return done(request, _("已撤回。"), url(context, ""))


@view_config(
    context=Dispatch,
    name="circulation",
    permission=P.DISPATCH_RELEASE,
    request_method="POST",
    renderer=TEMPLATES + "page.pt",
)
def answer_circulation(context: Dispatch, request: Any) -> Any:
    """The issuer's answer to a receiver who wants to pass the document on beyond its range (S-10)."""
    delivery, name = context.tracking.deliveries.get(request.POST.get("box", "")), request.POST.get("act", "")
    if delivery is None or name not in CIRCULATION_ACTS:
        raise HTTPBadRequest
    errors = attempt(request, delivery, name, note=request.POST.get("note", "").strip())
    return page_data(context, request, errors) if errors else done(request, _("已答复。"), url(context, ""))


@view_config(context=Dispatch, name="acknowledge", permission=P.DISPATCH_ACKNOWLEDGE, request_method="POST")
def acknowledge(context: Dispatch, request: Any) -> Any:
    """Sign for a copy that came back (P-39)."""
    delivery = context.tracking.deliveries.get(request.POST.get("box", ""))
    if delivery is None:
        raise HTTPBadRequest
    attempt(request, delivery, "acknowledge")
    title = deliveries.TABLE.transition("acknowledge").title
    return done(request, _("已办理“${act}”。", mapping={"act": title}), url(context, ""))


@view_config(
    context=Dispatch,
    name="ask",
    permission=P.DISPATCH_RECALL,
    request_method=("GET", "POST"),
    renderer=TEMPLATES + "ask.pt",
)
def ask(context: Dispatch, request: Any) -> Any:
    """Ask a receiver who has opened the copy to give it back (P-41)."""
    delivery = context.tracking.deliveries.get(request.params.get("box", ""))
    if delivery is None:
        raise HTTPNotFound
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = attempt(request, delivery, "ask_recall", note=request.POST.get("note", "").strip())
        if not errors:
            return done(request, _("已请求撤回，等待对方答复。"), url(context, ""))
    crumbs = [(context.title, url(context, ""))]
    return {
        "title": _("请求撤回"),
        "crumbs": crumbs,
        "delivery": delivery,
        "errors": errors,
        "values": dict(request.POST),
    }


@view_config(
    context=Dispatch,
    name="add",
    permission=P.DISPATCH_PREPARE,
    request_method=("GET", "POST"),
    renderer=TEMPLATES + "add.pt",
)
def add(context: Dispatch, request: Any) -> Any:
    """Add recipients: a linked dispatch that waits for its own release (补发)."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        boxes = {box.__name__: box for box in addressable_boxes(context.box)}
        chosen = tuple(
            Recipient(boxes[name], address)
            for field, address in (("mains", Address.MAIN), ("copies", Address.COPY))
            for name in request.POST.getall(field)
            if name in boxes
        )
        errors = attempt(request, context, "add_recipients", recipients=chosen, reason=request.POST.get("reason", ""))
        if not errors:
            return done(request, _("补发件已提交，等待核准。"), url((context.origin or context).linked[-1], ""))
    return {
        "title": _("补发"),
        "crumbs": [(context.title, url(context, ""))],
        "dispatch": context,
        "groups": groups_of(context.box),
        "values": {"mains": request.POST.getall("mains"), "copies": request.POST.getall("copies")},
        "errors": errors,
    }


@view_config(
    context=Dispatch,
    name="resend",
    permission=P.DISPATCH_PREPARE,
    request_method="POST",
    renderer=TEMPLATES + "page.pt",
)
def resend(context: Dispatch, request: Any) -> Any:
    """Send again to those whose copy came back, failed or was recalled (P-54)."""
    wanted = request.POST.getall("selected")
    boxes = [box for box in resendable(context) if box.__name__ in wanted]
    errors = attempt(request, context, "resend", boxes=boxes)
    if errors:
        return page_data(context, request, errors)
    return done(request, _("重发件已提交，等待核准。"), url((context.origin or context).linked[-1], ""))


@view_config(context=Dispatch, name="page", permission=P.DISPATCH_READ, request_method="GET")
def page_image(context: Dispatch, request: Any) -> Any:
    """A page of the document as an image, for the sender and the releaser."""
    return page_response(request, context.document)


@view_config(
    context=Dispatch,
    name="receipt",
    permission=P.DISPATCH_READ,
    request_method="GET",
    renderer="views:templates/receipts/page.pt",
)
def receipt(context: Dispatch, request: Any) -> dict[str, Any]:
    """The receipts of one recipient, for the sender."""
    return receipts.page_data(_delivery(context, request), request)


@view_config(context=Dispatch, name="receipt.json", permission=P.DISPATCH_READ, request_method="GET")
def receipt_file(context: Dispatch, request: Any) -> Any:
    """The receipts of one recipient as a file, for the sender."""
    return receipts.file_response(_delivery(context, request), request)


@view_config(context=Dispatch, name="receipt.svg", permission=P.DISPATCH_READ, request_method="GET")
def receipt_code(context: Dispatch, request: Any) -> Any:
    """The code of one receipt of one recipient, for the sender."""
    return receipts.code_response(_delivery(context, request), request)


def _delivery(dispatch: Dispatch, request: Any) -> Delivery:
    found: Delivery | None = dispatch.tracking.deliveries.get(request.GET.get("box", ""))
    if found is None:
        raise HTTPNotFound
    return found


@view_config(context=Dispatch, name="signatures.json", permission=P.DISPATCH_READ, request_method="GET")
def signatures_file(context: Dispatch, request: Any) -> Any:
    """The signatures under this dispatch, as a file that is verified without this site (docs/receipts.md)."""
    return receipts.json_file(signatures(context, request.root, request.registry), f"signatures-{context.uid}.json")
