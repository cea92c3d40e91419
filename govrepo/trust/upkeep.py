"""The timed job of trust: a new list of revoked certificates before the old one goes stale, and no memory of expired challenges."""

from datetime import timedelta
from typing import Any

from govrepo import clock
from govrepo.trust import challenge, data

EVERY = timedelta(hours=1)


def keep_up(job: Any) -> None:
    """Sign a new list where one is due; forget expired challenges."""
    now = clock.now()
    if data.crl_is_due(job.root, job.registry, now):
        data.renew_crl(job.root, job.registry, now)
    challenge.prune(job.root, now)


def includeme(config: Any) -> None:
    """Declare the job."""
    config.add_timed_job("trust.upkeep", keep_up, every=EVERY)
