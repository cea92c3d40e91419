"""Rewrites a scanner's PDF so that it can be sealed: before the first seal, never after."""

from pathlib import Path

from govrepo.sealing.hand import SealingError


def normalised(source: Path, target: Path) -> None:  # noqa: ARG001
    """Write ``source`` anew to ``target`` in a sandboxed child. Raises SealingError (``encrypted``, ``unreadable``, ``filled`` for a sealed file)."""
    raise SealingError("unreadable", "normalising is not there yet")
