import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo import clock
from govrepo.cli.verify import main
from govrepo.journal import Entry, Journal
from govrepo.journal.witness import digest
from govrepo.trust.authorities import Authorities
from govrepo.trust.system_key import SystemKey
from govrepo.trust.timestamp import as_response
from govrepo.trust.tsa import token


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "journal.sqlite"
    journal = Journal.open(path)
    for number in range(1, 4):
        journal.append_now(Entry("document.change", "person:p1", subject=f"/{number}"))
    journal.close()
    return path


def tamper(path):
    with closing(sqlite3.connect(path)) as stock:
        stock.executescript("DROP TRIGGER entries_unchanged; UPDATE entries SET body = body || ' ' WHERE seq = 2")


def test_a_sound_journal_ends_with_0(path, capsys):
    assert main(["journal", str(path)]) == 0
    assert "sound: 4 entries" in capsys.readouterr().out


def test_a_broken_journal_ends_with_1_and_the_number(path, capsys):
    tamper(path)
    assert main(["journal", str(path)]) == 1
    assert capsys.readouterr().out == (
        "BROKEN: entry 2 was changed: its text does not have its hash (2 entries before it are sound)\n"
    )


def test_json_says_the_same(path, capsys):
    main(["journal", "--json", str(path)])
    sound = json.loads(capsys.readouterr().out)
    assert (sound["sound"], sound["entries"], len(sound["head"]), sound["broken"]) == (True, 4, 64, None)
    tamper(path)
    assert main(["journal", "--json", str(path)]) == 1
    broken = json.loads(capsys.readouterr().out)
    assert broken["sound"] is False
    assert broken["broken"]["seq"] == 2
    assert broken["broken"]["kind"] == "changed"
    assert "entry 2" in broken["broken"]["message"]


def test_an_anchor_shows_a_cut(path, capsys):
    main(["journal", "--json", str(path)])
    head = json.loads(capsys.readouterr().out)["head"]
    assert main(["journal", str(path), "--anchor", f"3:{head.upper()}"]) == 0
    assert main(["journal", str(path), "--anchor", f"2:{head}"]) == 1
    assert main(["journal", str(path), "--anchor", f"4:{head}"]) == 1


@pytest.mark.parametrize(
    "arguments", [[], ["journal"], ["journal", "x", "--anchor", "1:ab"], ["journal", "x", "--anchor", "a"]]
)
def test_a_wrong_call_ends_with_2(arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_an_absent_file_ends_with_2(tmp_path, capsys):
    assert main(["journal", str(tmp_path / "none")]) == 2
    assert "there is no file" in capsys.readouterr().err


ALONE = """
import sys

class Refusing:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        known = top in sys.stdlib_module_names or top.startswith("_sysconfigdata")
        if not known and top not in ("govrepo", "cryptography", "_cffi_backend"):
            raise ImportError(f"{name} is not there")

sys.meta_path.insert(0, Refusing())
from govrepo.cli.verify import main
sys.exit(main())
"""
"""A machine with ``cryptography`` and the standard library."""


def test_the_verifier_needs_the_standard_library_and_cryptography_alone(path):
    said = subprocess.run([sys.executable, "-c", ALONE, "journal", path], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")


def test_checkpoints_kept_elsewhere_are_compared(path, tmp_path, capsys):
    key, folder = SystemKey.load(tmp_path / "key.pem"), tmp_path / "out"
    journal = Journal.open(path)
    journal.checkpoint(key, folder)
    journal.close()
    public = ["--key", str(folder / f"{key.key_id}.pem")]
    assert main(["journal", str(path), "--checkpoints", str(folder), *public]) == 0
    assert "confirmed by 2 checkpoints" in capsys.readouterr().out
    other = tmp_path / "other.pem"
    other.write_bytes(SystemKey.load(tmp_path / "own.pem").public_pem)
    assert main(["journal", str(path), "--key", str(other)]) == 1
    assert "was not signed by the system's key" in capsys.readouterr().out
    (folder / "000000000004.sig").unlink()
    assert main(["journal", str(path), "--checkpoints", str(folder), *public]) == 1
    assert "000000000004.checkpoint" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"no key"])
def test_a_key_that_is_none_is_a_wrong_call(path, tmp_path, content):
    file = tmp_path / "key"
    if content:
        file.write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        main(["journal", str(path), "--key", str(file)])
    assert ended.value.code == 2


def test_testimonies_are_checked(path, tmp_path, capsys):
    key, folder = SystemKey.load(tmp_path / "key.pem"), tmp_path / "out"
    authorities = Authorities.create(tmp_path / "trust", b"words", "某省")
    (tmp_path / "root.pem").write_bytes(authorities.anchors[0].public_bytes(Encoding.PEM))
    journal = Journal.open(path)
    signed = journal.checkpoint(key, folder)
    journal.close()
    call = ["journal", str(path), "--checkpoints", str(folder), "--authorities", str(tmp_path / "root.pem")]
    stamp = folder / f"{signed.size:012d}.tsr"
    stamp.write_bytes(as_response(token(authorities, digest(signed), clock.now())))
    assert main(call) == 0
    assert "1 time stamps, 0 countersignatures" in capsys.readouterr().out
    stamp.write_bytes(as_response(token(authorities, b"\0" * 32, clock.now())))
    assert main(call) == 1
    assert f"BROKEN: {stamp.name}: the time stamp is over another text" in capsys.readouterr().out
    assert main([*call, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["sound"], said["broken"], len(said["testimonies"])) == (False, None, 1)


def test_authorities_that_are_none_are_a_wrong_call(path):
    with pytest.raises(SystemExit) as ended:
        main(["journal", str(path), "--authorities", str(path)])
    assert ended.value.code == 2


ALONE = """
import sys

class Only:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names or top.startswith("_sysconfig") or top in ("govrepo", "cryptography", "_cffi_backend"):
            return None
        raise ImportError(name)

sys.meta_path.insert(0, Only())
from govrepo.cli.verify import main
sys.exit(main(sys.argv[1:]))
"""


def test_it_needs_the_standard_library_and_cryptography_and_nothing_else(path):
    done = subprocess.run(
        [sys.executable, "-c", ALONE, "journal", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "sound: 4 entries" in done.stdout
