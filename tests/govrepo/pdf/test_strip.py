"""The first pages of a PDF as one image."""

import io

import pytest
from PIL import Image

from govrepo.pdf.strip import strip
from govrepo.sandbox import SandboxError
from tests import hostile


def size(image: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(image)) as picture:
        return picture.size


def test_the_pages_stand_below_each_other():
    one, two = size(strip(hostile.pdf("a"), 6, 300)), size(strip(hostile.pdf("a", "b"), 6, 300))
    assert one[0] == two[0] == 300
    assert two[1] > 2 * one[1]


def test_no_more_than_was_asked():
    assert size(strip(hostile.pdf("a", "b", "c"), 1, 300)) == size(strip(hostile.pdf("a"), 1, 300))


def test_what_is_no_pdf_is_refused():
    with pytest.raises(SandboxError):
        strip(b"nothing", 1, 300)
