"""The journal's timed job: judge what dead processes left open, and drop the markers of what is settled."""

from datetime import timedelta
from typing import Any

EVERY = timedelta(minutes=1)


def keep_up(job: Any) -> None:
    """Timed job ``journal.upkeep``, in the worker's transaction."""
    job.registry.journal.reconcile(job.root)
    job.registry.journal.prune_markers(job.root)


def includeme(config: Any) -> None:
    """Declare the job; include this after ``govrepo.work``."""
    config.add_timed_job("journal.upkeep", keep_up, every=EVERY)
