"""The gate: many may use the file, one exchanges it, and the dead hold nothing."""

import subprocess
import sys
import threading

import pytest

from govrepo.journal.gate import Gate

HOLD = """
import sys
from pathlib import Path
from govrepo.journal.gate import Gate
with Gate(Path(sys.argv[1])).alone(1):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def gate(tmp_path):
    return Gate(tmp_path / "journal.sqlite")


def test_many_use_it_at_once_and_one_alone_waits_for_them(gate):
    other = Gate(gate._path.with_name("journal.sqlite"))
    with gate.shared(), other.shared(), pytest.raises(TimeoutError, match="gate has been in use"), gate.alone(0.02):
        pass
    with gate.alone(0.02), pytest.raises(TimeoutError), other.alone(0.02):
        pass


def test_a_thread_may_ask_again_while_it_has_it(gate):
    other = Gate(gate._path.with_name("journal.sqlite"))
    for mine in (gate.shared(), gate.alone(0.02)):
        with mine:
            with gate.shared():
                pass
            with pytest.raises(TimeoutError), other.alone(0.02):
                pass
    with other.alone(0.02):
        pass


def test_a_user_waits_while_the_file_is_exchanged(gate):
    told = []

    def use():
        with gate.shared():
            told.append("in")

    with gate.alone(1):
        thread = threading.Thread(target=use)
        thread.start()
        thread.join(0.05)
        assert told == []
    thread.join()
    assert told == ["in"]


def test_a_killed_process_holds_nothing(gate, tmp_path):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", HOLD, tmp_path / "journal.sqlite"], **pipes) as child:
        child.stdout.readline()
        with pytest.raises(TimeoutError), gate.alone(0.02):
            pass
        child.kill()
        child.wait()
    with gate.alone(0.02):
        pass
