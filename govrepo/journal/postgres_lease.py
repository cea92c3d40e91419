"""Whether a process that wrote to the journal in PostgreSQL still lives.

Each opened journal holds an advisory lock in a session of its own. The server lets it go when the process dies, however it dies, and
also when the network fails; so a process counts as dead only some seconds after its last vote, which it has then long brought to an end,
and before each vote it makes sure that its own lock still holds.
"""

import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg

GRACE_SECONDS = 10
DEAD = """
SELECT pg_try_advisory_xact_lock(%s) AND NOT EXISTS (
    SELECT 1 FROM open_transactions WHERE process = %s AND since > clock_timestamp() - make_interval(secs => %s))
"""


def key(process: str) -> int:
    """The lock of a process: the first 63 bits of its identity."""
    return int(process[:16], 16) >> 1


class PostgresLease:
    """This opened journal's sign of life, held until :meth:`release`; raises psycopg.Error."""

    def __init__(self, connect: Callable[[], Any]) -> None:
        self.process = uuid.uuid4().hex
        self._connect, self._session = connect, connect()
        self._hold()

    def _hold(self) -> None:
        self._session.execute("SELECT pg_advisory_lock(%s)", (key(self.process),))

    def is_held(self, connection: Any) -> bool:
        """Whether the lock holds, asked in another session's transaction: nobody could share it then."""
        found = connection.execute("SELECT pg_try_advisory_xact_lock_shared(?)", (key(self.process),)).fetchone()
        return not found[0]

    def renew(self) -> None:
        """Hold the lock again after the session was lost."""
        self._session.close()
        self._session = self._connect()
        self._hold()

    @staticmethod
    def is_dead(process: str, connection: Any) -> bool:
        """Whether the process that held this lock is gone."""
        return bool(connection.execute(DEAD, (key(process), process, GRACE_SECONDS)).fetchone()[0])

    def release(self) -> None:
        """Give up this process's own lock; the server would notice a closed session some moments later."""
        with suppress(psycopg.Error):
            self._session.execute("SELECT pg_advisory_unlock_all()")
        self._session.close()
