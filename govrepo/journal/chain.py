"""The hash chain: an entry's body names the hash of the body before it (SOD-12).

A body is canonical JSON (keys sorted, no blanks, UTF-8); its hash is the SHA-256 of its bytes, in hex. Anyone can
recompute both with a text editor and sha256sum. Nothing here knows of a database.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

ZERO = "0" * 64  # What the first entry names as its predecessor.


def canonical(value: Any) -> str:
    """The one JSON text of a value; raises TypeError or ValueError for what JSON cannot hold."""
    text = json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_as_mapping
    )
    # A lone surrogate (from a hostile request) has no UTF-8 form, but its backslash form is valid JSON for the same
    # text.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _as_mapping(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"an entry holds plain JSON values, not {type(value).__name__}")


def digest(body: str | bytes) -> str:
    """The hash of a body, in hex."""
    return hashlib.sha256(body.encode() if isinstance(body, str) else body).hexdigest()


def fault(body: bytes, stored_hash: bytes, seq: int, prev: str) -> str | None:
    """Why this row cannot be entry ``seq`` after the entry with hash ``prev``; None if it can."""
    if not isinstance(body, bytes) or digest(body).encode() != stored_hash:
        return "changed"
    try:
        said = json.loads(body.decode())  # Faster than to have the encoding guessed.
        place, before = said["seq"], said["prev"]
    except (ValueError, TypeError, KeyError):
        return "changed"
    if place != seq:
        return "moved"
    return None if before == prev else "unlinked"


def time_of(body: str | bytes) -> int:
    """An entry's instant, in microseconds; raises ValueError, TypeError or KeyError for a body that says none."""
    return int(json.loads(body)["time"])
