"""The database's upkeep: how big it is, and packing, which drops old revisions and what nobody refers to any more.

Packing never touches the journal, which is another file and outside the database (R-7.2). It runs as a work item: only the worker
packs, one pack at a time. What it did is kept, newest last.
"""

import logging
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from persistent import Persistent

from govrepo import clock
from govrepo.database import database

KEPT = 50
"""How many past packs are remembered; the journal remembers all."""

log = logging.getLogger(__name__)


class Pack(NamedTuple):
    """One pack: who asked for it and when, days of revisions kept, and how it went; sizes in bytes."""

    asked: datetime
    by: str
    by_name: str
    days: int
    ended: datetime | None = None
    before: int = 0
    after: int = 0
    error: str = ""


class PackRunningError(Exception):
    """A pack waits or runs already."""


class Upkeep(Persistent):
    """What is remembered of the database's upkeep, and since when and when last a worker was in service: ``site.upkeep``."""

    served_since: datetime | None = None
    served_at: datetime | None = None

    def __init__(self) -> None:
        super().__init__()
        self.packs: tuple[Pack, ...] = ()

    @property
    def running(self) -> Pack | None:
        """The pack that waits or runs, if any."""
        return self.packs[-1] if self.packs and self.packs[-1].ended is None else None

    def ask(self, pack: Pack) -> None:
        """Remember a pack that was asked for; raise PackRunningError while another one waits or runs."""
        if self.running is not None:
            raise PackRunningError
        self.packs = (*self.packs, pack)[-KEPT:]

    def finish(self, before: int, after: int, error: str = "") -> None:
        """Remember how the running pack went."""
        done = self.packs[-1]._replace(ended=clock.now(), before=before, after=after, error=error)
        self.packs = (*self.packs[:-1], done)


class Sizes(NamedTuple):
    """How big the parts of a site are, in bytes; ``objects`` is a number, ``free`` what its disk has left."""

    database: int
    objects: int
    blobs: int
    journal: int
    free: int


def sizes(registry: Any) -> Sizes:
    """Measure the site: the blob folder is walked, about a second for 200,000 files."""
    settings, zodb = registry.govrepo_settings, database(registry)
    blobs = getattr(zodb.storage, "fshelper", None)
    journal = settings.path("journal")
    return Sizes(
        database=zodb.getSize(),
        objects=zodb.objectCount(),
        blobs=_folder(Path(blobs.base_dir)) if blobs else 0,
        journal=sum(_file(each) for each in _beside(journal)),
        free=shutil.disk_usage(settings.path("var")).free,
    )


def _beside(journal: Path) -> Iterator[Path]:
    """The journal's file, its log and its sealed periods; none of a journal in a database."""
    if journal.is_file():
        yield from journal.parent.glob(f"{journal.stem}*{journal.suffix}*")


def _folder(folder: Path) -> int:
    return sum(_file(Path(where) / name) for where, _folders, names in os.walk(folder) for name in names)


def _file(path: Path) -> int:
    """A file's bytes; 0 for one that is not there (any more)."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def pack(job: Any) -> None:
    """Work handler: pack, and remember how it went. Whatever fails is told on the page; it is not tried again by itself."""
    asked = job.root.upkeep.running
    if asked is None:
        return
    zodb = database(job.registry)
    before, error = zodb.getSize(), ""
    try:
        zodb.pack(days=asked.days)
    except Exception as failure:
        error = type(failure).__name__
        log.exception("the database could not be packed")
    job.root.upkeep.finish(before, zodb.getSize(), error)
