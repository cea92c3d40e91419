"""Drafting (拟稿, domain.md 5.1, 7.2; S-1 to S-8): a new draft in a box, the editor, the rules shown while typing, the preview, checking out.

Nothing typed is lost: whatever is refused comes back as it was typed, with what is wrong at its field.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from pyramid.httpexceptions import HTTPBadRequest, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from content_types.exchange_box import ExchangeBox
from content_types.file_object import FileRole
from content_types.outgoing_document import OutgoingDocument
from content_types.production import Step
from content_types.register_entry import RegisterEntry
from govrepo import clock
from govrepo.files import UploadError
from govrepo.i18n import plain
from govrepo.security.refusals import flag
from policies import drafting as policy
from policies import text_versions
from policies.draft_import import UnreadableError, bring
from policies.draft_preview import PreviewError, preview
from policies.drafting_desk import begin
from policies.engine import Act, Reason, Refused, act, may, refusal, table_of
from policies.file_object import UnfitFileError, attach, detach
from policies.permissions import Permission as P

from .acts import attempt, done, url
from .compose import accepted, by_field, kept, uploads_of
from .draft_form import LONG, fields, offered_answers, offers, outline, typed, values_of, with_text
from .i18n import _
from .reading import file_line

TEMPLATES = "views:templates/drafting/"
UPLOADS = {"editable": FileRole.EDITABLE, "attachment": FileRole.ATTACHMENT}
NONE: dict[str, list[str]] = {name: [] for name in UPLOADS}
FILES = (*UPLOADS, "source")
FORM = {"files": FILES, "long": LONG}
STEP_WORDS = {
    Step.REVIEW: _("核稿退回"),
    Step.SIGN: _("签发人退回"),
    Step.RECHECK: _("复核退回"),
    Step.LEADER: _("领导退回"),
}


@view_config(
    context=ExchangeBox, name="draft", permission=P.DOCUMENT_DRAFT, request_method="GET", renderer=TEMPLATES + "edit.pt"
)
def new(context: ExchangeBox, request: Any) -> dict[str, Any]:
    """The empty form, or for a register entry that is to be answered with what is known of the answer (S-4)."""
    wanted = request.GET.get("answers")
    entry = next((each for each in offered_answers(request, None) if each.uid == wanted), None) if wanted else None
    known = policy.answering(entry) if entry is not None else {}
    return _page(request, context, None, values_of(policy.sketch(context, request.actor, known)))


def answer_address(request: Any, entry: RegisterEntry) -> str | None:
    """Where an entry is answered with a document, for whoever handles it and drafts in its office's name; else None."""
    handles = entry.state in policy.ANSWERABLE and request.has_permission(P.ENTRY_HANDLE, entry)
    drafts = handles and request.has_permission(P.DOCUMENT_DRAFT, entry.box)
    return url(entry.box, "draft") + f"?answers={entry.uid}" if drafts else None


@view_config(
    context=ExchangeBox,
    name="draft",
    permission=P.DOCUMENT_DRAFT,
    request_method="POST",
    renderer=TEMPLATES + "edit.pt",
    **FORM,
)
def add(context: ExchangeBox, request: Any) -> Any:
    """A new draft out of what was typed."""
    return _post(request, context, None)


@view_config(
    context=OutgoingDocument,
    name="edit",
    permission=P.DOCUMENT_DRAFT,
    request_method="GET",
    renderer=TEMPLATES + "edit.pt",
)
def edit(context: OutgoingDocument, request: Any) -> Any:
    """The editor of an existing draft, on demand with what keeps it from being submitted; once submitted there is only its page."""
    if context.state != "draft":
        return HTTPSeeOther(url(context, ""))
    if not (policy.held_by_another(context, request.actor) and context.case_officer is request.actor.person):
        _require(context, request)  # The case officer may look at what another holds, and is told who.
    request.registry.viewings.show(context, context, context.files, request.actor)
    missing = by_field(may(context, "submit", request.actor).reasons) if request.GET.get("check") else None
    return _page(request, context.box, context, values_of(context), missing)


@view_config(
    context=OutgoingDocument,
    name="edit",
    permission=P.DOCUMENT_DRAFT,
    request_method="POST",
    renderer=TEMPLATES + "edit.pt",
    **FORM,
)
def save(context: OutgoingDocument, request: Any) -> Any:
    """Save what was typed."""
    return _post(request, context.box, context)


def _require(document: OutgoingDocument, request: Any) -> None:
    """Raise Refused for whoever may not edit the draft, as the POST would."""
    verdict = may(document, "edit", request.actor)
    if not verdict.allowed:
        asked = Act(document, request.actor, clock.now())
        raise Refused(verdict.reasons, refusal(table_of(document), "edit", asked, verdict.reasons))


def _post(request: Any, box: ExchangeBox, document: OutgoingDocument | None) -> Any:
    """What the pressed button asks: a text from a file, one more attachment, or saving, perhaps with submitting."""
    values, then = typed(request, box, document), request.POST.get("then", "save")
    if document is not None and then in ("import", "more"):
        _require(document, request)
    if then == "import":
        return _import(request, box, document, values)
    if then == "more":
        return _page(request, box, document, values, more=True, began=_began(request))
    return _save(request, box, document, values, submit=then == "submit")


def _save(
    request: Any, box: ExchangeBox, document: OutgoingDocument | None, values: dict[str, Any], *, submit: bool
) -> Any:
    """Save all of it, or nothing: the page that says what is wrong shows the draft as it is kept."""
    uploads, errors = _accept(request)
    before = request.tm.savepoint()
    made = document if document is not None else begin(box, request.actor)
    errors |= attempt(request, made, "edit", values=values, began=_began(request) if document is not None else 0)
    errors |= {} if errors else _files(request, made, uploads)
    if errors:
        before.rollback()
        request.tm.doom()
        request.response.status_int = 422
        return _page(request, box, document, values, errors, uploads)
    if submit:
        return _submit(request, made)
    return done(request, _("文稿已保存。"), url(made, "edit"))


def _began(request: Any) -> int:
    """How often the draft had been saved when the form was opened; never true of a draft for what is no number."""
    text = request.POST.get("began", "")
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= 9 else -1


def _submit(request: Any, document: OutgoingDocument) -> Any:
    """Submit what was just saved; when refused, the draft stays saved and the page says what is missing."""
    try:
        act(document, "submit", request.actor)
    except Refused as refused:
        flag(request, **{key: refused.refusal[key] for key in ("action", "subject", "reason")})
        request.response.status_int = 422
        return _page(
            request, document.box, document, values_of(document), by_field(refused.reasons), NONE, difference=None
        )
    return done(request, _("已送核稿。"), url(document, ""))


def _accept(request: Any) -> tuple[dict[str, list[str]], dict[str, Any]]:
    """The ids of the uploads by field, plain files among them; and what was wrong with one."""
    uploads: dict[str, list[str]] = {name: [] for name in UPLOADS}
    errors = {}
    for name, ids in uploads.items():
        for upload in uploads_of(request, name):
            try:
                ids.append(accepted(request, upload))
            except UploadError as error:
                errors[name] = error.words
    return uploads, errors


def _files(request: Any, document: OutgoingDocument, uploads: dict[str, list[str]]) -> dict[str, Any]:
    """Take away the files ticked and add the uploads; answers what does not fit, by field."""
    for file in document.files:
        if file.uid in request.POST.getall("remove"):
            detach(document, file)
    errors: dict[str, Any] = {}
    for name, ids in uploads.items():
        for id_ in ids:
            try:
                attach(document, id_, UPLOADS[name], request.actor)
            except UnfitFileError as error:
                errors[name] = error.reason.text
            except UploadError as error:
                errors[name] = error.words
    if errors:
        flag(
            request,
            action="outgoing_document.edit",
            subject=request.path,
            reason="; ".join(map(plain, errors.values())),
        )
    return errors


def _import(
    request: Any, box: ExchangeBox, document: OutgoingDocument | None, values: dict[str, Any]
) -> dict[str, Any]:
    """The form with the text of a file in it, to be looked through; nothing is kept of the file."""
    uploads, errors = _accept(request)
    try:
        values = with_text(values, _brought(request))
    except UnreadableError as error:
        errors["source"] = error.reason.text
    except UploadError as error:
        errors["source"] = error.words
    if errors:
        request.response.status_int = 422
    return _page(
        request, box, document, values, errors, uploads, imported=not errors, difference=None, began=_began(request)
    )


def _brought(request: Any) -> Any:
    """The text of the file in the field ``source``. Raise UnreadableError or UploadError."""
    found = uploads_of(request, "source")
    if not found:
        raise UnreadableError(Reason(_("请先选择要导入的文件。"), "", "source"))
    upload = request.registry.uploads.claim(accepted(request, found[-1]), request.account.id, request.tm)
    return bring(upload.path, upload.type, upload.filename)


@view_config(
    context=ExchangeBox,
    name="draft_check",
    permission=P.DOCUMENT_DRAFT,
    request_method="POST",
    renderer=TEMPLATES + "check.pt",
    **FORM,
)
@view_config(
    context=OutgoingDocument,
    name="check",
    permission=P.DOCUMENT_DRAFT,
    request_method="POST",
    renderer=TEMPLATES + "check.pt",
    **FORM,
)
def check(context: Any, request: Any) -> dict[str, Any]:
    """What the rules say of what stands in the form now; nothing is kept."""
    return _checked(_sketch(context, request), request)


@view_config(context=ExchangeBox, name="draft_preview", permission=P.DOCUMENT_DRAFT, request_method="POST", **FORM)
@view_config(context=OutgoingDocument, name="preview", permission=P.DOCUMENT_DRAFT, request_method="POST", **FORM)
def preview_image(context: Any, request: Any) -> Response:
    """The first pages of what stands in the form now as one image, or in plain words why there is none; nothing is kept."""
    try:
        made = preview(_sketch(context, request), request.registry)
    except PreviewError as error:
        words = request.localizer.translate(error.words)
        return Response(words, status=503 if error.busy else 422, content_type="text/plain", charset="utf-8")
    response = Response(made.image, content_type="image/png")
    missing = quote("、".join(made.missing[:20]))
    response.headers.update(
        {"Govrepo-Shown": str(made.shown), "Govrepo-Pages": str(made.pages), "Govrepo-Missing": missing}
    )
    return response


def _sketch(context: Any, request: Any) -> OutgoingDocument:
    document = context if isinstance(context, OutgoingDocument) else None
    box = context if document is None else document.box
    if document is not None:
        _require(document, request)
    return policy.sketch(box, request.actor, typed(request, box, document), document)


@view_config(context=OutgoingDocument, name="hold", permission=P.DOCUMENT_DRAFT, request_method="POST")
def hold(context: OutgoingDocument, request: Any) -> Any:
    """Check the draft out, or in again."""
    name = request.POST.get("act", "")
    if name not in ("check_out", "check_in"):
        raise HTTPBadRequest
    attempt(request, context, name)
    held = _("已签出，${hours}小时内别人不能保存。", mapping={"hours": policy.HELD // timedelta(hours=1)})
    words = held if name == "check_out" else _("已签入。")
    return done(request, words, url(context, "edit"))


FIELDS = (
    "series", "kind", "classification", "title", "body", "attachments", "mains", "copies", "issuers", "important", "note", "answers",
)  # fmt: skip
"""Where a rule may have something to say."""


def _checked(sketch: OutgoingDocument, request: Any) -> dict[str, Any]:
    problems, hints = policy.problems(sketch, request.actor), policy.hints(sketch)
    live = {
        name: tuple([each.text for each in found if each.field == name] for found in (problems, hints))
        for name in FIELDS
    }
    return {
        "problems": problems,
        "hints": hints,
        "live": live,
        "outline": outline(sketch.body),
        "length": len(sketch.body),
    }


def _page(
    request: Any,
    box: ExchangeBox,
    document: OutgoingDocument | None,
    values: dict[str, Any],
    errors: dict[str, Any] | None = None,
    uploads: dict[str, list[str]] | None = None,
    **said: Any,
) -> dict[str, Any]:
    """Everything the editor shows; ``said`` goes over it: that there is one attachment ``more``, that a text was ``imported``, what it ``began`` with."""
    request.box_folder = (box, "drafts")
    sketch = policy.sketch(box, request.actor, values, document)
    given = {name: request.POST.getall(f"{name}_upload") for name in UPLOADS} if uploads is None else uploads
    pristine = document is None and request.method == "GET"
    return {
        "box": box,
        "document": document,
        "kept": {name: kept(request, ids) for name, ids in given.items()},
        "chunk": request.registry.govrepo_settings.upload_chunk_bytes,
        "checked": None if pristine else _checked(sketch, request),
        "difference": _overtaken(request, document, sketch) if errors else None,
        "values": fields(values),
        "errors": errors or {},
        "more": False,
        "imported": False,
        **(_unsaved(box) if document is None else _kept_draft(request, document)),
        **offers(request, box, document),
        **said,
    }


def _unsaved(box: ExchangeBox) -> dict[str, Any]:
    """What the editor shows of a draft that is not saved yet: where it goes."""
    return {
        "title": _("拟稿"),
        "crumbs": [(box.title, url(box, "drafts"))],
        "here": url(box),
        "action": url(box, "draft"),
        "check": url(box, "draft_check"),
        "preview": url(box, "draft_preview"),
        "began": 0,
        "files": [],
        **dict.fromkeys(("held", "foreign", "returned")),
    }


def _kept_draft(request: Any, document: OutgoingDocument) -> dict[str, Any]:
    """What the editor shows of a draft that is there: who has it in hand, why it came back, its files."""
    returned = policy.last_return(document)
    return {
        "title": _("修改文稿"),
        "crumbs": [
            (document.box.title, url(document.box, "drafts")),
            (document.title or _("（未填标题）"), url(document, "")),
        ],
        "here": url(document),
        "action": url(document, "edit"),
        "check": url(document, "check"),
        "preview": url(document, "preview"),
        "began": policy.saves(document),
        "files": [file_line(file) for file in document.files],
        "held": policy.holding(document),
        "foreign": policy.held_by_another(document, request.actor),
        "returned": returned and {"step": STEP_WORDS[returned.step], "opinion": returned},
    }


def _overtaken(request: Any, document: OutgoingDocument | None, sketch: OutgoingDocument) -> Any:
    """What a form differs in from the draft that somebody saved after it was opened; None if nobody did."""
    if document is None or request.method == "GET" or _began(request) == policy.saves(document):
        return None
    return text_versions.compare(document, sketch)
