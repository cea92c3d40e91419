"""Composing (起草): elements, files and recipients of a draft, saved as typed, checked when submitted (R-N4.2, P-30, P-31).

Saving keeps whatever was typed; what is missing is said at the field, and nothing typed is lost.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config

from content_types.dispatch import Address, Dispatch, DispatchKind, Recipient
from content_types.exchange_box import BoxKind, ExchangeBox
from content_types.file_object import FileRole
from content_types.official_document import FORWARDED, INFORMAL_KINDS, KINDS, Classification, OfficialDocument, Urgency
from govrepo import rules
from govrepo.files import UploadError
from govrepo.i18n import joined
from govrepo.security.refusals import flag
from policies import sending
from policies.engine import Refused, act, may
from policies.file_object import UnfitFileError, attach, detach
from policies.official_document import canonical_number, warnings
from policies.paper_item import CHANNELS
from policies.permissions import Permission as P

from .acts import done, url
from .i18n import _
from .paper_lines import specials_in, specials_text
from .reading import CLASSIFICATION_WORDS, file_line, kind_choices
from .recipients import addressable_boxes, groups_of
from .reply import REPLY_KINDS, fill_terms, terms_values
from .sending_on import origin

TEMPLATE = "views:templates/dispatch/compose.pt"
TEXTS = ("title", "number", "no_number_reason", "signer", "note")
UPLOADS = {
    "scan": FileRole.SCAN,
    "original": FileRole.ORIGINAL,
    "editable": FileRole.EDITABLE,
    "attachment": FileRole.ATTACHMENT,
}
LONGEST = 500
"""Characters of a text field; official titles stay far below."""
MOST_DIGITS = 2
"""Of the number of copies a recipient may print (P-35)."""


@view_config(
    context=ExchangeBox,
    name="compose",
    permission=P.DISPATCH_COMPOSE,
    request_method=("GET", "POST"),
    files=tuple(UPLOADS),
    renderer=TEMPLATE,
)
def compose(context: ExchangeBox, request: Any) -> Any:
    """A new draft: the empty form, and the POST that makes it."""
    informal = context.kind is BoxKind.DIVISION
    if request.method != "POST":
        quota = rules.value(context, request.registry.govrepo_settings, "print_quota")
        return form(
            request,
            context,
            None,
            {"informal": informal, "kind": "", "urgency": "plain", "date": "", "quota": quota},
            {},
        )
    dispatch = sending.new_draft(context, request.actor, informal=informal)
    return _save(request, dispatch, created=True)


@view_config(
    context=Dispatch,
    name="edit",
    permission=P.DISPATCH_PREPARE,
    request_method=("GET", "POST"),
    files=tuple(UPLOADS),
    renderer=TEMPLATE,
)
def edit(context: Dispatch, request: Any) -> Any:
    """An existing draft: its form with what is missing, and the POST that saves it."""
    if context.state != "drafting" or context.document.frozen:
        return HTTPSeeOther(url(context, ""))
    if request.method != "POST":
        errors = _missing(request, context) if request.GET.get("check") else {}
        return form(request, context.box, context, _values(context), errors)
    return _save(request, context, created=False)


def _save(request: Any, dispatch: Dispatch, *, created: bool) -> Any:
    """Keep what was typed; on "submit", try that too. A file that does not fit is the one thing that is not kept."""
    if not created:
        act(dispatch, "edit", request.actor)
    errors = _fill(request, dispatch)
    if errors:
        flag(request, action="dispatch.edit", subject=url(dispatch), reason="; ".join(map(str, errors.values())))
        request.response.status_int = 422
        return form(request, dispatch.box, dispatch, _values(dispatch), errors)
    if request.POST.get("then") == "submit":
        return _submit(request, dispatch)
    return done(request, _("草稿已保存。"), url(dispatch, "edit"))


def _submit(request: Any, dispatch: Dispatch) -> Any:
    """Submit what was just saved; when refused, the draft stays saved and the page says what is missing."""
    try:
        act(dispatch, "submit", request.actor)
    except Refused as refused:
        flag(request, **{key: refused.refusal[key] for key in ("action", "subject", "reason")})
        request.response.status_int = 422
        return form(request, dispatch.box, dispatch, _values(dispatch), by_field(refused.reasons))
    return done(request, _("已提交，等待核准。"), url(dispatch, ""))


def _missing(request: Any, dispatch: Dispatch) -> dict[str, Any]:
    return by_field(may(dispatch, "submit", request.actor).reasons)


def by_field(reasons: Any) -> dict[str, Any]:
    """The reasons by form field; several at one field are joined, those of no field stand at the top."""
    errors: dict[str, list[Any]] = {}
    for reason in reasons:
        errors.setdefault(reason.field or "form", []).append(reason.text)
    return {name: joined(texts) for name, texts in errors.items()}


def _fill(request: Any, dispatch: Dispatch) -> dict[str, Any]:
    """Copy the form into the draft; answers what could not be taken, by field."""
    dispatch.recipients = _recipients(request, dispatch)
    return fill_elements(request, dispatch.document) | fill_terms(request, dispatch) | fill_files(request, dispatch)


def fill_elements(request: Any, document: OfficialDocument) -> dict[str, Any]:
    """Copy the elements; answers what could not be read, by field."""
    post = request.POST
    for name in TEXTS:
        setattr(document, name, " ".join(post.get(name, "").split())[:LONGEST])
    document.number = canonical_number(document.number)
    kinds = INFORMAL_KINDS if document.informal else KINDS
    document.kind = post.get("kind", "") if post.get("kind", "") in kinds else ""
    document.urgency = one_of(Urgency, post.get("urgency", ""), Urgency.PLAIN)
    document.classification = one_of(Classification, post.get("classification", ""), Classification.NONE)
    document.special_attachments = specials_in(post.get("special", ""), post.get("special_channel", ""))
    return fill_date(document, post.get("date", ""))


def one_of(choices: Any, text: str, otherwise: Any) -> Any:
    """The choice a text names, or another one."""
    try:
        return choices(text)
    except ValueError:
        return otherwise


def fill_date(document: Any, text: str) -> dict[str, Any]:
    """Read the date of the document; answers the message when it cannot be read."""
    try:
        document.date = date.fromisoformat(text) if text.strip() else None
    except ValueError:
        return {"date": _("日期应写成 2012-12-26 的样子。")}
    return {}


def fill_files(request: Any, dispatch: Dispatch) -> dict[str, Any]:
    """Take away the files ticked and add the uploads; answers what does not fit, by field."""
    for file in dispatch.document.files:
        if file.uid in request.POST.getall("remove"):
            detach(dispatch, file)
    errors: dict[str, Any] = {}
    for name, role in UPLOADS.items():
        for upload in uploads_of(request, name):
            try:
                attach(dispatch, accepted(request, upload), role, request.actor)
            except UnfitFileError as error:
                errors[name] = error.reason.text
            except UploadError as error:
                errors[name] = error.words
    return errors


def kept(request: Any, uploads: Iterable[str]) -> list[dict[str, Any]]:
    """The finished uploads of a refused form as the field shows them, so that nobody uploads twice."""
    found = []
    for id_ in uploads:
        with suppress(UploadError):  # An upload that has expired, or never was this person's.
            upload = request.registry.uploads.status(id_, request.account.id)
            found.append({"id": upload.id, "name": upload.filename, "size": upload.size})
    return found


def uploads_of(request: Any, name: str) -> list[Any]:
    """The finished uploads of a field, and the plain files of a browser without scripts."""
    plain = [field for field in request.POST.getall(name) if hasattr(field, "filename")]
    return [*request.POST.getall(f"{name}_upload"), *plain]


def accepted(request: Any, upload: Any) -> str:
    """The id of an upload; a plain file becomes one. Raises UploadError for a file that is too large."""
    return upload if isinstance(upload, str) else request.registry.uploads.accept(request.account.id, upload)


def _recipients(request: Any, dispatch: Dispatch) -> tuple[Recipient, ...]:
    """The boxes ticked as main and as copy; unknown names are dropped, doubles are kept for the guard to name."""
    boxes = {box.__name__: box for box in addressable_boxes(dispatch.box)}
    quota = request.POST.get("quota", "1")
    copies = int(quota) if quota.isdecimal() and len(quota) <= MOST_DIGITS else 1
    return tuple(
        Recipient(boxes[name], address, copies)
        for field, address in (("mains", Address.MAIN), ("copies", Address.COPY))
        for name in request.POST.getall(field)
        if name in boxes
    )


def _values(dispatch: Dispatch) -> dict[str, Any]:
    document = dispatch.document
    values: dict[str, Any] = {name: getattr(document, name) for name in TEXTS}
    return values | {
        "kind": document.kind,
        "urgency": str(document.urgency),
        "classification": str(document.classification),
        "date": document.date.isoformat() if document.date else "",
        "special": specials_text(document.specials),
        "special_channel": document.specials[0].channel if document.specials else "",
        "informal": document.informal,
        "mains": [box.__name__ for box in dispatch.boxes(Address.MAIN)],
        "copies": [box.__name__ for box in dispatch.boxes(Address.COPY)],
        "quota": dispatch.recipients[0].quota if dispatch.recipients else 1,
        **terms_values(dispatch),
    }


def form(
    request: Any, box: ExchangeBox, dispatch: Dispatch | None, values: dict[str, Any], errors: dict[str, Any]
) -> dict[str, Any]:
    """Everything the form shows."""
    request.box_folder = (box, "drafts")
    document = dispatch.document if dispatch else None
    if document is not None and document.frozen:
        raise HTTPNotFound
    informal = values["informal"]
    forwarded = informal and values.get("kind") == FORWARDED
    title = (_("起草转办件") if forwarded else _("起草便函")) if informal else _("起草公文")
    return {
        "title": _("更正") if dispatch and dispatch.kind is DispatchKind.CORRECTION else title,
        "crumbs": [(box.title, url(box, "drafts"))],
        "box": box,
        "dispatch": dispatch,
        "entry": origin(dispatch, request),
        "action": url(dispatch, "edit") if dispatch else url(box, "compose"),
        "deployed": box.unit.is_fully_deployed,
        "kinds": kind_choices(INFORMAL_KINDS if informal else KINDS),
        "urgencies": [(str(each), request.fmt.urgency(str(each))) for each in Urgency],
        "classifications": [(str(key), word) for key, word in CLASSIFICATION_WORDS.items()],
        "channels": list(CHANNELS.items()),
        "groups": groups_of(box),
        "reply_kinds": REPLY_KINDS,
        "files": [file_line(file) for file in document.files] if document else [],
        "warnings": [reason.text for reason in warnings(dispatch)] if dispatch else [],
        "chunk": request.registry.govrepo_settings.upload_chunk_bytes,
        "values": values,
        "errors": errors,
    }
