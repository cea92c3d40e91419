"""Keeps unfinished uploads in a folder until a business commit takes them (design sect. 5).

An upload is a part file, which is its own lock, and a note beside it. It belongs to the principal who began it: to
anybody else it does not exist. The user's name for the file is data and never part of a path.
"""

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import re
import shutil
import unicodedata
import uuid
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, cast

from govrepo import clock
from govrepo.files.consumption import Consumption
from govrepo.files.sniff import FileType, sniff
from govrepo.i18n import _

PIECE = 256 * 1024
#: Bytes of the disk that uploads leave free, for the database's sake.
RESERVE = 64 * 1024**2
_ID = re.compile(r"[0-9a-f]{32}")
_FULL = (errno.ENOSPC, errno.EDQUOT)


class UploadError(Exception):
    """An upload cannot go on; the subclass says why, ``words`` tells the user."""

    words = _("上传失败。")


class UploadNotFoundError(UploadError):
    """There is no such upload, or it is somebody else's."""

    words = _("找不到该上传文件，可能已过期，请重新上传。")


class UploadTooLargeError(UploadError):
    """The file is larger than allowed, or than announced."""

    words = _("文件超过允许的大小。")


class WrongOffsetError(UploadError):
    """The piece does not begin where the last one ended."""

    words = _("上传位置不符，请从已收到的位置继续。")


class UploadBusyError(UploadError):
    """Another request is writing or committing this upload."""

    words = _("该文件正在处理，请稍后再试。")


class UploadUnfinishedError(UploadError):
    """The upload has not arrived whole yet."""

    words = _("文件尚未上传完毕。")


class ChecksumMismatchError(UploadError):
    """The piece is not what the client sent; nothing of it was kept."""

    words = _("文件分片校验不符，请重新发送。")


class StorageFullError(UploadError):
    """The disk is full; what has arrived is kept."""

    words = _("服务器存储空间不足，已收到的部分会保留，请联系管理员后继续。")


@dataclass(frozen=True)
class Note:
    """What is written down about an upload; instants in whole microseconds (:func:`govrepo.clock.micros`).

    ``sha256`` and ``type_code`` are empty until the upload is finished.
    """

    owner: str
    filename: str
    size: int
    expires: int
    sha256: str = ""
    type_code: str = ""


@dataclass(frozen=True)
class Status:
    """How far an upload has come, in bytes."""

    id: str
    filename: str
    size: int
    offset: int
    expires: datetime

    @property
    def finished(self) -> bool:
        """Whether the whole file has arrived."""
        return self.offset == self.size


@dataclass(frozen=True)
class Claimed:
    """A finished upload in the hands of a transaction: it disappears from the area if that commits."""

    path: Path
    sha256: str
    size: int
    filename: str
    type: FileType

    @property
    def mime(self) -> str:
        """The media type, by content."""
        return self.type.mime


@dataclass(frozen=True)
class UploadArea:
    """The folder of unfinished uploads, the size one file may have and the time it is kept."""

    folder: Path
    max_bytes: int
    keep: timedelta

    def create(self, owner: str, filename: str, size: int) -> str:
        """Begin an upload of ``size`` bytes; return its id. Raise UploadTooLargeError or StorageFullError."""
        if size > self.max_bytes:
            raise UploadTooLargeError
        self.folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self.folder).free < size + RESERVE:
            raise StorageFullError
        id_ = uuid.uuid4().hex
        note = Note(owner, clean_name(filename), size, clock.micros(clock.now() + self.keep))
        with _full_disk_told(), self._part(id_).open("xb") as part:
            _lock(part)
            self._write(id_, note if size else self._finish(id_, note))
        return id_

    def append(
        self, id_: str, owner: str, offset: int, stream: IO[bytes], checksum: tuple[str, bytes] | None = None
    ) -> int:
        """Add a piece at ``offset``; return the new offset, which then is on disk. ``checksum``: algorithm and digest.

        Raise any UploadError. After StorageFullError the part that fitted is kept; a piece too long or with a wrong
        checksum leaves nothing behind.
        """
        with self._locked(id_, owner) as (part, note):
            if part.seek(0, os.SEEK_END) != offset:
                raise WrongOffsetError
            if note.sha256:
                _copy(stream, 0)  # It is whole already; nothing may follow.
                return offset
            with _full_disk_told():
                _receive(part, stream, note.size - offset, checksum)
                if part.tell() == note.size:
                    self._write(id_, self._finish(id_, note))
            return part.tell()

    def status(self, id_: str, owner: str) -> Status:
        """How far the upload has come. Raise UploadNotFoundError."""
        note = self._read(id_, owner)
        try:
            offset = self._part(id_).stat().st_size
        except FileNotFoundError as error:
            raise UploadNotFoundError from error
        return Status(id_, note.filename, note.size, offset, clock.from_micros(note.expires))

    def discard(self, id_: str, owner: str) -> None:
        """Forget an upload. Raise UploadNotFoundError or UploadBusyError."""
        with self._locked(id_, owner):
            self._remove(id_)

    def claim(self, id_: str, owner: str, transaction_manager: Any) -> Claimed:
        """Take a finished upload into a transaction: gone if it commits, kept if it aborts, locked meanwhile.

        Raise UploadNotFoundError, UploadBusyError or UploadUnfinishedError.
        """
        with contextlib.ExitStack() as stack:
            part, note = stack.enter_context(self._locked(id_, owner))
            if part.seek(0, os.SEEK_END) != note.size:
                raise UploadUnfinishedError
            note = note if note.sha256 else self._finish(id_, note)
            Consumption.join(transaction_manager, lambda: self._remove(id_), stack.pop_all().close)
        filetype = FileType.of(note.type_code, note.filename)
        return Claimed(self._part(id_), note.sha256, note.size, note.filename, filetype)

    def accept(self, owner: str, field: Any) -> str:
        """Take a file from a plain form (``request.POST[...]``) as a finished upload; return its id."""
        size = field.file.seek(0, os.SEEK_END)
        field.file.seek(0)
        id_ = self.create(owner, field.filename, size)
        self.append(id_, owner, 0, field.file)
        return id_

    def sweep(self, now: datetime) -> int:
        """Remove what has expired and what a crash left behind, except what is in use; return how many."""
        found = {path.name.partition(".")[0] for path in self.folder.glob("*.*")}
        found = {path.name.partition(".")[0] for path in self.folder.glob("*.*")}
        return sum(self._sweep_one(id_, clock.micros(now)) for id_ in found)

    def _sweep_one(self, id_: str, now: int) -> bool:
        try:
            with self._part(id_).open("rb") as part:
                _lock(part)
                expired = self._expired(id_, now)
                if expired:
                    self._remove(id_)
                return expired
        except FileNotFoundError:
            self._remove(id_)
            return True
        except UploadBusyError:
            return False

    def _expired(self, id_: str, now: int) -> bool:
        try:
            return self._note(id_).expires <= now
        except UploadNotFoundError:
            return True

    @contextlib.contextmanager
    def _locked(self, id_: str, owner: str) -> Iterator[tuple[IO[bytes], Note]]:
        """The part file, for this process and thread alone. Nobody waits for a lock: the client asks again.

        A finished part is opened to be read only: ZODB takes away the right to write from what it links, and does not
        give it back when the commit fails.
        """
        mode = "rb" if self._read(id_, owner).sha256 else "r+b"
        try:
            part = cast("IO[bytes]", self._part(id_).open(mode))
        except FileNotFoundError as error:
            raise UploadNotFoundError from error
        with part:
            _lock(part)
            yield part, self._read(id_, owner)  # Read again: it may have been finished or removed before the lock.

    def _finish(self, id_: str, note: Note) -> Note:
        """The note of an upload that has arrived whole: what it is, by content."""
        with self._part(id_).open("rb") as part:
            digest = hashlib.file_digest(part, "sha256").hexdigest()
        return replace(note, sha256=digest, type_code=sniff(self._part(id_), note.filename).encoded)

    def _read(self, id_: str, owner: str) -> Note:
        if not _ID.fullmatch(id_):
            raise UploadNotFoundError
        note = self._note(id_)
        if note.owner != owner or note.expires <= clock.micros(clock.now()):
            raise UploadNotFoundError
        return note

    def _note(self, id_: str) -> Note:
        try:
            return Note(**json.loads(self._beside(id_, "json").read_text("utf-8")))
        except (FileNotFoundError, ValueError, TypeError) as error:
            raise UploadNotFoundError from error

    def _write(self, id_: str, note: Note) -> None:
        draft = self._beside(id_, "draft")
        draft.write_text(json.dumps(asdict(note)), "utf-8")
        draft.replace(self._beside(id_, "json"))

    def _remove(self, id_: str) -> None:
        for suffix in ("json", "draft", "part"):
            self._beside(id_, suffix).unlink(missing_ok=True)

    def _part(self, id_: str) -> Path:
        return self._beside(id_, "part")

    def _beside(self, id_: str, suffix: str) -> Path:
        return self.folder / f"{id_}.{suffix}"


def clean_name(filename: str) -> str:
    """A user's file name without path parts, control and direction characters, at most 255 bytes of UTF-8."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", filename))[-1]
    visible = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(" .")
    stem, dot, extension = visible.rpartition(".")
    if not stem or len(extension) > 10:
        stem, dot, extension = visible, "", ""
    room = 255 - len((dot + extension).encode())
    return (stem.encode()[:room].decode("utf-8", "ignore") + dot + extension) or "未命名"


def _lock(part: IO[bytes]) -> None:
    try:
        fcntl.flock(part, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise UploadBusyError from error


@contextlib.contextmanager
def _full_disk_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFullError from error
        raise


def _receive(part: IO[bytes], stream: IO[bytes], room: int, checksum: tuple[str, bytes] | None) -> None:
    """Write the stream after what is there, piece by piece, and flush it; undo it if it is not what it should be."""
    start = part.tell()
    digest = hashlib.new(checksum[0], usedforsecurity=False) if checksum else None
    try:
        _copy(stream, room, part.write, *([digest.update] if digest else []))
        if checksum and digest and digest.digest() != checksum[1]:
            raise ChecksumMismatchError
    except UploadError:
        part.truncate(start)
        raise
    part.flush()
    os.fsync(part.fileno())


def _copy(stream: IO[bytes], room: int, *sinks: Callable[[bytes], Any]) -> None:
    while piece := stream.read(PIECE):
        room -= len(piece)
        if room < 0:
            raise UploadTooLargeError
        for sink in sinks:
            sink(piece)
