"""The journal's timed jobs: judge what dead processes left open, drop the markers of what is settled, sign checkpoints."""

from datetime import timedelta
from typing import Any

from govrepo.journal import witness

EVERY = timedelta(minutes=1)


def keep_up(job: Any) -> None:
    """Timed job ``journal.upkeep``, in the worker's transaction."""
    job.registry.journal.reconcile(job.root)
    job.registry.journal.prune_markers(job.root)


def checkpoint(job: Any) -> None:
    """Timed job ``journal.checkpoint``: the system signs what the journal holds, has it stamped, and exports all (SOD-12)."""
    folder, journal = job.registry.govrepo_settings.path("checkpoints"), job.registry.journal
    journal.checkpoint(job.registry.system_key, folder)
    owed = journal.checkpoints(witness.unstamped_from(job.root), witness.STAMPED_AT_ONCE)
    witness.stamp(job.root, owed, job.registry.time_stamps)
    witness.export(job.root, folder)


def includeme(config: Any) -> None:
    """Declare the jobs; include this after ``govrepo.work``."""
    config.add_timed_job("journal.upkeep", keep_up, every=EVERY)
    minutes = config.registry.govrepo_settings.checkpoint_minutes
    config.add_timed_job("journal.checkpoint", checkpoint, every=timedelta(minutes=minutes))
