"""The timed job of trust: a new list of revoked certificates before the old one goes stale."""

from datetime import timedelta
from typing import Any

from govrepo import clock
from govrepo.trust import data

EVERY = timedelta(hours=1)


def keep_up(job: Any) -> None:
    """Sign a new list where one is due."""
    now = clock.now()
    if data.crl_is_due(job.root, job.registry, now):
        data.renew_crl(job.root, job.registry, now)


def includeme(config: Any) -> None:
    """Declare the job."""
    config.add_timed_job("trust.upkeep", keep_up, every=EVERY)
