"""How long a failed piece of work waits before it is tried again."""

import random
from datetime import timedelta

DELAYS = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
LAST_ATTEMPT = len(DELAYS) + 1

CONFLICT_TRIES = 12
LONGEST_CONFLICT_WAIT = 0.2


def delay(failures: int) -> timedelta:
    """The wait after so many failures (at least one); up to a fifth longer, so that failures do not march in step."""
    return DELAYS[min(failures, len(DELAYS)) - 1] * random.uniform(1.0, 1.2)  # noqa: S311 - No secret.


def conflict_wait(tries: int) -> float:
    """Seconds to wait after so many conflicts in a row: by chance, longer with each, never long."""
    return random.uniform(0, min(0.002 * 2**tries, LONGEST_CONFLICT_WAIT))  # noqa: S311 - No secret.
