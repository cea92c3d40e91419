"""The page of an outgoing document (公文办理, domain.md 5.1; R-24.*, S-8, S-9, SOD-7, SOD-8): where it stands, what it says, what to do next."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound
from pyramid.view import view_config

from content_types.file_object import FileObject, FileRole
from content_types.outgoing_document import OutgoingDocument
from govrepo import clock
from policies import plating, sealing
from policies.drafting_desk import may_read
from policies.engine import table_of
from policies.outgoing_document import STATES
from policies.permissions import Permission as P
from policies.plate import names_of

from .acting import SIGNATURE_FILES
from .acts import Button, attempt, buttons, done, url
from .case import timeline
from .i18n import _
from .legal_force import force_words
from .outgoing_forms import (
    ACTS,
    ALL,
    CONFIRM,
    FURTHER,
    MORE_ROWS,
    STYLES,
    applies,
    choices,
    form_of,
    initial,
    offered,
    rows,
    typed,
)
from .outgoing_records import paragraphs, records
from .outgoing_steps import bar, next_step
from .reading import document_view, facts, page_response

TEMPLATES = "views:templates/outgoing_document/"
LIST = "/registers/outgoing_documents"
BADGES = {
    "draft": "draft",
    "review": "wait",
    "signed": "wait",
    "rechecked": "wait",
    "plating": "wait",
    "proofing": "wait",
    "leader_recheck": "wait",
    "sealing": "wait",
    "sealed": "info",
    "dispatched": "info",
    "concluded": "done",
    "filed": "done",
    "void": "stop",
}
FINISHED_ROLES = (FileRole.PLATE, FileRole.ORIGINAL, FileRole.SCAN)
DRAWN = ("plating", "proofing", "leader_recheck", "sealing", "sealed", "dispatched", "concluded", "filed")
"""States in which its pages are shown as they were set, sealed or scanned; before, its text."""


@view_config(context=OutgoingDocument, permission=P.DOCUMENT_VIEW, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: OutgoingDocument, request: Any) -> dict[str, Any]:
    """The document with everything that was done to it; ``act`` in the address asks for the form of a further act."""
    asked = request.GET.get("act", "")
    return page_data(context, request, asked if asked in FURTHER else "")


def page_data(
    document: OutgoingDocument, request: Any, asked: str = "", errors: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Everything the page shows; ``asked`` is the form of a further act that is wanted."""
    held = buttons(request, document)
    keys = [asked] if asked in FURTHER else offered(document)
    return {
        "title": document.title or _("（未填标题）"),
        "crumbs": [(_("公文办理"), LIST)],
        "document": document,
        "here": url(document),
        "state": STATES[document.state],
        "badge": BADGES[document.state],
        "steps": bar(document),
        "next": next_step(document),
        "legal": force_words(request, document),
        "elements": elements(document, request),
        "mains": document.mains_text or "，".join(names_of(document.mains, clock.today())),
        "reading": reading(document, request),
        "forms": [form for key in keys if (form := form_data(document, request, held, key))],
        "asked": asked,
        "further": [held[key] for key in FURTHER if key in held and held[key].allowed and key != asked],
        "may_edit": "edit" in held and held["edit"].allowed,
        "may_scan": may_scan(document, request),
        "choices": choices(document, request),
        "events": timeline(document, {"begin": _("拟稿")}),
        **progress_data(document, request),
        **records(document, request),
        "values": initial(document, request),
        "errors": errors or {},
        "more_rows": MORE_ROWS,
    }


def form_data(document: OutgoingDocument, request: Any, held: dict[str, Button], key: str) -> dict[str, Any] | None:
    """A form with the buttons that are this person's business, also those that rest for now; None where there are none."""
    shown = [
        (held[name], CONFIRM.get(name), "btn-outline-secondary" if name in STYLES else "btn-primary")
        for name in ALL[key].acts
        if name in held and applies(document, name) and _concerns(document, request, name)
    ]
    if not shown:
        return None
    fields = ALL[key].fields if any(button.allowed for button, _confirm, _style in shown) else ()
    lines = rows(document, request, key) if any(each.kind == "corrections" for each in fields) else []
    return {"key": key, "fields": fields, "buttons": shown, "rows": lines, "ticks": key == "replate"}


def _concerns(document: OutgoingDocument, request: Any, name: str) -> bool:
    return bool(request.actor.allowed(table_of(document).transition(name).permission, document))


def elements(document: OutgoingDocument, request: Any) -> list[tuple[Any, Any]]:
    """The elements, with whom it goes to and who makes it (4.5)."""
    rows = [
        (_("字头"), document.series.code if document.series is not None else ""),
        *(row for row in facts(request, document) if document.number or row[0] != _("文号")),
        (_("主送"), document.mains_text or "，".join(names_of(document.mains, clock.today()))),
        (_("抄送"), document.copies_text or "，".join(names_of(document.copies, clock.today()))),
        (_("联合发文机关"), "、".join(unit.name for unit in document.issuers)),
        (_("附件"), "；".join(each.title for each in document.attachments)),
        (_("拟稿处室"), document.division.name if document.division is not None else ""),
        (_("拟稿人"), document.drafter.name),
        (_("经办人"), document.case_officer.name),
    ]
    return [(label, value) for label, value in rows if value]


def may_scan(document: OutgoingDocument, request: Any) -> bool:
    """Whether this person attaches the scan of the stamped paper (path B, R-N4.2)."""
    own = document.case_officer is request.account
    return document.state == "rechecked" and own and not document.unit.is_fully_deployed


def reading(document: OutgoingDocument, request: Any) -> dict[str, Any] | None:
    """Elements, and the pages or the text, for who may read it now (7.2); None for all others."""
    if not may_read(document, request.actor):
        return None
    shown = shown_files(document)
    return {
        **document_view(request, document, url(document), shown),
        "force": "",  # It stands at the top of the page already.
        "paragraphs": [] if any(file.role in FINISHED_ROLES for file in shown) else paragraphs(document),
    }


def shown_files(document: OutgoingDocument) -> tuple[FileObject, ...]:
    """The files as they stand: the newest plate, what the seals set so far have made of it, or the scan (path B); with what goes along."""
    plate = document.plate.file if document.plate is not None and document.state in DRAWN else None
    if plate is None or document.files_of(FileRole.ORIGINAL, FileRole.SCAN):
        return document.files
    return (plate, *document.files)


@view_config(
    context=OutgoingDocument,
    name="act",
    permission=P.DOCUMENT_VIEW,
    request_method="POST",
    renderer=TEMPLATES + "page.pt",
    files=SIGNATURE_FILES,
)
def try_act(context: OutgoingDocument, request: Any) -> Any:
    """One act; what must be mended comes back at its field, with everything that was typed."""
    name = request.POST.get("act", "")
    if name == MORE_ROWS:
        return page_data(context, request)
    if name not in ACTS:
        raise HTTPBadRequest
    errors = attempt(request, context, name, **typed(context, request, name))
    if errors and name == "submit":
        return done(request, _("文稿还不完整，请补充后再送核稿。"), url(context, "edit") + "?check=1")
    if errors:
        return page_data(context, request, form_of(name), errors)
    return done(
        request, _("已办理“${act}”。", mapping={"act": table_of(context).transition(name).title}), _after(context, name)
    )


def _after(document: OutgoingDocument, name: str) -> str:
    """Where to go on: after the sending was prepared to it, where it is submitted for release."""
    return url(document.dispatches[-1], "") if name == "dispatch" else url(document, "")


@view_config(
    context=OutgoingDocument,
    name="progress",
    permission=P.DOCUMENT_VIEW,
    request_method="GET",
    renderer=TEMPLATES + "progress.pt",
)
def progress(context: OutgoingDocument, request: Any) -> dict[str, Any]:
    """What the worker does with it now; the page asks until it is done, and is then shown anew."""
    found = progress_data(context, request)
    if not found["waiting"]:
        request.response.headers["HX-Refresh"] = "true"
    return found


def progress_data(document: OutgoingDocument, _request: Any) -> dict[str, Any]:
    """Whether the worker is setting the plate or a seal, and what went wrong the last time, in words."""
    plate, seal = document.plate, document.seals_asked[-1] if document.seals_asked else None
    platemaking = document.state == "plating" and plate is not None and plate.done_at is None
    sealed_now = document.state == "sealing" and sealing.waiting(document) is not None
    problems = []
    if document.state == "plating" and plate is not None and plate.problem:
        problems.append(plating.PROBLEMS[plate.problem])
    if document.state == "plating" and plate is not None and plate.missing:
        words = _(
            "字体中没有这些字：${missing}。请在“改正”中换用其他字，或者通知技术服务组安装字体。",
            mapping={"missing": "、".join(plate.missing)},
        )
        problems.append(words)
    if document.state == "sealing" and seal is not None and seal.problem:
        problems.append(sealing.PROBLEMS[seal.problem])
    return {
        "here": url(document),
        "waiting": _("正在排版，请稍候。") if platemaking else _("正在盖章，请稍候。") if sealed_now else "",
        "problems": problems,
    }


@view_config(context=OutgoingDocument, name="page", permission=P.DOCUMENT_VIEW, request_method="GET")
def page_image(context: OutgoingDocument, request: Any) -> Any:
    """A page as an image, for who may read it now; 404 for all others."""
    if not may_read(context, request.actor):
        raise HTTPNotFound
    return page_response(request, context, shown_files(context))
