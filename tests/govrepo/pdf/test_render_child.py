"""The child's drawing, called directly on samples that do no harm."""

import base64
import io

import pytest
from PIL import Image

from govrepo.pdf import render_child
from tests import hostile


def draw(path, page: int = 0, width: int = 200):
    return render_child.main({"path": str(path), "page": page, "width": width})


def test_a_page_is_drawn(tmp_path):
    with Image.open(io.BytesIO(base64.b64decode(draw(hostile.make("plain", tmp_path))))) as picture:
        assert (picture.format, picture.width in (200, 201)) == ("PNG", True)
        darkest, lightest = picture.convert("L").getextrema()
        assert (darkest < 128, lightest) == (True, 255), "black words on white paper"


@pytest.mark.parametrize("page", [-1, 1])
def test_no_such_page(tmp_path, page):
    assert draw(hostile.make("plain", tmp_path), page) is None


def test_a_page_like_a_roll_is_drawn_narrow():
    assert render_child._scale((100, 100_000), 200) == pytest.approx(0.008)
    assert render_child._scale((0, 0), 200) == 200
