import subprocess
import sys

from govrepo.journal.lease import Lease

HOLD = """
import sys
from pathlib import Path
from govrepo.journal.lease import Lease
print(Lease(Path(sys.argv[1])).process, flush=True)
sys.stdin.read()
"""


def test_a_lease_lives_until_it_is_released(tmp_path):
    ours, other = Lease(tmp_path / "j"), Lease(tmp_path / "j")
    assert not ours.is_dead(other.process)
    other.release()
    assert ours.is_dead(other.process)
    ours.release()
    assert list(tmp_path.iterdir()) == []


def test_sweeping_spares_the_living(tmp_path):
    ours, other = Lease(tmp_path / "j"), Lease(tmp_path / "j")
    (tmp_path / "j-lease-gone").touch()
    ours.sweep()
    assert not ours.is_dead(other.process)
    assert ours.is_dead("gone")
    assert len(list(tmp_path.iterdir())) == 2
    ours.release()
    other.release()


def test_a_killed_process_is_dead_at_once(tmp_path):
    ours = Lease(tmp_path / "j")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", HOLD, tmp_path / "j"], **pipes) as child:
        process = child.stdout.readline().decode().strip()
        assert not ours.is_dead(process)
        child.kill()
        child.wait()
    assert (tmp_path / f"j-lease-{process}").exists()
    assert ours.is_dead(process)
    ours.release()
