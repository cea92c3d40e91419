"""The child's side of :mod:`govrepo.pdf.render`.

It runs as a plain file in a sandbox and imports nothing of govrepo.
"""

import base64
import io
from collections.abc import Mapping
from typing import Any

from pypdfium2 import PdfDocument

#: An image is at most this many times as high as it is wide: a page may be as long as a roll of paper.
_STEEPEST = 4


def main(arguments: Mapping[str, Any]) -> str | None:
    """Answer page ``page`` of ``path`` as a PNG in base 64, ``width`` pixels wide; None if there is no such page."""
    document = PdfDocument(arguments["path"])
    document.init_forms()  # A seal is drawn as the form field that it is.
    if not 0 <= arguments["page"] < len(document):
        return None
    sheet = document[arguments["page"]]
    picture = sheet.render(scale=_scale(sheet.get_size(), arguments["width"])).to_pil()
    answer = io.BytesIO()
    picture.save(answer, "PNG")
    return base64.b64encode(answer.getvalue()).decode()


def _scale(size: tuple[float, float], wanted: int) -> float:
    width, height = size
    return min(wanted / max(width, 1), wanted * _STEEPEST / max(height, 1))
