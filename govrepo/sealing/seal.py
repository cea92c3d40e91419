"""Seals a file of our own (ADR 0018): what is checked before, and how the result comes to its place."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from govrepo import clock
from govrepo.sealing.findings import GOOD, Trust
from govrepo.sealing.hand import Hand, Sealed, SealingError, check_hand
from govrepo.sealing.verify import verify


def seal(source: Path, target: Path, hand: Hand, slot: int, slots: int, *, sha256: str) -> Sealed:
    """Put a seal into place ``slot`` (from 0) of ``slots`` and write the sealed file to ``target``; PAdES B-LTA.

    ``sha256`` is the digest under which the caller knows ``source``: our own typesetter's output, or the file an earlier sealing left. The first
    sealing of a joint issue makes the empty fields of all. Raises SealingError; nothing is written then.
    """
    at = clock.now()
    crls = check_hand(hand, at)
    content = _known(source, sha256)
    pades = _pades()
    sealed, place = pades.write_seal(content, hand, crls, slot, slots)
    _write(target, sealed)
    box = place.image_box(hand.diameter_mm)
    return Sealed(pades.field_name(slot), place.page, box, at, sha256, hashlib.sha256(sealed).hexdigest())


def renew(source: Path, target: Path, trust: Trust, stamp: Callable[[bytes], bytes], *, sha256: str) -> str:
    """Put a new archive time stamp on a sealed file while the last one can still be believed; the new file's SHA-256.

    Raises SealingError, SandboxError("busy").
    """
    content = _known(source, sha256)
    found = verify(source, trust, clock.now())
    if found.verdict != GOOD or any(each.level != "LTA" for each in found.seals):
        raise SealingError("not-good", f"the seals on the file are {found.verdict} {found.problem}")
    stamped: bytes = _pades().write_stamp(content, trust, stamp)
    _write(target, stamped)
    return hashlib.sha256(stamped).hexdigest()


def _pades() -> Any:
    """The module that imports pyHanko: half a second and 40 MB, which only the process that seals shall spend."""
    from govrepo.sealing import pades  # noqa: PLC0415 - As said.

    return pades


def _known(source: Path, sha256: str) -> bytes:
    try:
        content = source.read_bytes()
    except OSError as error:
        raise SealingError("unreadable", str(error)) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise SealingError("changed", "the file is not the one that is to be sealed")
    return content


def _write(target: Path, content: bytes) -> None:
    """The target is there whole or not at all."""
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(target)
