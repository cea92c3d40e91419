"""The text of files: taken out once by the worker, kept beside the file, and read by search and screen readers (R-20; design.md sect. 6).

Taking it out is no condition of anything: a file that gives no text can be sent and read like any other, it is only not found by its words.
"""

from typing import Any

from pyramid.traversal import find_resource

from content_types.file_object import FileObject, FileRole, TextState
from content_types.official_document import OfficialDocument
from govrepo.catalog import register
from govrepo.extraction import READABLE, Extracted, extract
from govrepo.i18n import _
from govrepo.journal import ALLOWED, Entry, Event
from govrepo.sandbox import SandboxError
from govrepo.work import enqueue
from policies.kept import keep_octets

_BETWEEN = "\f"
_MIME = "text/plain; charset=utf-8"


def text_of(file: FileObject) -> str | None:
    """The text of a file; empty if it gives none, None while it has not been taken out yet."""
    if file.text_state == TextState.WAITING:
        return None
    return _BETWEEN.join(parts_of(file))


def parts_of(file: FileObject) -> list[str]:
    """The text of a file page by page; most formats have one part. Empty where there is none, or none yet."""
    if file.text is None:
        return []
    with file.text.open() as kept:
        return str(kept.read().decode()).split(_BETWEEN)


def is_waiting(document: OfficialDocument) -> bool:
    """Whether the text of some file of a document is still to be taken out."""
    return any(file.text_state == TextState.WAITING for file in document.files)


def take_text(job: Any) -> None:
    """Work handler ``file_object.extract``: take the text out of a file in a sandboxed child, once."""
    document = find_resource(job.root, job.payload["path"])
    file = next((each for each in document.files if each.uid == job.payload["file"]), None)
    if file is None or file.text_state != TextState.WAITING:
        return
    found = _taken(file)
    if found.parts:
        _keep(document, file, found)
    register(document, "items", job.registry).changed(document)
    details = {"file": file.uid, "sha256": file.sha256, "state": str(file.text_state)}
    entry = Entry("file_object.extract", "system", subject=job.payload["path"], subject_uid=file.uid, details=details)
    job.registry.journal.append(entry, document)
    if document.files_of(FileRole.EDITABLE) and not is_waiting(document):
        enqueue(document, "text_comparison.compare", path=job.payload["path"])


def _taken(file: FileObject) -> Extracted:
    """What the sandbox gives, with the file's state set by it. Raise SandboxError if the machine is too busy to look."""
    nothing = Extracted((), cut=False)
    if file.type_code not in READABLE or file.encrypted or file.problem:
        file.text_state = TextState.NONE
        return nothing
    try:
        with file.stored.as_path() as path:
            found = extract(path, file.type_code)
    except SandboxError as error:
        if error.kind == "busy":
            raise
        file.text_state = TextState.FAILED
        return nothing
    if not any(part.strip() for part in found.parts):
        file.text_state = TextState.NONE
        return nothing
    file.text_state = TextState.CUT if found.cut else TextState.KEPT
    return found


def _keep(document: OfficialDocument, file: FileObject, found: Extracted) -> None:
    """Keep the text as a stored file of its own: durable, hashed, and gone with the last file that refers to it."""
    octets = _BETWEEN.join(part.replace(_BETWEEN, "\n") for part in found.parts).encode(errors="replace")
    file.text = keep_octets(document, octets, _MIME)


def includeme(config: Any) -> None:
    """Register the work handler."""
    said = {"file": _("文件标识"), "sha256": _("文件的散列"), "state": _("提取结果")}
    config.add_journal_events("file_object", _("文件"), Event("extract", _("提取文件正文"), said, (ALLOWED,)))
    config.add_work_handler("file_object.extract", take_text)
