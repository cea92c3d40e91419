"""Keeps file contents as blobs, each content once, for as long as somebody lawfully refers to it (design sect. 5).

The store knows neither names nor owners: those belong to whatever refers to a stored file. It hangs on the site as
``site.files``.
"""

import contextlib
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import Any

from BTrees.OOBTree import OOBTree
from persistent import Persistent
from ZODB.blob import Blob

from govrepo.files.durable import DurableBlob
from govrepo.files.uploads import Claimed

#: Bytes read at a time when content streams; memory does not grow with the file.
PIECE = 256 * 1024


class StoredFile(Persistent):
    """One content: its blob, its sha256 (hex), its size in bytes, its media type and how many refer to it.

    The count is a plain number on purpose: two changes of it conflict, so that the last release and a new reference can
    never both succeed.
    """

    references = 0

    def __init__(self, sha256: str, size: int, mime: str) -> None:
        self.sha256 = sha256
        self.size = size
        self.mime = mime
        self.blob = Blob()

    def open(self) -> FileIO:
        """The content, for the length of the transaction."""
        return self.blob.open("r")

    def open_committed(self) -> FileIO:
        """The committed content; it stays readable after the transaction and its connection have gone."""
        return self.blob.open("c")

    @contextlib.contextmanager
    def as_path(self) -> Iterator[Path]:
        """The content as a file on disk, to be read only, for the length of a ``with`` block."""
        with self.open() as file:
            yield Path(file.name)

    def read_range(self, start: int, length: int) -> bytes:
        """At most ``length`` bytes from byte ``start`` on."""
        with self.open() as file:
            file.seek(start)
            return file.read(length)


class FileStore(Persistent):
    """All stored files by sha256, in 256 trees by its first byte, so that writers seldom meet."""

    def __init__(self) -> None:
        self._shards = tuple(OOBTree() for _ in range(256))

    def get(self, sha256: str) -> StoredFile | None:
        """The stored file of a hash in lower-case hex, or None."""
        found: StoredFile | None = self._shard(sha256).get(sha256)
        return found

    def __contains__(self, sha256: object) -> bool:
        return isinstance(sha256, str) and self.get(sha256) is not None

    def __iter__(self) -> Iterator[StoredFile]:
        """Every stored file, for fixity checks; linear in their number."""
        return (stored for shard in self._shards for stored in shard.values())

    def keep(self, source: Path | Claimed, sha256: str, size: int, mime: str) -> StoredFile:
        """Store a file's content in this transaction, or find it there; the source stays where it is.

        The content is on disk before the commit is. Whoever refers to the result calls :meth:`acquire` in the same
        transaction. Raise ValueError if the source has not ``size`` bytes.
        """
        path = source.path if isinstance(source, Claimed) else source
        if path.stat().st_size != size:
            raise ValueError(f"{path.name} has {path.stat().st_size} bytes, not {size}")
        return self.get(sha256) or self._add(StoredFile(sha256, size, mime), path, linked=isinstance(source, Claimed))

    def acquire(self, stored: StoredFile) -> None:
        """Count one more lawful reference to a file that is kept already."""
        stored.references += 1

    def release(self, stored: StoredFile) -> bool:
        """Give up one reference; with the last one the content goes. Return whether it has gone.

        Its bytes leave the disk with the next pack. Raise ValueError if nobody refers to it.
        """
        if stored.references < 1:
            raise ValueError(f"nobody refers to {stored.sha256}")
        stored.references -= 1
        if stored.references:
            return False
        del self._shard(stored.sha256)[stored.sha256]
        return True

    def _add(self, stored: StoredFile, path: Path, *, linked: bool) -> StoredFile:
        self._p_jar.add(stored.blob)  # So the blob lies on the storage's disk from the beginning.
        staged = Path(self._p_jar.db().storage.temporaryDirectory()) / f"keep-{uuid.uuid4().hex}"
        _stage(path, staged, linked=linked)
        stored.blob.consumeFile(str(staged))
        DurableBlob.join(stored.blob)
        self._shard(stored.sha256)[stored.sha256] = stored
        return stored

    def _shard(self, sha256: str) -> OOBTree:
        return self._shards[int(sha256[:2], 16)]


def _stage(source: Path, target: Path, *, linked: bool) -> None:
    """Link what nobody will write to again; copy everything else, and what lies on another disk."""
    if linked:
        with contextlib.suppress(OSError):
            os.link(source, target)
            return
    shutil.copyfile(source, target)


def store(context: Any) -> FileStore:
    """The site's file store, from any stored object."""
    from govrepo.database import site  # noqa: PLC0415 - the database module wires this one.

    files: FileStore = site(context).files
    return files


def iterate(stored: StoredFile) -> Iterator[bytes]:
    """The content piece by piece."""
    with stored.open() as file:
        while piece := file.read(PIECE):
            yield piece


def verify(stored: StoredFile) -> bool:
    """Whether the bytes on disk are still the bytes that were kept: size and sha256."""
    try:
        with stored.open() as file:
            digest = hashlib.file_digest(file, "sha256")
            return file.tell() == stored.size and digest.hexdigest() == stored.sha256
    except (OSError, KeyError):  # ZODB's POSKeyError is a KeyError: the blob file is missing.
        return False
