"""An upload grows piece by piece, survives breaks, belongs to one person, and goes only into a commit that succeeds."""

import errno
import hashlib
import io
import json
import shutil
import threading
import tracemalloc
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import transaction

from govrepo import clock
from govrepo.files import uploads
from govrepo.files.uploads import (
    ChecksumMismatchError,
    StorageFullError,
    UploadBusyError,
    UploadNotFoundError,
    UploadTooLargeError,
    UploadUnfinishedError,
    WrongOffsetError,
    clean_name,
)

ME, OTHER = "person:p0001", "person:p0002"
WORDS = "通知正文".encode() * 50
NOON = datetime(2013, 1, 4, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def manager():
    return transaction.TransactionManager()


@pytest.fixture
def begun(area):
    return area.create(ME, "通知.txt", len(WORDS))


@pytest.fixture
def finished(area, begun):
    area.append(begun, ME, 0, io.BytesIO(WORDS))
    return begun


def left(area) -> set[str]:
    return {path.suffix for path in area.folder.iterdir()}


def test_it_grows_piece_by_piece(area, begun):
    assert area.status(begun, ME).offset == 0
    assert area.append(begun, ME, 0, io.BytesIO(WORDS[:100])) == 100
    assert not area.status(begun, ME).finished
    assert area.append(begun, ME, 100, io.BytesIO(WORDS[100:])) == len(WORDS)
    status = area.status(begun, ME)
    assert status.finished
    assert (status.filename, status.size, status.expires) == ("通知.txt", len(WORDS), NOON + timedelta(hours=48))


def test_a_claim_tells_what_has_come(area, finished, manager):
    claimed = area.claim(finished, ME, manager)
    assert claimed.path.read_bytes() == WORDS
    assert claimed.sha256 == hashlib.sha256(WORDS).hexdigest()
    assert (claimed.size, claimed.filename, claimed.mime) == (len(WORDS), "通知.txt", "text/plain")
    assert claimed.type.code == "txt"
    manager.abort()


def test_a_commit_consumes_it(area, finished, manager):
    area.claim(finished, ME, manager)
    manager.commit()
    assert left(area) == set()
    with pytest.raises(UploadNotFoundError):
        area.claim(finished, ME, manager)


def test_an_abort_keeps_it(area, finished, manager):
    area.claim(finished, ME, manager)
    manager.savepoint().rollback()
    manager.abort()
    assert area.claim(finished, ME, manager).path.exists()
    manager.abort()


def test_a_failed_commit_keeps_it(area, finished, manager):
    class Refuses(uploads.Consumption):
        def tpc_vote(self, _transaction):
            raise RuntimeError("no")

    area.claim(finished, ME, manager)
    Refuses.join(manager, lambda: None, lambda: None)
    with pytest.raises(RuntimeError, match="no"):
        manager.commit()
    manager.abort()
    area.claim(finished, ME, manager)
    manager.commit()
    assert left(area) == set()


def test_it_goes_into_the_store_and_out_of_the_area(area, finished, desk):
    claimed = area.claim(finished, ME, desk.tm)
    stored = desk.files.keep(claimed, claimed.sha256, claimed.size, claimed.mime)
    desk.tm.commit()
    assert left(area) == set()
    with stored.open() as file:
        assert file.read() == WORDS


def test_two_claims_at_once_do_not_both_succeed(area, finished, manager):
    area.claim(finished, ME, manager)
    with pytest.raises(UploadBusyError):
        area.claim(finished, ME, transaction.TransactionManager())
    with pytest.raises(UploadBusyError):
        area.discard(finished, ME)
    manager.abort()


def test_a_claim_of_what_has_not_come_whole_is_refused_and_locks_nothing(area, begun, manager):
    with pytest.raises(UploadUnfinishedError):
        area.claim(begun, ME, manager)
    assert area.append(begun, ME, 0, io.BytesIO(WORDS)) == len(WORDS)


def test_a_crash_before_the_note_is_written_is_made_good(area, finished, manager):
    note = area.folder / f"{finished}.json"
    note.write_text(json.dumps(json.loads(note.read_text()) | {"sha256": "", "type_code": ""}))
    assert area.claim(finished, ME, manager).sha256 == hashlib.sha256(WORDS).hexdigest()
    manager.abort()
    assert area.append(finished, ME, len(WORDS), io.BytesIO(b"")) == len(WORDS)
    assert json.loads(note.read_text())["type_code"].startswith("txt")


def test_a_finished_upload_needs_no_right_to_write(area, finished, manager):
    with area._locked(finished, ME) as (part, _note):
        assert not part.writable()
    assert area.append(finished, ME, len(WORDS), io.BytesIO()) == len(WORDS)
    with pytest.raises(UploadTooLargeError):
        area.append(finished, ME, len(WORDS), io.BytesIO(b"x"))
    assert area.claim(finished, ME, manager).path.read_bytes() == WORDS
    manager.abort()


def test_a_conflict_after_the_blob_was_stored_can_be_tried_again(area, finished, desks):
    class Refuses(uploads.Consumption):
        def tpc_vote(self, _transaction):
            raise RuntimeError("no")

    desk = desks()
    for refuses in (True, False):
        claimed = area.claim(finished, ME, desk.tm)
        desk.files.keep(claimed, claimed.sha256, claimed.size, claimed.mime)
        if refuses:
            Refuses.join(desk.tm, lambda: None, lambda: None)
            with pytest.raises(RuntimeError, match="no"):
                desk.tm.commit()
            desk.tm.abort()
            assert area.status(finished, ME).finished
    desk.tm.commit()
    assert desk.files.get(claimed.sha256).read_range(0, len(WORDS)) == WORDS


@pytest.mark.parametrize("act", ["append", "status", "discard", "claim"])
def test_somebody_elses_upload_does_not_exist(area, finished, manager, act):
    further = {"append": (len(WORDS), io.BytesIO()), "claim": (manager,)}.get(act, ())
    with pytest.raises(UploadNotFoundError):
        getattr(area, act)(finished, OTHER, *further)
    assert area.status(finished, ME).finished


@pytest.mark.parametrize("id_", ["", "0" * 32, "../secret", "A" * 32, "0" * 31 + "\n"])
def test_an_unknown_id_is_not_found(area, begun, id_):
    with pytest.raises(UploadNotFoundError):
        area.status(id_, ME)


def test_a_note_without_its_part_is_not_found(area, begun):
    (area.folder / f"{begun}.part").unlink()
    for act in (lambda: area.status(begun, ME), lambda: area.append(begun, ME, 0, io.BytesIO())):
        with pytest.raises(UploadNotFoundError):
            act()


def test_a_wrong_offset_changes_nothing(area, begun):
    area.append(begun, ME, 0, io.BytesIO(WORDS[:10]))
    for offset in (0, 9, 11):
        with pytest.raises(WrongOffsetError):
            area.append(begun, ME, offset, io.BytesIO(b"x"))
    assert area.status(begun, ME).offset == 10


def test_more_than_announced_is_refused_whole(area, begun):
    area.append(begun, ME, 0, io.BytesIO(WORDS[:10]))
    with pytest.raises(UploadTooLargeError):
        area.append(begun, ME, 10, io.BytesIO(WORDS))
    assert area.status(begun, ME).offset == 10


def test_more_than_allowed_is_refused_at_the_beginning(area):
    with pytest.raises(UploadTooLargeError):
        area.create(ME, "a.pdf", area.max_bytes + 1)


def test_a_checksum_is_checked(area, begun):
    good = hashlib.sha256(WORDS[:10]).digest()
    assert area.append(begun, ME, 0, io.BytesIO(WORDS[:10]), ("sha256", good)) == 10
    with pytest.raises(ChecksumMismatchError):
        area.append(begun, ME, 10, io.BytesIO(WORDS[10:20]), ("sha256", good))
    assert area.status(begun, ME).offset == 10


def test_an_empty_file_is_finished_at_once(area, manager):
    claimed = area.claim(area.create(ME, "空.txt", 0), ME, manager)
    assert (claimed.size, claimed.type.code) == (0, "unknown")
    manager.abort()


class FullDisk(io.BytesIO):
    """Stands for a disk that fills up: it is the stream that raises, after one piece has been written."""

    def read(self, size=-1):
        if self.tell():
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().read(10)


def test_a_full_disk_keeps_what_has_come(area, begun):
    with pytest.raises(StorageFullError):
        area.append(begun, ME, 0, FullDisk(WORDS))
    assert area.status(begun, ME).offset == 10
    assert area.append(begun, ME, 10, io.BytesIO(WORDS[10:])) == len(WORDS)


def test_another_error_of_the_disk_stays_what_it_is(area, begun):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        area.append(begun, ME, 0, Broken())


def test_no_upload_begins_that_the_disk_cannot_hold(area, monkeypatch):
    usage = SimpleNamespace(free=uploads.RESERVE + 99)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    with pytest.raises(StorageFullError):
        area.create(ME, "a.txt", 100)
    assert area.create(ME, "a.txt", 99)


def test_one_writer_at_a_time(area, begun):
    reached, go_on = threading.Event(), threading.Event()

    class Slow(io.BytesIO):
        def read(self, size=-1):
            reached.set()
            go_on.wait(10)
            return super().read(size)

    thread = threading.Thread(target=area.append, args=(begun, ME, 0, Slow(WORDS)))
    thread.start()
    reached.wait(10)
    with pytest.raises(UploadBusyError):
        area.append(begun, ME, 0, io.BytesIO(WORDS))
    assert area.sweep(NOON + timedelta(days=9)) == 0, "what is in use is not swept"
    go_on.set()
    thread.join()
    assert area.status(begun, ME).finished


def test_discard_forgets_it(area, begun):
    area.discard(begun, ME)
    assert left(area) == set()
    with pytest.raises(UploadNotFoundError):
        area.status(begun, ME)


def test_the_sweep_takes_what_has_expired(area, begun):
    with clock.frozen(NOON + timedelta(hours=1)):
        later = area.create(ME, "b.txt", 5)
    assert area.sweep(NOON + timedelta(hours=47)) == 0
    assert area.sweep(NOON + timedelta(hours=48)) == 1
    assert area.status(later, ME).offset == 0
    with pytest.raises(UploadNotFoundError):
        area.status(begun, ME)


def test_what_has_expired_is_not_found_even_before_the_sweep(area, begun):
    with clock.frozen(NOON + timedelta(hours=48)), pytest.raises(UploadNotFoundError):
        area.status(begun, ME)


def test_the_sweep_takes_what_a_crash_left_behind(area, begun):
    (area.folder / f"{'1' * 32}.part").write_bytes(b"no note")
    (area.folder / f"{'2' * 32}.json").write_text("{}")
    (area.folder / f"{'3' * 32}.draft").write_text("{")
    (area.folder / f"{'4' * 32}.part").write_bytes(b"torn note")
    (area.folder / f"{'4' * 32}.json").write_text("{")
    assert area.sweep(NOON) == 4
    assert len(list(area.folder.iterdir())) == 2


def test_the_sweep_of_a_folder_that_was_never_made(area):
    assert area.sweep(NOON) == 0


def test_a_plain_form_makes_a_finished_upload(area, manager):
    field = SimpleNamespace(file=io.BytesIO(WORDS), filename=r"C:\公文\通知.txt")
    field.file.seek(7)
    claimed = area.claim(area.accept(ME, field), ME, manager)
    assert (claimed.filename, claimed.size) == ("通知.txt", len(WORDS))
    manager.abort()


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("通知.pdf", "通知.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.doc", "a.doc"),
        ("a\r\nb\x00.txt", "ab.txt"),
        ("good\u202efdp.exe", "goodfdp.exe"),
        ("\u200b\u2066a.txt", "a.txt"),
        ("..", "未命名"),
        ("", "未命名"),
        ("dir/", "未命名"),
        (".htaccess", "htaccess"),
        ("noextension", "noextension"),
        ("长" * 100 + ".docx", "长" * 83 + ".docx"),
        ("x" * 300, "x" * 255),
        ("x." + "y" * 300, "x." + "y" * 253),
        ("\ud800a.txt", "a.txt"),
    ],
)
def test_names_are_cleaned(given, clean):
    assert clean_name(given) == clean
    assert len(clean_name(given).encode()) <= 255


class Zeros:
    """A stream of so many null bytes."""

    def __init__(self, size):
        self.left = size

    def read(self, size):
        piece = bytes(min(size, self.left))
        self.left -= len(piece)
        return piece


def test_a_large_upload_comes_in_with_little_memory(area):
    size = 200 * 1024**2
    id_ = area.create(ME, "big.bin", size)
    tracemalloc.start()
    assert area.append(id_, ME, 0, Zeros(size)) == size
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 1024**2
