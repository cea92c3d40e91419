"""Files of a document: how an upload becomes one, and the inspection in the worker (R-N4.2, P-51; design.md sect. 8, last line)."""

from contextlib import suppress
from typing import Any

from pyramid.traversal import find_resource, resource_path

from content_types.dispatch import Dispatch
from content_types.file_object import FileObject, FileRole, TextState
from content_types.outgoing_document import OutgoingDocument
from govrepo.catalog import register
from govrepo.database import site
from govrepo.files import store
from govrepo.i18n import _
from govrepo.journal import ALLOWED, Entry, Event
from govrepo.pdf import PageNotFoundError, inspect, page_image
from govrepo.sandbox import SandboxError
from govrepo.work import enqueue
from policies import verification
from policies.actor import Actor
from policies.engine import Reason
from policies.formats import role_fits

PAGE_WIDTH = 960
"""Width of a page image in pixels: sharp at 1366 and good at 1920."""

PAGES_DRAWN = 5


class UnfitFileError(ValueError):
    """An upload that may not become a file of the role; ``reason`` says why in words."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason.text))
        self.reason = reason


Holder = Dispatch | OutgoingDocument
"""What has files put into it: a sending, whose document they are; or a document that is made here."""


def document_of(holder: Holder) -> Any:
    """The document whose files a holder's are."""
    return holder.document if isinstance(holder, Dispatch) else holder


def attach(holder: Holder, upload_id: str, role: FileRole, actor: Actor) -> FileObject:
    """Make a finished upload a file of the draft's document, and have it inspected after the commit.

    The type is told from the content (govrepo/files/sniff.py) when the upload ends. Raises UnfitFileError for a type the role does not take, and
    the upload area's UploadError for an upload that is not the actor's or not finished.
    """
    manager = site(holder)._p_jar.transaction_manager  # noqa: SLF001 - ZODB's documented way.
    _require_draft(holder)
    claimed = actor.registry.uploads.claim(upload_id, actor.person.id, manager)
    if not role_fits(role, claimed.type.code):
        raise UnfitFileError(_unfit(claimed.filename, claimed.type))
    stored = store(holder).keep(claimed, claimed.sha256, claimed.size, claimed.mime)
    store(holder).acquire(stored)
    file = FileObject(role, claimed.filename, stored, claimed.type.code)
    file.active = ("macros",) if claimed.type.macros else ()
    document = document_of(holder)
    document.files = (*document.files, file)
    enqueue(holder, "file_object.inspect", path=resource_path(holder), file=file.uid)
    return file


def take_over(dispatch: Dispatch, file: FileObject) -> FileObject:
    """Make another document's inspected file an attachment of the draft: the same stored content, referenced once more (R-33.1)."""
    _require_draft(dispatch)
    copy = FileObject(FileRole.ATTACHMENT, file.filename, file.stored, file.type_code)
    for name in ("state", "pages", "encrypted", "active", "has_text", "problem", "text", "text_state"):
        setattr(copy, name, getattr(file, name))
    for stored in filter(None, (copy.stored, copy.text)):
        store(dispatch).acquire(stored)
    dispatch.document.files = (*dispatch.document.files, copy)
    if copy.text_state == TextState.WAITING:
        enqueue(dispatch, "file_object.extract", path=resource_path(dispatch.document), file=copy.uid)
    return copy


def _require_draft(holder: Holder) -> None:
    """Files are frozen with their document (design.md sect. 5)."""
    if document_of(holder).frozen:
        raise UnfitFileError(Reason(_("文件已定稿，不能增减附件。"), "5.1", "files"))


def _unfit(filename: str, kind: Any) -> Reason:
    why = kind.refusal_zh or kind.label_zh
    words = _("文件“${name}”不能用在这里：${why}。", mapping={"name": filename, "why": why})
    return Reason(words, "R-N4.2", "files")


def detach(holder: Holder, file: FileObject) -> None:
    """Take a file out of the draft's document; the last reference takes the blob with it."""
    _require_draft(holder)
    document = document_of(holder)
    document.files = tuple(each for each in document.files if each is not file)
    store(holder).release(file.stored)
    if file.text is not None:
        store(holder).release(file.text)


def inspect_file(job: Any) -> None:
    """Work handler ``file_object.inspect``: parse the file in a sandboxed child and keep what was found."""
    holder = find_resource(job.root, job.payload["path"])
    document = document_of(holder)
    file = next((each for each in document.files if each.uid == job.payload["file"]), None)
    if file is None or file.state != "waiting":
        return
    if file.type_code == "pdf":
        _inspect_pdf(file)
        verification.look_at(file, document, job.registry)
        _draw_first_pages(file, job.registry)
    file.state = "inspected"
    enqueue(holder, "file_object.extract", path=resource_path(document), file=file.uid)
    register(holder, "dispatches" if isinstance(holder, Dispatch) else "outgoing", job.registry).changed(holder)
    details = {"file": file.uid, "sha256": file.sha256, "problem": file.problem, "encrypted": file.encrypted}
    entry = Entry("file_object.inspect", "system", subject=job.payload["path"], subject_uid=file.uid, details=details)
    job.registry.journal.append(entry, holder)


def _inspect_pdf(file: FileObject) -> None:
    with file.stored.as_path() as path:
        found = inspect(path)
    file.pages = found.pages
    file.encrypted = found.encrypted
    file.active = tuple(found.active_content)
    file.has_text = found.has_text
    file.problem = "" if found.ok or found.encrypted else str(found.error or "unreadable")


def _draw_first_pages(file: FileObject, registry: Any) -> None:
    """Draw the first pages now, so that nobody waits for them while reading; a page that cannot be drawn is found then."""
    for page in range(min(file.pages, PAGES_DRAWN)):
        with suppress(PageNotFoundError, SandboxError):
            page_image(file.stored, page, PAGE_WIDTH, registry)


def includeme(config: Any) -> None:
    """Register the work handler."""
    said = {"file": _("文件标识"), "sha256": _("文件的散列"), "problem": _("发现的问题"), "encrypted": _("是否加密")}
    config.add_journal_events("file_object", _("文件"), Event("inspect", _("检查文件"), said, (ALLOWED,)))
    config.add_work_handler("file_object.inspect", inspect_file)
