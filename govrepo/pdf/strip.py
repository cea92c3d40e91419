"""Draws the first pages of a PDF that is not kept, one below the other, as one image: a preview."""

import base64
import tempfile
from pathlib import Path

from govrepo.sandbox import SandboxError, run


def strip(pdf: bytes, pages: int, width: int) -> bytes:
    """The first ``pages`` pages as one PNG ``width`` pixels wide. Raise SandboxError."""
    with tempfile.TemporaryDirectory(prefix="govrepo-strip-") as folder:
        path = Path(folder) / "made.pdf"
        path.write_bytes(pdf)
        image = base64.b64decode(run("govrepo.pdf.strip_child", {"path": str(path), "pages": pages, "width": width}))
    if not image.startswith(b"\x89PNG\r\n\x1a\n"):
        raise SandboxError("crash", "the child's answer is no image")
    return image
