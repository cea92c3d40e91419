"""The child's side of :mod:`govrepo.pdf.render`.

It runs as a plain file in a sandbox and imports nothing of govrepo.
"""

import base64
import io
from collections.abc import Mapping
from typing import Any

from PIL import Image, ImageChops
from pypdfium2 import PdfDocument

#: An image is at most this many times as high as it is wide: a page may be as long as a roll of paper.
_STEEPEST = 4
#: By how much red may exceed green and blue in what counts as grey: scans of black ink are never quite without colour.
_GREYISH = 28


def main(arguments: Mapping[str, Any]) -> str | None:
    """Answer page ``page`` of ``path`` as a PNG in base 64, ``width`` pixels wide; None if there is no such page.

    ``without_red``: what is red becomes white.
    """
    document = PdfDocument(arguments["path"])
    document.init_forms()  # A seal is drawn as the form field that it is.
    if not 0 <= arguments["page"] < len(document):
        return None
    sheet = document[arguments["page"]]
    picture = sheet.render(scale=_scale(sheet.get_size(), arguments["width"])).to_pil()
    if arguments["without_red"]:
        picture = _without_red(picture)
    answer = io.BytesIO()
    picture.save(answer, "PNG")
    return base64.b64encode(answer.getvalue()).decode()


def _without_red(picture: Image.Image) -> Image.Image:
    """Shades of grey, and white where red outweighs green and blue: red ink and its edges, never black, grey or blue."""
    red, green, blue = picture.convert("RGB").split()
    excess = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    white = excess.point([0 if value <= _GREYISH else 255 for value in range(256)])
    # The red channel shows faint red as paper already, so that the edges of what is whitened leave no shadow.
    return ImageChops.lighter(red, white)


def _scale(size: tuple[float, float], wanted: int) -> float:
    width, height = size
    return min(wanted / max(width, 1), wanted * _STEEPEST / max(height, 1))
