"""A rotation, and a rotation killed at each of its steps (R-7.2): nothing is lost, and the next one to open ends it."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from govrepo.journal import rotation, sealing, segments
from govrepo.journal.entry import JournalUnavailableError, Query
from govrepo.journal.sealing import BusyError
from govrepo.journal.sqlite import SqliteStore
from govrepo.journal.verify import verify
from tests.contracts.journal_store import TXN, act, all_of, rows, signer

STEPS = {
    "before the commit": (sealing, "name"),
    "after the commit": (rotation, "_make"),
    "with the next file made": (rotation, "peaks"),
    "with the log emptied": (os, "link"),
    "with a name of its own": (Path, "unlink"),
    "without the log": (Path, "replace"),
    "after the exchange": (rotation, "_lay_down"),
}
"""Where the process is killed: just before it calls this."""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.sqlite"


@pytest.fixture
def store(path):
    opened = SqliteStore(path, timeout=5)
    yield opened
    opened.close()


def test_the_sealed_file_is_whole_and_only_read(store, path, tmp_path):
    store.append(TXN[1], [act("/1")])
    sealed = store.seal(signer(tmp_path), all_of).path(path)
    assert sealed.name == "journal-000000000000-000000000001.sqlite"
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o440
    assert segments.read(sealed, "SELECT count(*) FROM entries") == [(2,)]
    assert sorted(each.name for each in tmp_path.glob("journal-0*")) == [sealed.name], "no log beside it"
    sealed.chmod(0o600)
    refused = pytest.raises(sqlite3.IntegrityError, match="sealed period")
    with closing(sqlite3.connect(sealed, isolation_level=None)) as stock, refused:
        stock.execute("INSERT INTO entries (seq, body, hash) VALUES (2, '{}', '')")


def test_the_first_entry_of_the_next_file_names_the_sealed_one(store, path, tmp_path):
    sealed = store.seal(signer(tmp_path), all_of)
    (first,) = store.records(Query(after=sealed.last))
    assert first.entry.details == {"first": 0, "last": 0, "hash": sealed.head}
    assert (first.entry.action, first.prev) == ("journal.sealed", sealed.head)


def test_a_file_moved_away_is_named_and_the_rest_goes_on(store, path, tmp_path):
    store.append(TXN[1], [act("/1")])
    genesis = store.genesis()
    sealed = store.seal(signer(tmp_path), all_of)
    store.append(TXN[2], [act("/2")])
    sealed.path(path).rename(tmp_path / "tape")
    assert store.missing() == ["journal-000000000000-000000000001.sqlite"]
    assert [each.entry.subject for each in rows(store)] == ["", "/2"]
    assert (store.genesis(), store.grow_tree(), store.tree().size) == (genesis, 2, 4)
    assert len(store.tree().inclusion(3)) == 2
    with pytest.raises(JournalUnavailableError, match="journal-000000000000-000000000001"):
        store.tree().inclusion(0)
    (tmp_path / "tape").rename(sealed.path(path))
    assert (store.missing(), len(rows(store)), len(store.tree().inclusion(0))) == ([], 4, 2)


def test_threads_and_another_store_write_on_while_periods_are_sealed(store, path, tmp_path):
    stores = [store, SqliteStore(path, timeout=5)]

    def write(number):
        for turn in range(30):
            stores[number % 2].append(f"{number:016x}{turn:016x}", [act(f"/{number}/{turn}")])
            assert stores[number % 2].records(Query(subject=f"/{number}/{turn}"))

    threads = [threading.Thread(target=write, args=[number]) for number in range(4)]
    [thread.start() for thread in threads]
    for _turn in range(4):
        store.seal(signer(tmp_path), all_of)
    [thread.join() for thread in threads]
    stores[1].close()
    found = [each.entry.subject for each in rows(store) if each.entry.action == "document.change"]
    assert sorted(found) == sorted(f"/{number}/{turn}" for number in range(4) for turn in range(30))
    assert len(store.segments()) == 4


OTHER = """
import sys
from pathlib import Path
from govrepo.journal.sqlite import SqliteStore
from tests.contracts.journal_store import TXN, act
store, idle = SqliteStore(Path(sys.argv[1])), SqliteStore(Path(sys.argv[1]))
for each in (store, idle):
    each.append(TXN[5], [act("/other")])
print("written", flush=True)
sys.stdin.readline()
idle.close()  # Its connection is on the file that has been sealed meanwhile.
store.append(TXN[6], [act("/other")])
store.close()
"""


def test_another_process_goes_on_in_the_new_file_and_leaves_its_log_alone(store, path, tmp_path):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", OTHER, path], **pipes) as child:
        child.stdout.readline()
        store.seal(signer(tmp_path), all_of)
        store.append(TXN[1], [act("/ours")])
        child.communicate(b"\n")
        assert child.returncode == 0
    store.append(TXN[2], [act("/ours")])
    assert [each.entry.subject for each in rows(store)] == ["", "/other", "/other", "", "/ours", "/other", "/ours"]
    assert verify(path, deep=True).broken is None


def test_whoever_reads_the_file_puts_it_off(store, path, tmp_path):
    store.append(TXN[1], [act()])
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entries").fetchone()
        store.append(TXN[2], [act()])
        with pytest.raises(BusyError, match="another program is reading"):
            store.seal(signer(tmp_path), all_of)
        store.append(TXN[3], [act()])
    store.seal(signer(tmp_path), all_of)
    assert len(rows(store)) == 5


def written_by_who_lives_on(witness):
    """A process that has the file open; it may fail once, and ends the rotation by that."""
    try:
        witness.append(TXN[2], [act("/3")])
    except JournalUnavailableError:
        witness.append(TXN[2], [act("/3")])


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_rotation_is_ended_by_the_next_to_come(path, tmp_path, step):
    witness = SqliteStore(path, timeout=5)
    witness.append(TXN[1], [act("/1"), act("/2")])
    command = [sys.executable, "-m", "tests.govrepo.journal.test_rotation", path, step]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    written_by_who_lives_on(witness)
    later = SqliteStore(path, timeout=5)
    later.append(TXN[3], [act("/4")])
    for store in (witness, later):
        assert [each.entry.subject for each in rows(store) if each.entry.subject] == ["/1", "/2", "/3", "/4"]
        assert len(store.segments()) == (step != "before the commit")
        store.close()


def killed(path, step):
    """Seal a period and be killed at a step."""
    store = SqliteStore(Path(path), timeout=5)
    owner, name = STEPS[step]
    setattr(owner, name, lambda *_arguments, **_named: os.kill(os.getpid(), signal.SIGKILL))
    store.seal(signer(Path(path).parent), all_of)


if __name__ == "__main__":
    killed(*sys.argv[1:])
