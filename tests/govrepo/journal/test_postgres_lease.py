"""Whether a process lives, asked of PostgreSQL."""

import subprocess
import sys

import psycopg
import pytest

from govrepo.journal.postgres import OPTIONS
from govrepo.journal.postgres_lease import PostgresLease, key
from tests.postgres import ROLE

HOLD = """
import sys
from govrepo.journal.postgres import PostgresStore
print(PostgresStore(sys.argv[1]).process, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def url(server):
    return server.url(server.journal(), ROLE)


@pytest.fixture
def connection(url):
    with psycopg.connect(url, autocommit=True, options=OPTIONS.format(1000)) as opened:
        yield opened


def test_a_lease_lives_until_it_is_released(url, connection):
    lease = PostgresLease(lambda: psycopg.connect(url, autocommit=True))
    assert not lease.is_dead(lease.process, connection)
    lease.renew()
    assert not lease.is_dead(lease.process, connection)
    lease.release()
    assert lease.is_dead(lease.process, connection)


def test_a_killed_process_is_dead_at_once(url, connection):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", HOLD, url], **pipes) as child:
        process = child.stdout.readline().decode().strip()
        assert not PostgresLease.is_dead(process, connection)
        child.kill()
        child.wait()
    connection.execute("SELECT pg_advisory_lock(%s)", (key(process),))  # The server notices within moments.
    connection.execute("SELECT pg_advisory_unlock(%s)", (key(process),))
    assert PostgresLease.is_dead(process, connection)
