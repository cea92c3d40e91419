"""Draws one page of a PDF as an image: people read images, the PDF itself leaves only by a counted act (P-35)."""

import base64
from pathlib import Path

from govrepo.sandbox import SandboxError, run

#: Narrowest and widest image, in pixels.
NARROWEST, WIDEST = 50, 3000


class PageNotFoundError(LookupError):
    """The PDF has no page of that number."""


def render(path: Path, page: int, width: int) -> bytes:
    """Page ``page`` (from 0) as a PNG about ``width`` pixels wide, clamped to what is sensible.

    Raise PageNotFoundError, or SandboxError if the file cannot be drawn within the limits of the sandbox.
    """
    order = {"path": str(path.resolve()), "page": page, "width": min(max(width, NARROWEST), WIDEST)}
    answer = run("govrepo.pdf.render_child", order)
    if answer is None:
        raise PageNotFoundError(page)
    image = base64.b64decode(answer)
    if not image.startswith(b"\x89PNG\r\n\x1a\n"):
        raise SandboxError("crash", "the child's answer is no image")
    return image
