"""The preview of a draft (版面预览): its first pages as they would be set, marked 草稿; made on demand and kept nowhere."""

import threading
from typing import Any, NamedTuple

from content_types.outgoing_document import OutgoingDocument
from govrepo.i18n import _
from govrepo.pdf.strip import strip
from govrepo.sandbox import SandboxError
from govrepo.typeset import TypesetError, typeset
from policies.plate import fonts_of, plate_of
from policies.plating import PROBLEMS

PAGES = 6
"""Pages drawn: enough to see head, body and end of nearly every document."""
WIDTH = 960
_AT_ONCE = threading.BoundedSemaphore(2)
"""Previews made at once in a process; whoever comes then is asked to try again, so that nobody waits behind previews for a page."""


class Preview(NamedTuple):
    """The image, how many pages it shows of how many, and the characters that no font has."""

    image: bytes
    shown: int
    pages: int
    missing: tuple[str, ...]


class PreviewError(ValueError):
    """There is no preview; ``words`` say why, ``busy`` that the next try may succeed."""

    def __init__(self, words: Any, *, busy: bool = False) -> None:
        super().__init__(str(words))
        self.words = words
        self.busy = busy


def preview(document: OutgoingDocument, registry: Any) -> Preview:
    """Set a draft and draw its first pages. Raise PreviewError."""
    if not _AT_ONCE.acquire(blocking=False):
        raise PreviewError(_("正在为其他人排版，请稍后再点预览。"), busy=True)
    try:
        made = typeset(plate_of(document, draft=True), fonts_of(registry))
        return Preview(strip(made.pdf, PAGES, WIDTH), min(made.pages, PAGES), made.pages, made.missing)
    except (TypesetError, SandboxError) as error:
        busy = error.kind == "busy"
        raise PreviewError(_words(error.kind), busy=busy) from error
    finally:
        _AT_ONCE.release()


def _words(kind: str) -> Any:
    if kind == "busy":
        return _("服务器正忙，请稍后再试。")
    return PROBLEMS.get("layout" if kind == "plate" else kind, PROBLEMS["failed"])
