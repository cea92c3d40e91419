"""Brings a blob to the disk before the commit that names it (design sect. 9).

ZODB flushes its own file at each commit and never a blob: after a loss of power a committed document could have an
empty one. So the blob's bytes are flushed when it is kept, and the folders it was moved into at the vote.
"""

import os
from pathlib import Path
from typing import Any

from ZODB.blob import Blob

from govrepo.files.participant import Participant


class DurableBlob(Participant):
    """Sees to one new blob; it votes after the storage has put the blob's file in its place."""

    def __init__(self, blob: Blob) -> None:
        super().__init__(_connection(blob).transaction_manager)
        self._folders = _folders_to_come(blob)

    @classmethod
    def join(cls, blob: Blob) -> None:
        """Flush the bytes of a blob that has been filled, and see to its folders when the transaction commits."""
        with blob.open("r") as file:
            os.fsync(file.fileno())
        manager = cls(blob)
        manager.transaction_manager.get().join(manager)

    def tpc_vote(self, _transaction: Any) -> None:
        """Flush the folders; an OSError here aborts the whole commit."""
        for folder in self._folders:
            if folder.exists():
                flush_folder(folder)


def flush_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _folders_to_come(blob: Blob) -> list[Path]:
    """The folder of a new blob's file, those that must be made above it, and the one they will be made in.

    The folders further up stood before and were flushed then. A storage without a shared blob folder keeps the bytes
    in its own database and answers for them.
    """
    helper = getattr(_connection(blob).db().storage, "fshelper", None)
    if helper is None:
        return []
    folder = Path(helper.getPathForOID(blob._p_oid))  # noqa: SLF001 - ZODB's own name.
    above = [place for place in folder.parents if place.is_relative_to(helper.base_dir)]
    made = next((number for number, place in enumerate(above) if place.exists()), len(above))
    return [folder, *above[: made + 1]]


def _connection(blob: Blob) -> Any:
    return blob._p_jar  # noqa: SLF001 - ZODB's documented way to an object's connection.
