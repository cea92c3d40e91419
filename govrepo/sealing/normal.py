"""Rewrites a scanner's PDF so that it can be sealed: before the first seal, never after.

Scanners write files that a strict reader refuses; seals are put on and checked by a strict reader, since leniency is what forgers live on.
"""

import tempfile
from pathlib import Path

from govrepo.sandbox import Limits, SandboxError, run
from govrepo.sealing.hand import SealingError

_LIMITS = Limits(file_bytes=256 * 1024**2)


def normalised(source: Path, target: Path) -> None:
    """Write ``source`` anew to ``target`` in a sandboxed child; keep the digests of both.

    Raises SealingError (``encrypted``, ``unreadable``, ``filled`` for a file that bears a signature), SandboxError("busy").
    """
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder) / "made.pdf"
        try:
            fault = run(
                "govrepo.sealing.normal_child",
                {"source": str(source.resolve()), "target": str(made.resolve())},
                _LIMITS,
            )
        except SandboxError as error:
            if error.kind == "busy":
                raise
            raise SealingError("unreadable", str(error)) from error
        if fault:
            raise SealingError(fault, "the file is not rewritten")
        made.replace(target)
