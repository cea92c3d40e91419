"""The delivery's pages: envelope, reading, signing, returning, recall, distribution (R-35.1, P-51..55)."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config

from content_types.assignment import Part
from content_types.content import HistoryEntry
from content_types.delivery import Delivery
from content_types.exchange_box import ExchangeBox
from govrepo.files import attachment
from govrepo.i18n import joined
from policies import delivery as policy
from policies.distribution import targets_of
from policies.engine import Refused, act
from policies.permissions import Permission as P
from policies.phone_notice import notices_of
from policies.register_entry import STATES as ENTRY_STATES
from policies.vocabulary import return_reason, return_reasons

from . import phone_notice
from .acting import SIGNATURE_FILES
from .acts import attempt, buttons, done, mend, url
from .exchange_box import selected
from .i18n import _
from .legal_force import force_words
from .paper_lines import paper_of
from .printing import print_data
from .reading import document_view, informal_word, page_response
from .reply import reply_view
from .rows import DELIVERY_BADGES
from .shell import flash
from .verification import comparison_view, seal_view

RECEIVER_ACTS = (
    "sign_for",
    "return",
    "late_return",
    "distribute",
    "note",
    "accept_recall",
    "refuse_recall",
    "register",
    "forward",
    "verify_again",
    "grant_print",
    "refuse_print",
)
ELSEWHERE = {
    "ask_recall": lambda delivery: delivery.dispatch,
    "recall": lambda delivery: delivery.dispatch,
    "acknowledge": lambda delivery: delivery.dispatch,
    "grant_circulation": lambda delivery: delivery.dispatch,
    "refuse_circulation": lambda delivery: delivery.dispatch,
    "take_back": lambda delivery: delivery.source,
}
"""Acts on a delivery that are done from another object's page, and which that is."""

TAKEN = {"print": ("file", "copies"), "print_plain": ("file", "copies"), "download": ("file", "system")}
"""What is printed or downloaded, and the fields each act needs."""

PARTS = {Part.LEAD: _("主办"), Part.ASSIST: _("协办"), Part.READ: _("阅知")}
TEMPLATES = "views:templates/delivery/"


@view_config(context=Delivery, permission=P.BOX_VIEW, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: Delivery, request: Any) -> dict[str, Any]:
    """The envelope; once opened, the document's pages beside what may be done."""
    return page_data(context, request)


def page_data(delivery: Delivery, request: Any, errors: dict[str, str] | None = None) -> dict[str, Any]:
    """Everything the delivery's page shows."""
    request.box_folder = (delivery.box, "waiting" if delivery.state == "pending" else "all")
    readable = delivery.readable and request.has_permission(P.DELIVERY_READ, delivery)
    return {
        "title": delivery.title,
        "crumbs": [(delivery.box.title, url(delivery.box, "waiting"))],
        "delivery": delivery,
        "here": url(delivery),
        "state": policy.STATES[delivery.state],
        "badge": DELIVERY_BADGES[delivery.state],
        "document": document_view(request, delivery.document, url(delivery)) if readable else None,
        "opened": delivery.first_opened_at is not None,
        "may_open": request.has_permission(P.DELIVERY_OPEN, delivery) and delivery.state == "pending",
        "buttons": buttons(request, delivery, RECEIVER_ACTS),
        **print_data(request, delivery),
        "seal": seal_view(delivery, readable=readable),
        "paper": paper_of(delivery, request),
        "comparison": comparison_view(delivery.document) if readable else None,
        "force": force_words(request, delivery.document),
        "forwarded": forwarded_words(delivery),
        "reply": reply_view(request, delivery),
        "notices": phone_notice.lines(notices_of(delivery)),
        "informal": informal_word(delivery.document),
        "return_reasons": [("", _("请选择")), *reason_choices(request, delivery)],
        "return_reason": return_reason(delivery, delivery.return_reason, request.locale_name),
        "events": events(delivery),
        "checks": [(CHECKS[each.check], each) for each in delivery.first.findings if each.check in CHECKS],
        "assigned": [assigned_line(request, each) for each in delivery.assignments],
        "entry": entry_link(request, delivery),
        "errors": errors or {},
        "values": dict(request.POST),
    }


def forwarded_words(delivery: Delivery) -> Any:
    """R-19.2: what became of what was forwarded to office registration, which the division keeps the link to; empty for all else."""
    sent = delivery.forwarded
    if sent is None:
        return ""
    if sent.entry is None:
        return _("已转机要档案科登记厅文：${state}。", mapping={"state": policy.STATES[sent.state]})
    said = {"number": sent.entry.number.title, "state": ENTRY_STATES[sent.entry.state]}
    return _("已转机要档案科登记厅文：${number}，${state}。", mapping=said)


def entry_link(request: Any, delivery: Delivery) -> tuple[str, str] | None:
    """The register entry under which a delivery or what it was forwarded as is handled, for who may read it: number, address."""
    forwarded = delivery.forwarded.entry if delivery.forwarded is not None else None
    entry = delivery.entry or forwarded or (delivery.source.entry if delivery.source is not None else None)
    if entry is None or not request.has_permission(P.ENTRY_READ, entry):
        return None
    return entry.number.title, url(entry, "")


def reason_choices(request: Any, delivery: Any) -> list[tuple[str, str]]:
    """The reasons for a return as a select field takes them (P-54)."""
    return [(term.code, term.label(request.locale_name)) for term in return_reasons(delivery)]


CHECKS = {
    "verify.digest": _("文件摘要"),
    "format.files": _("文件格式"),
}


def events(context: Any) -> list[tuple[Any, str, Any, str]]:
    """The history as the timeline macro takes it."""
    from policies.engine import table_of  # noqa: PLC0415 - Shared by three nouns; the table is looked up at call time.

    rows = table_of(context).transitions
    titles = {row.name: row.title for row in rows} | OTHER_EVENTS
    signed = {row.name for row in rows if row.signed}
    return [
        (
            each.at,
            _who(each),
            titles.get(each.transition, each.transition),
            _note(context, each, each.transition in signed),
        )
        for each in context.history
    ]


def _note(context: Any, entry: HistoryEntry, signed: bool) -> Any:
    """The words given for an act, and for a signed one with which certificate."""
    words = return_reason(context, entry.note, "") or entry.note
    if not signed:
        return words
    serial = entry.attestation.serial if entry.attestation else ""
    how = _("证书签名 ${serial}", mapping={"serial": serial}) if serial else _("未用证书签名")
    return joined([*([words] if words else []), how])


def _who(entry: HistoryEntry) -> Any:
    """The person's name, or a word for the system, which has no name of its own in other languages."""
    return _("系统") if entry.actor == "system" else entry.actor_name


OTHER_EVENTS = {
    "deliver": _("送达"),
    "deliver_fail": _("投递失败"),
    "assign": _("分办"),
    "prepare": _("起草"),
    "settle": _("全部办结"),
    "supplement": _("补发"),
    "resend": _("重发"),
    "correction": _("更正"),
    "report": _("报告"),
    "expect": _("待收纸质件"),
    "expect_again": _("再次待收"),
    "enter": _("手工登记"),
}


def assigned_line(request: Any, assigned: Any) -> dict[str, Any]:
    """One target of a distribution: its name, its part, how far it is, and what may be done about a returned one."""
    if isinstance(assigned, Delivery):
        back = buttons(request, assigned, ("take_back",)).get("take_back")
        reason = return_reason(assigned, assigned.return_reason, request.locale_name)
        return {
            "name": assigned.box.owner.title,
            "part": PARTS[Part(assigned.part)] if assigned.part else "",
            "state": policy.STATES[assigned.state],
            "at": assigned.signed_at,
            "note": f"{request.localizer.translate(reason)} {assigned.return_note}".strip(),
            "action": url(assigned, "act") if back and back.allowed else "",
            "button": back,
        }
    state = _("已办") if assigned.state == "closed" else _("待办")
    line = {"name": assigned.person.name, "part": PARTS[assigned.part], "state": state, "at": assigned.first_opened_at}
    return line | {"note": assigned.result, "action": "", "button": None}


@view_config(context=Delivery, name="open", permission=P.BOX_VIEW, request_method="POST")
def open_(context: Delivery, request: Any) -> Any:
    """Opening writes the first-opened time and leads to the page (design.md sect. 5: opening is a POST)."""
    act(context, "open", request.actor)
    return done(request, _("已打开。请核对后签收或退文。"), url(context, ""))


@view_config(
    context=Delivery,
    name="act",
    permission=P.BOX_VIEW,
    request_method="POST",
    renderer=TEMPLATES + "page.pt",
    files=SIGNATURE_FILES,
)
def try_act(context: Delivery, request: Any) -> Any:
    """One act of the receiver; a missing reason comes back at its field."""
    name = request.POST.get("act", "")
    if name not in RECEIVER_ACTS or name == "distribute":
        raise HTTPBadRequest
    data = {key: request.POST.get(key, "").strip() for key in ("reason", "note")}
    errors = attempt(request, context, name, **data)
    if errors:
        return page_data(context, request, errors)
    title = policy.TABLE.transition(name).title
    return done(request, _("已办理“${act}”。", mapping={"act": title}), url(context, ""))


@view_config(context=Delivery, name="page", permission=P.DELIVERY_READ, request_method="GET")
def page_image(context: Delivery, request: Any) -> Any:
    """A page of a PDF as an image, drawn in the sandbox; only once the delivery has been opened."""
    if not context.readable:
        raise HTTPNotFound
    return page_response(request, context.document)


@view_config(
    context=Delivery, name="take", permission=P.DELIVERY_READ, request_method="POST", renderer=TEMPLATES + "page.pt"
)
def take(context: Delivery, request: Any) -> Any:
    """Print copies, or download another file: counted, journaled (P-35, P-52, P-59). A print leads to its sheets."""
    name = request.POST.get("act", "")
    if name not in TAKEN:
        raise HTTPBadRequest
    data = {field: request.POST[field].strip() for field in TAKEN[name] if field in request.POST}
    errors = attempt(request, context, name, **data, note=request.POST.get("purpose", "").strip())
    if errors:
        return page_data(context, request, errors)
    if name != "download":
        return HTTPSeeOther(f"{url(context, 'sheets')}?n={len(context.printed) - 1}")
    file = next(each for each in context.document.files if each.uid == request.POST["file"])
    return attachment(file.stored, file.filename, request)


@view_config(
    context=Delivery,
    name="ask_print",
    permission=P.DELIVERY_PRINT,
    request_method="POST",
    renderer=TEMPLATES + "page.pt",
)
def ask_print(context: Delivery, request: Any) -> Any:
    """Ask the head for consent to print (P-58)."""
    data = {field: request.POST.get(field, "").strip() for field in ("kind", "copies", "note")}
    errors = attempt(request, context, "ask_print", **data)
    if errors:
        return page_data(context, request, errors)
    return done(request, _("已申请，等待负责同志答复。"), url(context, ""))


@view_config(
    context=ExchangeBox,
    name="distribute",
    permission=P.DELIVERY_DISTRIBUTE,
    request_method=("GET", "POST"),
    renderer=TEMPLATES + "distribute.pt",
)
def distribute(context: ExchangeBox, request: Any) -> Any:
    """Distribute one or several deliveries to divisions and persons of the unit (R-11.2, R-35.1)."""
    uids = request.POST.getall("d") or request.GET.getall("d")
    chosen = selected(context, uids)
    if not chosen:
        flash(request, _("没有选中文件。"), "warning")
        return done(request, _("请先选中已签收的文件，再分办。"), url(context, "signed"))
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = _distribute_all(request, context, chosen)
        if not errors:
            return done(request, _("已分办 ${count} 件。", mapping={"count": len(chosen)}), url(context, "signed"))
    return _distribute_page(request, context, chosen, errors)


def _distribute_all(request: Any, box: ExchangeBox, chosen: list[Delivery]) -> dict[str, str]:
    targets = _targets(request, box)
    try:
        for delivery in chosen:
            act(delivery, "distribute", request.actor, targets=targets, note=request.POST.get("note", "").strip())
    except Refused as refused:
        request.tm.doom()  # All or none: what the first deliveries got is not kept.
        return mend(request, refused)
    return {}


def _targets(request: Any, box: ExchangeBox) -> tuple[tuple[Any, Part], ...]:
    """The ticked targets with their parts; unknown names are dropped and then missed by the guard."""
    divisions, people = targets_of(box)
    known = {f"division:{each.code}": each for each in divisions} | {f"person:{each.id}": each for each in people}
    lead = request.POST.get("lead", "")
    names = [name for name in (*request.POST.getall("targets"), *request.POST.getall("people")) if name in known]
    return tuple((known[name], Part.LEAD if name == lead else Part.ASSIST) for name in names)


def _distribute_page(request: Any, box: ExchangeBox, chosen: list[Delivery], errors: dict[str, str]) -> dict[str, Any]:
    divisions, people = targets_of(box)
    request.box_folder = (box, "signed")
    return {
        "title": _("分办"),
        "crumbs": [(box.title, url(box, "signed"))],
        "box": box,
        "chosen": chosen,
        "divisions": [(f"division:{each.code}", each.name) for each in divisions],
        "people": [(f"person:{each.id}", f"{each.name}（{each.post}）" if each.post else each.name) for each in people],
        "errors": errors,
        "values": {**request.POST, "targets": request.POST.getall("targets"), "people": request.POST.getall("people")},
    }
