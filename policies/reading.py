"""Reading is an act: whoever is shown a document's content leaves an entry with the files' digests (R-7.1, R-N3.3; design.md sect. 7).

A page with its images is one viewing: the same session, object and file leave one entry in :data:`VIEWING`. Each process counts by
itself, so a viewing served by two leaves two. Reading writes nothing but the journal; if that cannot be written, nothing is shown.
"""

from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from pyramid.traversal import resource_path

from content_types.file_object import FileObject
from content_types.official_document import OfficialDocument
from govrepo import clock
from govrepo.i18n import _
from govrepo.journal import ALLOWED, Entry, Event
from policies.actor import Actor

VIEWING = timedelta(minutes=10)
MOST = 10_000
"""Viewings remembered at once; the longest unused are forgotten first."""

Key = tuple[str, str, str]


class Viewings:
    """What each session has been shown lately, in this process."""

    def __init__(self) -> None:
        self._ends: OrderedDict[Key, datetime] = OrderedDict()
        self._lock = Lock()

    def show(self, context: Any, document: OfficialDocument, files: Iterable[FileObject], actor: Actor) -> None:
        """Journal which files of a document are shown through an object and were not within the viewing; raises JournalUnavailableError."""
        now = clock.now()
        with self._lock:
            keys = {(actor.session or actor.id, context.uid, file.uid): file for file in files}
            new = [file.sha256 for key, file in keys.items() if not self._is_open(key, now)]
            if new:
                actor.registry.journal.append_now(_entry(context, document, new, actor))
            for key in keys:
                self._keep(key, now + VIEWING)

    def _is_open(self, key: Key, now: datetime) -> bool:
        end = self._ends.get(key)
        return end is not None and now < end <= now + VIEWING

    def _keep(self, key: Key, end: datetime) -> None:
        if not self._is_open(key, clock.now()):
            self._ends[key] = end
        self._ends.move_to_end(key)
        if len(self._ends) > MOST:
            self._ends.popitem(last=False)


def _entry(context: Any, document: OfficialDocument, digests: list[str], actor: Actor) -> Entry:
    return Entry(
        "document.read",
        actor.id,
        subject=resource_path(context),
        subject_uid=context.uid,
        version=document.digest(),
        certificate=actor.certificate,
        session=actor.session,
        address=actor.address,
        details={"document": document.uid, "files": digests},
    )


def includeme(config: Any) -> None:
    """Remember the viewings as ``registry.viewings``."""
    config.registry.viewings = Viewings()
    said = {"document": _("公文标识"), "files": _("文件的散列")}
    config.add_journal_events("document", _("公文"), Event("read", _("阅读"), said, (ALLOWED,)))
