"""The child's side of :mod:`govrepo.pdf.strip`.

It runs as a plain file in a sandbox and imports nothing of govrepo.
"""

import base64
import io
from collections.abc import Mapping
from typing import Any

from PIL import Image
from pypdfium2 import PdfDocument

_GAP = 12
_GREY = (229, 231, 235)


def main(arguments: Mapping[str, Any]) -> str:
    """Answer the first ``pages`` pages of ``path`` as one PNG in base 64, ``width`` pixels wide, with a grey gap between them."""
    document = PdfDocument(arguments["path"])
    sheets = [document[number] for number in range(min(len(document), arguments["pages"]))]
    pictures = [sheet.render(scale=arguments["width"] / sheet.get_width()).to_pil() for sheet in sheets]
    height = sum(picture.height for picture in pictures) + _GAP * (len(pictures) - 1)
    whole = Image.new("RGB", (arguments["width"], max(height, 1)), _GREY)
    top = 0
    for picture in pictures:
        whole.paste(picture, (0, top))
        top += picture.height + _GAP
    answer = io.BytesIO()
    whole.save(answer, "PNG", compress_level=3)
    return base64.b64encode(answer.getvalue()).decode()
