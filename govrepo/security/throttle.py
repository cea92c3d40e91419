"""Slowing down guesses.

After ``login_attempts`` failures of one name a wait is imposed, which doubles with each further try.

Attempts are counted before the password is looked at, so tries in parallel gain nothing; a try during the wait counts
too, even with the right password. Unknown names are counted like known ones. An address gets ``ADDRESS_FACTOR`` times
the tries, for many desks may share one.

The counts lie in this process's memory, bounded: a restart forgets them, and of several processes each counts for
itself (the reverse proxy may limit further). They are no record: every failure stands in the journal.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from govrepo import clock

ADDRESS_FACTOR = 4
CAPACITY = 10_000
LONGEST_WAIT = timedelta(hours=1)
FORGET_AFTER = timedelta(hours=24)

Key = tuple[str, str]


@dataclass
class _Count:
    tries: int
    last: datetime
    until: datetime


class Throttle:
    """Counts tries by login name and by address."""

    def __init__(self, attempts: int, wait_seconds: int) -> None:
        self._attempts = attempts
        self._first_wait = timedelta(seconds=wait_seconds)
        self._counts: OrderedDict[Key, _Count] = OrderedDict()
        self._lock = Lock()

    def admit(self, login: str, address: str) -> int:
        """Count a try and return the whole seconds to wait before one is looked at; 0 means: go on."""
        with self._lock:
            waits = [self._count(key, limit) for key, limit in self._keys(login, address)]
        return max(waits)

    def succeeded(self, login: str, address: str) -> None:
        """Forget the name's failures and take this one try off the address."""
        (name, _), (place, limit) = self._keys(login, address)
        with self._lock:
            self._counts.pop(name, None)
            if place in self._counts:
                self._take_back(self._counts[place], limit)

    def _keys(self, login: str, address: str) -> tuple[tuple[Key, int], tuple[Key, int]]:
        name = login.strip().casefold()[:200]
        return (("login", name), self._attempts), (("address", address), self._attempts * ADDRESS_FACTOR)

    def _count(self, key: Key, limit: int) -> int:
        now = clock.now()
        count = self._fresh(key, now)
        wait = count.until - now
        count.tries += 1
        count.last = now
        if count.tries >= limit:
            count.until = now + self._penalty(count.tries - limit)
        return max(0, -(-wait // timedelta(seconds=1)))

    @staticmethod
    def _take_back(count: _Count, limit: int) -> None:
        count.tries -= 1
        if count.tries < limit:
            count.until = count.last

    def _fresh(self, key: Key, now: datetime) -> _Count:
        """The key's count, moved to the end of the line; old ones start anew and the longest unused is dropped."""
        count = self._counts.pop(key, None)
        if count is None or now - count.last > FORGET_AFTER:
            count = _Count(0, now, now)
        self._counts[key] = count
        if len(self._counts) > CAPACITY:
            self._counts.popitem(last=False)
        return count

    def _penalty(self, excess: int) -> timedelta:
        return min(LONGEST_WAIT, self._first_wait * 2 ** min(excess, 20))


def includeme(config: Any) -> None:
    """Keep the site's throttle as ``registry.throttle``."""
    settings = config.registry.govrepo_settings
    config.registry.throttle = Throttle(settings.login_attempts, settings.login_wait_seconds)
