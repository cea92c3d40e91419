"""Checkpoints: one form of text, one signature, two files that nobody writes over, verifiable by openssl alone (SOD-12)."""

import shutil
import stat
import subprocess
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from govrepo import clock
from govrepo.journal import Journal
from govrepo.journal.checkpoint import NoCheckpointError, export, exported, last_exported, parse, sign
from govrepo.journal.merkle import includes, leaf
from govrepo.trust.system_key import SystemKey
from tests.govrepo.journal.support import act

ORIGIN = "ab" * 32


@pytest.fixture
def key(tmp_path):
    return SystemKey.load(tmp_path / "key.pem")


@pytest.fixture
def checkpoint(key):
    with clock.frozen(datetime(2013, 1, 7, 2, 5, tzinfo=UTC)):
        return sign(ORIGIN, 12, b"\x01" * 32, key)


def test_the_text_says_everything_and_is_read_back(checkpoint, key):
    assert checkpoint.text == (
        f"govrepo journal checkpoint 1\njournal: {ORIGIN}\nentries: 12\nroot: {'01' * 32}\n"
        f"time: 2013-01-07T02:05:00+00:00\nkey: Ed25519 {key.public}\n"
    )
    assert parse(checkpoint.text, checkpoint.signature) == checkpoint
    assert checkpoint.is_signed_by(key.public)


@pytest.mark.parametrize("change", [{"size": 13}, {"root": "02" * 32}, {"journal": "cd" * 32},
                                    {"time": datetime(2013, 1, 8, tzinfo=UTC)}])  # fmt: skip
def test_no_field_can_be_changed(checkpoint, key, change):
    assert not replace(checkpoint, **change).is_signed_by(key.public)


def test_another_key_is_not_the_systems(checkpoint, tmp_path):
    assert not checkpoint.is_signed_by(SystemKey.load(tmp_path / "other.pem").public)


@pytest.mark.parametrize(("old", "new"), [("entries: 12", "entries: 012"), ("point 1", "point 2"), ("Ed25519", "RSA"),
                                          ("2013-01-07T02:05:00+00:00", "20130107T020500+0000"),
                                          ("2013-01-07", "2013-13-07"), ("\nroot", "\nmore: 1\nroot")])  # fmt: skip
def test_no_other_form_is_a_checkpoint(checkpoint, old, new):
    with pytest.raises(NoCheckpointError):
        parse(checkpoint.text.replace(old, new), checkpoint.signature)


def test_files_are_written_once(checkpoint, key, tmp_path):
    folder = tmp_path / "out"
    path = export(checkpoint, folder, key)
    assert export(checkpoint, folder, key) == path
    assert [stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()] == [0o440] * 3
    assert (list(exported(folder)), last_exported(folder)) == ([checkpoint], 12)
    with pytest.raises(FileExistsError):
        export(replace(checkpoint, root="02" * 32), folder, key)
    assert list(exported(folder)) == [checkpoint]


def test_a_spoilt_file_is_named(checkpoint, key, tmp_path):
    path = export(checkpoint, tmp_path / "out", key)
    path.chmod(0o640)
    path.write_text("entries: many")
    with pytest.raises(NoCheckpointError, match=r"000000000012\.checkpoint"):
        list(exported(path.parent))
    path.with_suffix(".sig").unlink()
    with pytest.raises(NoCheckpointError, match=r"000000000012\.checkpoint"):
        list(exported(path.parent))


def test_a_file_under_anothers_name_is_named(checkpoint, key, tmp_path):
    path = export(checkpoint, tmp_path / "out", key)
    for each in (path, path.with_suffix(".sig")):
        each.rename(each.with_stem("000000000013"))
    with pytest.raises(NoCheckpointError, match=r"000000000013\.checkpoint: swapped: it is the one over 12 entries"):
        list(exported(path.parent))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine: apt install openssl")
def test_openssl_alone_verifies_one(checkpoint, key, tmp_path):
    """The steps of docs/evidence.md."""
    path = export(checkpoint, tmp_path / "out", key)
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", f"{key.key_id}.pem", "-rawin", "-in", path.name]
    said = subprocess.run([*command, "-sigfile", "000000000012.sig"], cwd=path.parent, capture_output=True, check=False)
    assert (said.returncode, b"Verified Successfully" in said.stdout) == (0, True)
    path.chmod(0o640)
    path.write_text(checkpoint.text.replace("12", "13", 1))
    assert subprocess.run([*command, "-sigfile", "000000000012.sig"], cwd=path.parent, check=False).returncode == 1


def test_a_journal_signs_what_it_holds_and_nothing_twice(tmp_path, key):
    journal = Journal.open(tmp_path / "journal.sqlite")
    folder = tmp_path / "out"
    first = journal.checkpoint(key, folder)
    assert (first.size, first.journal) == (1, journal.genesis())
    assert journal.checkpoint(key, folder) is None
    for number in range(5):
        journal.append_now(act(f"/{number}"))
    second = journal.checkpoint(key, folder)
    assert second.size == 6
    assert list(exported(folder)) == [first, second] == journal.checkpoints()
    assert journal.checkpoints(newest=True, limit=1) == [second]
    journal.close()


def test_an_export_that_failed_is_made_up_for(tmp_path, key):
    journal = Journal.open(tmp_path / "journal.sqlite")
    blocked = tmp_path / "out"
    blocked.write_text("no folder")
    with pytest.raises(OSError, match="out"):
        journal.checkpoint(key, blocked)
    blocked.unlink()
    assert journal.checkpoint(key, blocked) is None
    assert [each.size for each in exported(blocked)] == [1]
    journal.close()


def test_an_entry_is_proven_once_a_checkpoint_holds_it(tmp_path, key):
    journal = Journal.open(tmp_path / "journal.sqlite")
    journal.checkpoint(key, tmp_path / "out")
    journal.append_now(act("/a"))
    assert journal.inclusion(1) is None
    journal.append_now(act("/b"))
    signed = journal.checkpoint(key, tmp_path / "out")
    found, proof = journal.inclusion(1)
    body = journal._store._read("SELECT body FROM entries WHERE seq = 1")[0][0]
    assert found == signed
    assert includes(bytes.fromhex(found.root), found.size, 1, leaf(body.encode()), proof)
    journal.close()
