"""What others have said of a checkpoint: a time stamp authority when it was there, the auditor that it was looked at (SOD-12, R-7.2).

A checkpoint bears the system's signature alone; whoever owns the machine could sign another one. A time stamp (``.tsr``, RFC 3161)
shows that it is no later invention, the auditor's countersignature (``.countersign``) that the journal then still followed from the one
countersigned before. Both lie beside the checkpoint's files; ``site.journal_witnesses`` keeps them. The off-line half is
``govrepo.journal.testimony``.
"""

import hashlib
import logging
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from BTrees.LOBTree import LOBTree
from persistent import Persistent

from govrepo.journal.checkpoint import Checkpoint, write_once
from govrepo.trust.timestamp import as_response
from govrepo.trust.tsa import NoTimeStampError

STAMPED_AT_ONCE = 100
"""Checkpoints that one run of the job stamps, those that an outside authority owes among them."""

log = logging.getLogger(__name__)


class Witnesses(Persistent):
    """By a checkpoint's number of entries: ``stamps``, time stamp tokens (DER); ``countersignatures``, files as exported (JSON).

    The worker alone writes the first, the auditor's acts the second, each key once. ``put_forward`` is the size of the longest
    checkpoint that was put before the auditor, ``watched`` that of the last one found to hold;
    ``behind_since`` tells since when the copy on another host has failed.
    """

    put_forward = 0
    watched = 0
    behind_since: datetime | None = None

    def __init__(self) -> None:
        super().__init__()
        self.stamps = LOBTree()
        self.countersignatures = LOBTree()

    def keep_stamp(self, size: int, token: bytes) -> None:
        """Keep a token. Raises ValueError where there is one."""
        _keep(self.stamps, size, token)

    def keep_countersignature(self, size: int, content: bytes) -> None:
        """Keep a countersignature. Raises ValueError where there is one."""
        _keep(self.countersignatures, size, content)

    def files(self) -> Iterable[tuple[str, bytes]]:
        """Each testimony as a file: its name and content."""
        for size, token in self.stamps.items():
            yield f"{size:012d}.tsr", as_response(token)
        for size, content in self.countersignatures.items():
            yield f"{size:012d}.countersign", content


def _keep(kept: Any, size: int, content: bytes) -> None:
    if not kept.insert(size, content):
        raise ValueError(f"the checkpoint over {size} entries bears one already")


def digest(checkpoint: Checkpoint) -> bytes:
    """What is stamped and countersigned: the SHA-256 of the checkpoint's text, which is that of its file."""
    return hashlib.sha256(checkpoint.text.encode()).digest()


def stamp(site: Any, checkpoints: Iterable[Checkpoint], time_stamps: Any) -> int:
    """Have checkpoints stamped that bear no time stamp yet, the first ones first; how many. What is not to be had is had later."""
    kept, done = site.journal_witnesses, 0
    for each in checkpoints if time_stamps.available else ():
        try:
            kept.keep_stamp(each.size, time_stamps.stamp(digest(each)))
        except NoTimeStampError as error:
            log.warning("the checkpoint over %d entries bears no time stamp yet: %s", each.size, error)
            break
        done += 1
    return done


def unstamped_from(site: Any) -> int:
    """From which size on checkpoints may lack a time stamp: they are stamped in order."""
    stamps = site.journal_witnesses.stamps
    return int(stamps.maxKey()) + 1 if stamps else 0


def export(site: Any, folder: Path) -> int:
    """Write the testimonies into the folder of checkpoints, each once; how many were new.

    Raises OSError, FileExistsError where another one stands under the name.
    """
    there, new = {path.name for path in folder.iterdir()}, 0
    for name, content in site.journal_witnesses.files():
        if name not in there:
            write_once(folder / name, content)
            new += 1
    return new


def prepare(event: Any) -> None:
    """Subscriber: at start-up, make the site's memory of witnesses where it is missing."""
    if getattr(event.site, "journal_witnesses", None) is None:
        event.site.journal_witnesses = Witnesses()
