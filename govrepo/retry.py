"""Requests that met another's write: the loser waits a moment, and from its third attempt on takes its turn among the losers.

Numbers without gaps (S-24) make every registration of one register write the same counter; eight clerks at once come through by this:
whoever has lost twice reads the database only when no other such request is under way in this process.
"""

import threading
import time
from typing import Any

from pyramid.events import NewRequest
from pyramid_retry import IBeforeRetry

from govrepo.work.backoff import conflict_wait

IN_TURN = 2
"""Attempts without waiting for one's turn."""
LONGEST = 5.0
"""Seconds to wait for one's turn; then the attempt is made all the same."""
_turn = threading.Lock()


def wait(event: Any) -> None:
    """Subscriber: sleep by chance, longer with each attempt, never long. No transaction is open here."""
    time.sleep(conflict_wait(1 + event.environ.get("retry.attempt", 0)))


def take_turn(event: Any) -> None:
    """Subscriber: an attempt that lost before begins, and opens its view of the database, when no other one is under way."""
    request = event.request
    if request.environ.get("retry.attempt", 0) >= IN_TURN and _turn.acquire(timeout=LONGEST):
        request.add_finished_callback(lambda _request: _turn.release())


def includeme(config: Any) -> None:
    """Try requests again, with waits and turns."""
    config.include("pyramid_retry")
    config.add_subscriber(wait, IBeforeRetry)
    config.add_subscriber(take_turn, NewRequest)
