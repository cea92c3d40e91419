"""Path B of an outgoing document (R-N4.2, domain.md 5.1): what was stamped on paper is scanned, its number and day typed, the files checked, then it is final."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from content_types.file_object import FileRole
from content_types.outgoing_document import OutgoingDocument
from govrepo.files import UploadError
from policies.file_object import UnfitFileError, attach, detach
from policies.permissions import Permission as P

from .acts import attempt, buttons, done, url
from .compose import accepted, uploads_of
from .days import day_of
from .i18n import _
from .reading import file_line

UPLOADS = {"scan": FileRole.SCAN, "editable": FileRole.EDITABLE}


@view_config(
    context=OutgoingDocument,
    name="scan",
    permission=P.DOCUMENT_DRAFT,
    request_method=("GET", "POST"),
    files=tuple(UPLOADS),
    renderer="views:templates/outgoing_scan/page.pt",
)
def scan(context: OutgoingDocument, request: Any) -> Any:
    """The form; its POST keeps what was typed and uploaded, or makes the document final once the files were checked."""
    errors: dict[str, Any] = {}
    if request.method == "POST":
        errors = _final(context, request) if request.POST.get("then") == "attach" else _keep(context, request)
        if not errors:
            return _went(context, request)
    elif context.state != "rechecked":
        return HTTPSeeOther(url(context, ""))
    return {
        "title": _("挂接盖章扫描件"),
        "crumbs": [(context.title, url(context, ""))],
        "here": url(context),
        "document": context,
        "files": [file_line(file) for file in context.files],
        "button": buttons(request, context, ("attach_scan",)).get("attach_scan"),
        "chunk": request.registry.govrepo_settings.upload_chunk_bytes,
        "values": _values(context, request),
        "errors": errors,
    }


def _values(document: OutgoingDocument, request: Any) -> dict[str, Any]:
    if request.method == "POST":
        return dict(request.POST)
    return {"number": document.number, "date": document.date.isoformat() if document.date else ""}


def _keep(document: OutgoingDocument, request: Any) -> dict[str, Any]:
    """Keep number, day and files; answers what could not be taken, by field."""
    given = {"number": request.POST.get("number", ""), "date": day_of(request.POST.get("date", ""))}
    errors = attempt(request, document, "take_scan", **given)
    if errors:
        return errors
    for file in document.files:
        if file.uid in request.POST.getall("remove"):
            detach(document, file)
    found = _uploaded(document, request)
    if found:
        request.response.status_int = 422
        request.tm.doom()
    return found


def _uploaded(document: OutgoingDocument, request: Any) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    for name, role in UPLOADS.items():
        for upload in uploads_of(request, name):
            try:
                attach(document, accepted(request, upload), role, request.actor)
            except UnfitFileError as error:
                errors[name] = error.reason.text
            except UploadError as error:
                errors[name] = error.words
    return errors


def _final(document: OutgoingDocument, request: Any) -> dict[str, Any]:
    return attempt(request, document, "attach_scan")


def _went(document: OutgoingDocument, request: Any) -> Any:
    if document.state == "sealed":
        return done(request, _("已挂接，文件已定稿。"), url(document, ""))
    return done(request, _("已保存。文件检查完毕后，再按“挂接盖章扫描件”。"), url(document, "scan"))
