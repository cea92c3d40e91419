"""A checkpoint: the system's signed word on how long the journal is and what stands in it (SOD-12, R-7.2).

Its text names the journal (hash of its first entry), the number of entries, the root of the Merkle tree over them and the
instant. Whoever keeps a checkpoint elsewhere can later show that an entry was changed, cut off or put in between, even if
the whole chain was written anew. Text and signature are two plain files, so that ``openssl`` alone verifies them
(docs/evidence.md). Nothing here knows of a database.
"""

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from govrepo import clock
from govrepo.trust.system_key import ALGORITHM, SystemKey, verify

FIRST_LINE = "govrepo journal checkpoint 1"
_TEXT = re.compile(
    rf"{FIRST_LINE}\n"
    r"journal: (?P<journal>[0-9a-f]{64})\n"
    r"entries: (?P<size>[1-9][0-9]*)\n"
    r"root: (?P<root>[0-9a-f]{64})\n"
    r"time: (?P<time>[0-9T:.+-]+)\n"
    r"key: (?P<algorithm>[A-Za-z0-9-]+) (?P<key>[0-9a-f]+)\n"
)


class NoCheckpointError(ValueError):
    """A text or a file that is no checkpoint."""


@dataclass(frozen=True)
class Checkpoint:
    """What was signed, and the signature in hexadecimal."""

    journal: str
    size: int
    root: str
    time: datetime
    key: str
    signature: str = ""

    @property
    def text(self) -> str:
        """The signed text, six lines; its form never changes without another first line."""
        return (
            f"{FIRST_LINE}\njournal: {self.journal}\nentries: {self.size}\nroot: {self.root}\n"
            f"time: {self.time.isoformat()}\nkey: {ALGORITHM} {self.key}\n"
        )

    def is_signed_by(self, public: str) -> bool:
        """Whether the signature is that of the key whose public half is given in hexadecimal."""
        return self.key == public and verify(public, self.text, self.signature)


def sign(journal: str, size: int, root: bytes, key: SystemKey) -> Checkpoint:
    """A checkpoint of the present instant."""
    unsigned = Checkpoint(journal, size, root.hex(), clock.now(), key.public)
    return Checkpoint(**{**vars(unsigned), "signature": key.sign(unsigned.text)})


def parse(text: str, signature: str) -> Checkpoint:
    """Read a checkpoint's text; raises NoCheckpointError for anything that :attr:`Checkpoint.text` would not write."""
    found = _TEXT.fullmatch(text)
    if found is None or found["algorithm"] != ALGORITHM:
        raise NoCheckpointError("not a checkpoint of a form known here")
    try:
        time = datetime.fromisoformat(found["time"])
    except ValueError as error:
        raise NoCheckpointError(f"no instant: {found['time']}") from error
    read = Checkpoint(found["journal"], int(found["size"]), found["root"], time, found["key"], signature)
    if read.text != text:
        raise NoCheckpointError("not written in the one form of a checkpoint")
    return read


def export(checkpoint: Checkpoint, folder: Path, key: SystemKey) -> Path:
    """Write a checkpoint as ``<entries>.checkpoint`` and ``.sig`` into a folder, read-only, never over another.

    The public key that verifies it lies beside it. Writing the same again changes nothing. Raises OSError, and FileExistsError
    where something else stands under one of the names.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_once(folder / f"{key.key_id}.pem", key.public_pem)
    path = folder / f"{checkpoint.size:012d}.checkpoint"
    write_once(path.with_suffix(".sig"), bytes.fromhex(checkpoint.signature))
    write_once(path, checkpoint.text.encode())
    return path


def write_once(path: Path, content: bytes) -> None:
    """Write a file that nobody writes over, durably. Raises OSError, FileExistsError where something else stands under the name."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IRGRP)
    except FileExistsError:
        if path.read_bytes() != content:
            raise
        return
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def last_exported(folder: Path) -> int:
    """The number of entries of the longest checkpoint in a folder; 0 if there is none."""
    return max((int(path.stem) for path in folder.glob("*.checkpoint") if path.stem.isdecimal()), default=0)


def exported(folder: Path, size: int | None = None) -> Iterable[Checkpoint]:
    """The checkpoints in a folder, shortest journal first, or that of one size; raises NoCheckpointError naming the file that is none."""
    for path in sorted(folder.glob("*.checkpoint" if size is None else f"{size:012d}.checkpoint")):
        try:
            signature = path.with_suffix(".sig").read_bytes().hex()
            found = parse(path.read_bytes().decode(), signature)
            if path.stem != f"{found.size:012d}":
                raise NoCheckpointError(f"swapped: it is the one over {found.size} entries")
            yield found
        except (OSError, ValueError) as error:
            raise NoCheckpointError(f"{path.name}: {error}") from error
