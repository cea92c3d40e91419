"""Octets made by the site itself, kept as a stored file: durable, hashed, and gone with the last object that refers to it."""

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from govrepo.files import store


def keep_octets(context: Any, octets: bytes, mime: str) -> Any:
    """Keep octets and hold them once; the stored file."""
    files = store(context)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made"
        path.write_bytes(octets)
        kept = files.keep(path, hashlib.sha256(octets).hexdigest(), len(octets), mime)
    files.acquire(kept)
    return kept
