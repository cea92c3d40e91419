"""The checkpoints' copy on another host (SOD-12): brought there by the worker, tried again until it is; who is behind for an hour is told.

Another content under a name that is there already is no fault of the line: the journal was forked, and that is a gap at once.
"""

import logging
from datetime import timedelta
from typing import Any

from content_types.journal_gap import Discrepancy
from govrepo import clock
from govrepo.journal.copying import CopyError, DiffersError, copy, home
from policies.actor import system_actor
from policies.journal_gap import JOURNAL, open_gap

EVERY = timedelta(minutes=5)
PATIENCE = timedelta(hours=1)

log = logging.getLogger(__name__)


def bring(job: Any) -> None:
    """Timed job: bring to the second home what it lacks."""
    settings, kept = job.registry.govrepo_settings, job.root.journal_witnesses
    to, folder = home(str(settings.checkpoints_copy)), settings.path("checkpoints")
    if to is None or not folder.is_dir():
        return
    try:
        copy(folder, to)
        if kept.behind_since is not None:
            kept.behind_since = None
    except DiffersError as error:
        _file(job, Discrepancy("copy_differs", None, str(error)))
    except CopyError as error:
        log.warning("the checkpoints could not be copied: %s", error)
        _be_behind(job)


def _be_behind(job: Any) -> None:
    kept, now = job.root.journal_witnesses, clock.now()
    if kept.behind_since is None:
        kept.behind_since = now
    if now - kept.behind_since >= PATIENCE:
        # The same words all the while: one spell is one gap.
        since = clock.local(kept.behind_since).isoformat(timespec="seconds")
        _file(job, Discrepancy("copy_behind", None, since))


def _file(job: Any, found: Discrepancy) -> None:
    open_gap(job.root, system_actor(job.registry), "", "", JOURNAL, (found,))


def includeme(config: Any) -> None:
    """Declare the job."""
    config.add_timed_job("checkpoint.copy", bring, every=EVERY)
