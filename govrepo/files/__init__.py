"""Files: contents kept once (store), unfinished uploads, types by content, downloads.

Knows nothing of documents or of who may read them. A file has no URL of its own (design sect. 4).
"""

from datetime import timedelta
from typing import Any

from govrepo import clock
from govrepo.files.sniff import EDITABLE, FileType, require_libmagic, sniff
from govrepo.files.store import FileStore, StoredFile, iterate, store, verify
from govrepo.files.streaming import attachment
from govrepo.files.uploads import Claimed, UploadArea, UploadError

__all__ = [
    "EDITABLE",
    "Claimed",
    "FileStore",
    "FileType",
    "StoredFile",
    "UploadArea",
    "UploadError",
    "attachment",
    "includeme",
    "iterate",
    "sniff",
    "store",
    "verify",
]


def includeme(config: Any) -> None:
    """Put the area of unfinished uploads into the registry as ``uploads``; refuse to start without libmagic."""
    require_libmagic()
    settings = config.registry.govrepo_settings
    keep = timedelta(hours=settings.upload_keep_hours)
    config.registry.uploads = UploadArea(settings.path("uploads"), settings.upload_max_bytes, keep)
    config.include("govrepo.work")
    config.add_timed_job("files.sweep_uploads", sweep_uploads, every=timedelta(hours=1))


def sweep_uploads(job: Any) -> None:
    """Timed job: forget unfinished uploads that have expired."""
    job.registry.uploads.sweep(clock.now())
