"""Contents are kept once, flushed before the commit, and gone with the last reference."""

import hashlib
import os
import sys
import tracemalloc
from pathlib import Path

import pytest
from ZODB.POSException import ConflictError

from govrepo.files import durable
from govrepo.files.sniff import FileType
from govrepo.files.store import StoredFile, iterate, store, verify
from govrepo.files.uploads import Claimed

WORDS = "关于电子公文交换的通知".encode() * 100
DIGEST = hashlib.sha256(WORDS).hexdigest()


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source.txt"
    path.write_bytes(WORDS)
    return path


def keep(desk, source) -> StoredFile:
    return desk.files.keep(source, DIGEST, len(WORDS), "text/plain")


@pytest.fixture
def kept(desk, source):
    stored = keep(desk, source)
    desk.files.acquire(stored)
    desk.tm.commit()
    return stored


def test_what_is_kept_can_be_read(desk, desks, kept, source):
    other = desks().files.get(DIGEST)
    assert (other.sha256, other.size, other.mime, other.references) == (DIGEST, len(WORDS), "text/plain", 1)
    assert b"".join(iterate(other)) == WORDS
    assert other.read_range(3, 6) == WORDS[3:9]
    assert other.read_range(len(WORDS), 10) == b""
    with other.as_path() as path:
        assert path.read_bytes() == WORDS
    assert source.read_bytes() == WORDS, "the source stays where it is"


def test_the_store_is_found_from_any_stored_object(desk, kept):
    assert store(kept) is desk.files
    assert DIGEST in desk.files
    assert "0" * 64 not in desk.files
    assert 7 not in desk.files
    assert list(desk.files) == [kept]


def test_the_same_content_twice_is_one_blob(desk, kept, source, tmp_path):
    desk.files.acquire(keep(desk, source))
    desk.tm.commit()
    assert desk.files.get(DIGEST) is kept
    assert kept.references == 2
    assert len(list((tmp_path / "blobs").rglob("*.blob"))) == 1


def test_a_source_of_another_size_is_refused(desk, source):
    with pytest.raises(ValueError, match="has 3300 bytes, not 7"):
        desk.files.keep(source, DIGEST, 7, "text/plain")


def test_an_abort_keeps_nothing(desk, source, tmp_path):
    keep(desk, source)
    desk.tm.abort()
    assert DIGEST not in desk.files
    assert list((tmp_path / "blobs").rglob("*.blob")) == []
    assert source.exists()


def test_a_savepoint_does_no_harm(desk, source):
    point = desk.tm.savepoint()
    keep(desk, source)
    point.rollback()
    assert DIGEST not in desk.files
    stored = keep(desk, source)
    desk.tm.savepoint()
    desk.tm.commit()
    assert verify(stored)


def test_the_last_release_takes_the_content_with_it(desk, kept, tmp_path):
    desk.files.acquire(kept)
    assert desk.files.release(kept) is False
    assert desk.files.release(kept) is True
    desk.tm.commit()
    assert DIGEST not in desk.files
    with pytest.raises(ValueError, match="nobody refers"):
        desk.files.release(kept)
    desk.connection.db().pack()
    assert list((tmp_path / "blobs").rglob("*.blob")) == []


def test_content_comes_back_after_its_last_release(desk, kept, source):
    desk.files.release(kept)
    desk.tm.commit()
    again = keep(desk, source)
    desk.tm.commit()
    assert again is not kept
    assert verify(again)


@pytest.mark.parametrize("newcomer", ["acquire", "keep"])
@pytest.mark.parametrize("release_first", [True, False])
def test_the_last_release_conflicts_with_a_new_reference(desks, kept, source, newcomer, release_first):
    leaving, coming = desks(), desks()
    leaving.files.release(leaving.files.get(DIGEST))
    if newcomer == "acquire":
        coming.files.acquire(coming.files.get(DIGEST))
    else:
        coming.files.acquire(keep(coming, source))
    first, second = (leaving, coming) if release_first else (coming, leaving)
    first.tm.commit()
    with pytest.raises(ConflictError):
        second.tm.commit()
    second.tm.abort()
    after = desks().files
    assert (DIGEST in after) is not release_first


def test_writers_of_different_contents_do_not_conflict(desks, tmp_path):
    one, two = desks(), desks()
    for desk, words in ((one, b"one"), (two, b"four")):
        (tmp_path / "f").write_bytes(words)
        desk.files.keep(tmp_path / "f", hashlib.sha256(words).hexdigest(), len(words), "text/plain")
    one.tm.commit()
    two.tm.commit()


def test_a_claimed_upload_is_linked_and_a_strange_file_is_copied(desk, source):
    def inode(stored: StoredFile) -> int:
        with stored.open() as file:
            return os.fstat(file.fileno()).st_ino

    claimed = Claimed(source, DIGEST, len(WORDS), "a.txt", FileType("txt"))
    assert inode(keep(desk, claimed)) == source.stat().st_ino
    desk.tm.abort()
    assert inode(keep(desk, source)) != source.stat().st_ino


def test_a_claimed_upload_from_another_disk_is_copied(desk, source, monkeypatch):
    def across(*_paths):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", across)
    stored = keep(desk, Claimed(source, DIGEST, len(WORDS), "a.txt", FileType("txt")))
    desk.tm.commit()
    assert verify(stored)


def test_bytes_and_folders_are_flushed_before_the_commit(desk, source, monkeypatch, tmp_path):
    flushed: list[str] = []
    real = os.fsync

    def note(handle) -> None:
        flushed.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        real(handle)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(sys.modules["ZODB.FileStorage.FileStorage"], "fsync", note)
    stored = keep(desk, source)
    assert "BUC" in flushed[0], "the blob's bytes"
    desk.tm.commit()
    with stored.open() as file:
        folder = str(Path(file.name).parent)
    blobs, database = str(tmp_path / "blobs"), str(tmp_path / "Data.fs")
    assert flushed.index(folder) < flushed.index(blobs) < flushed.index(database)


def test_a_disk_that_cannot_flush_aborts_the_commit(desk, source, monkeypatch):
    def broken(_folder):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(durable, "flush_folder", broken)
    keep(desk, source)
    with pytest.raises(OSError, match="Input/output"):
        desk.tm.commit()
    desk.tm.abort()
    assert DIGEST not in desk.files


def test_verify_sees_changed_shortened_and_missing_bytes(desks, kept):
    with kept.open() as file:
        path = Path(file.name)
    path.chmod(0o600)
    for damage in (WORDS[:-1] + b"x", WORDS[:-1], b""):
        assert verify(desks().files.get(DIGEST))
        path.write_bytes(damage)
        assert not verify(desks().files.get(DIGEST))
        path.write_bytes(WORDS)
    path.unlink()
    assert not verify(desks().files.get(DIGEST))


def test_large_content_streams_in_little_memory(desk, tmp_path):
    big = tmp_path / "big"
    with big.open("wb") as file:
        file.truncate(200 * 1024**2)
    with big.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    tracemalloc.start()
    claimed = Claimed(big, digest, 200 * 1024**2, "big", FileType("unknown"))
    stored = desk.files.keep(claimed, digest, 200 * 1024**2, "application/octet-stream")
    desk.tm.commit()
    assert sum(len(piece) for piece in iterate(stored)) == 200 * 1024**2
    assert verify(stored)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 1024**2
