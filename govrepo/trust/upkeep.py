"""The timed job of trust: new lists of revoked certificates before the old ones go stale, and no memory of expired challenges."""

from datetime import timedelta
from typing import Any

from govrepo import clock
from govrepo.trust import challenge, data

EVERY = timedelta(hours=1)


def keep_up(job: Any) -> None:
    """Sign the lists that are due; forget expired challenges."""
    now = clock.now()
    data.renew_due_crls(job.root, job.registry, now)
    challenge.prune(job.root, now)


def includeme(config: Any) -> None:
    """Declare the job."""
    config.add_timed_job("trust.upkeep", keep_up, every=EVERY)
