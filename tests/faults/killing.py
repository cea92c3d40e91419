"""Where a server can be told to kill itself: at a step of the two-phase commit of an act, counted from the act's name.

Each place is an ordinary function of govrepo, ZODB or the journal that is wrapped in the running server; the wrapped
function does its real work up to the kill. SIGKILL leaves no chance to tidy up.
"""

import os
import signal
import threading

from ZODB.FileStorage import FileStorage

from govrepo.journal import journal, participant, postgres, sqlite

PLACES = (
    "before journaling",
    "before the vote",
    "inside the journal's write",
    "after the vote",
    "inside the storage's finish",
    "before the storage forgets",
    "after the commit",
)
"""In the order of a commit."""
DURABLE = PLACES[5:]
"""Who is killed here has committed; who is killed earlier has not."""


class Trigger:
    """Kills the process at a place of the transaction that journals an action, the n-th time that comes about."""

    def __init__(self, action: str, place: str, nth: int) -> None:
        self.action, self.place, self.left = action, place, nth
        self._ours = threading.local()

    def entered(self, entry) -> None:
        """An act is being journaled; at the first place the n-th act itself counts, elsewhere its commit."""
        if entry.action == self.action and self.place == PLACES[0]:
            self._count()

    def voting(self, entries) -> None:
        """A transaction votes: from now on this thread's steps are looked at, if it is one of ours."""
        self._ours.yes = any(entry.action == self.action for entry in entries)

    def reached(self, place: str) -> None:
        """A step of some commit is reached in this thread."""
        if place == self.place and getattr(self._ours, "yes", False):
            self._count()

    def _count(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def arm(action: str, place: str, nth: int) -> None:
    """Set the trap in this process."""
    trigger = Trigger(action, place, nth)
    _step(participant.Participant, "tpc_vote", trigger, before="before the vote", after="after the vote")
    for store in (sqlite, postgres):
        _step(store, "insert", trigger, after="inside the journal's write")
    _step(FileStorage, "_finish", trigger, before="inside the storage's finish", after="before the storage forgets")
    _step(participant.Participant, "tpc_finish", trigger, after="after the commit")
    # The outermost, so that a vote's thread is known before its first place is reached.
    _wrap(participant.Participant, "tpc_vote", lambda voter, _transaction: trigger.voting(voter.entries))
    _wrap(journal.Journal, "append", lambda _journal, entry, _context: trigger.entered(entry))


def _step(owner, name, trigger, before="", after=""):
    _wrap(owner, name, lambda *_arguments: trigger.reached(before), lambda: trigger.reached(after))


def _wrap(owner, name, before, after=lambda: None):
    """Put something before and after a function's real work."""
    real = getattr(owner, name)

    def wrapped(*arguments, **named):
        before(*arguments)
        result = real(*arguments, **named)
        after()
        return result

    setattr(owner, name, wrapped)
