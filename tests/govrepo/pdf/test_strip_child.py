"""The child's drawing, called directly."""

import base64
import io

from PIL import Image

from govrepo.pdf import strip_child
from tests import hostile


def test_pages_black_on_white_with_grey_between(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(hostile.pdf("a", "b"))
    answer = base64.b64decode(strip_child.main({"path": str(path), "pages": 2, "width": 200}))
    with Image.open(io.BytesIO(answer)) as picture:
        grey = picture.getpixel((100, picture.height // 2))
        assert (picture.format, picture.getpixel((2, 2)), grey) == ("PNG", (255, 255, 255), (229, 231, 235))
