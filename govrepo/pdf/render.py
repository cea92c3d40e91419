"""Draws one page of a PDF as an image: people read images, the PDF itself leaves only by a counted act (P-35)."""

import base64
from pathlib import Path

from govrepo.sandbox import SandboxError, run

#: Narrowest and widest image, in pixels.
NARROWEST, WIDEST = 50, 3000


class PageNotFoundError(LookupError):
    """The PDF has no page of that number."""


def render(path: Path, page: int, width: int, *, without_red: bool = False) -> bytes:
    """Page ``page`` (from 0) as a PNG about ``width`` pixels wide, clamped to what is sensible.

    ``without_red`` leaves white where the page is red, and the rest in shades of grey: no red head, no red seal (脱密, P-35).

    Raise PageNotFoundError, or SandboxError if the file cannot be drawn within the limits of the sandbox.
    """
    width = min(max(width, NARROWEST), WIDEST)
    order = {"path": str(path.resolve()), "page": page, "width": width, "without_red": without_red}
    answer = run("govrepo.pdf.render_child", order)
    if answer is None:
        raise PageNotFoundError(page)
    image = base64.b64decode(answer)
    if not image.startswith(b"\x89PNG\r\n\x1a\n"):
        raise SandboxError("crash", "the child's answer is no image")
    return image
