"""Seals a file of our own (ADR 0018)."""

from collections.abc import Callable
from pathlib import Path

from govrepo.sealing.findings import Trust
from govrepo.sealing.hand import Hand, Sealed, SealingError


def seal(source: Path, target: Path, hand: Hand, slot: int, slots: int, *, sha256: str) -> Sealed:  # noqa: ARG001
    """Put a seal into place ``slot`` (from 0) of ``slots`` and write the sealed file to ``target``; PAdES B-LTA.

    ``sha256`` is the digest under which the caller knows ``source``: our own typesetter's output, or the file an earlier sealing left. The first
    sealing of a joint issue makes the empty fields of all. Raises SealingError; nothing is written then.
    """
    raise SealingError("unreadable", "sealing is not there yet")


def renew(source: Path, target: Path, trust: Trust, stamp: Callable[[bytes], bytes], *, sha256: str) -> str:  # noqa: ARG001
    """Put a new archive time stamp on a sealed file while the last one can still be checked; the new file's SHA-256. Raises SealingError."""
    raise SealingError("unreadable", "renewal is not there yet")
