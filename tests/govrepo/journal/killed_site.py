"""Commit two acts; be killed at a given point of the second. Run by test_reconcile in a process of its own."""

import os
import signal
import sys
from pathlib import Path

from ZODB.Connection import Connection

from govrepo.journal import journal, sqlite
from govrepo.journal.participant import Participant
from tests.govrepo.journal.support import Place, act


def kill(*_arguments, **_named):
    os.kill(os.getpid(), signal.SIGKILL)


def kill_after(owner, name):
    real = getattr(owner, name)

    def replaced(*arguments):
        real(*arguments)
        kill()

    setattr(owner, name, replaced)


def arm(point, place):
    if point == "before vote":
        Participant.tpc_vote = kill
    elif point == "inside the journal's write":
        kill_after(sqlite, "insert")
    elif point == "after vote":
        kill_after(journal.Journal, "prepare")
    elif point == "in finish":
        # The commit is on the disk; the storage has not even told its connection.
        kill_after(place.db.storage, "_finish_finish")
    elif point == "after finish":
        kill_after(Connection, "tpc_finish")


def main(folder, point):
    place = Place(Path(folder))
    place.commit(act("/first"))
    arm(point, place)
    place.commit(act("/killed"))


if __name__ == "__main__":
    main(*sys.argv[1:])
