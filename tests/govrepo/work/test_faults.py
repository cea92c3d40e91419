"""A worker killed at random moments loses nothing and does nothing twice."""

import random
import subprocess
import sys
import threading

import pytest
import transaction
from ZODB.FileStorage import FileStorage

from govrepo import work

from .conftest import open_database
from .killed_worker import make, make_registry


def run_and_kill(folder, seconds):
    """Let a worker run so long, kill it, and return the names it said it had enqueued."""
    command = [sys.executable, "-m", "tests.govrepo.work.killed_worker", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "ready\n"
        threading.Timer(seconds, child.kill).start()
        said = child.stdout.read()
        assert child.wait(30) == -9
    complete, _, _torn = said.rpartition("\n")
    return complete.split()


def campaign(folder, rounds, longest):
    acknowledged = []
    for _ in range(rounds):
        acknowledged += run_and_kill(folder, random.uniform(0.02, longest))  # noqa: S311
    database = open_database(FileStorage(str(folder / "Data.fs")))
    registry = make_registry(database, folder, {"make": make})
    connection = database.open()
    site = connection.root()["app_root"]
    done_by_workers = len(site)
    work.drain(registry, site)
    result = set(site), work.summary(site)
    transaction.abort()
    connection.close()
    database.close()
    assert done_by_workers, "the workers never got to work"
    return acknowledged, *result


def check(acknowledged, made, summary):
    assert acknowledged
    assert set(acknowledged) <= made, "an acknowledged item was lost"
    assert {name + "+" for name in made if not name.endswith("+")} == {name for name in made if name.endswith("+")}
    # An item done twice would have failed, and a failed item waits or is dead.
    assert (summary.waiting, summary.retrying, summary.dead) == (0, 0, 0)


@pytest.mark.faults
def test_killed_worker_loses_nothing_and_does_nothing_twice(tmp_path):
    check(*campaign(tmp_path, rounds=4, longest=0.4))


@pytest.mark.faults_all
@pytest.mark.timeout(600)
def test_a_whole_campaign_of_kills(tmp_path):
    check(*campaign(tmp_path, rounds=60, longest=1.0))
