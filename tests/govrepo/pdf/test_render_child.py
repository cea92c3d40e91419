"""The child's drawing, called directly on samples that do no harm."""

import base64
import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from govrepo.pdf import render_child
from tests import hostile


def draw(path, page: int = 0, width: int = 200, *, without_red: bool = False):
    return render_child.main({"path": str(path), "page": page, "width": width, "without_red": without_red})


def test_a_page_is_drawn(tmp_path):
    with Image.open(io.BytesIO(base64.b64decode(draw(hostile.make("plain", tmp_path))))) as picture:
        assert (picture.format, picture.width in (200, 201)) == ("PNG", True)
        darkest, lightest = picture.convert("L").getextrema()
        assert (darkest < 128, lightest) == (True, 255), "black words on white paper"


def test_a_seal_is_drawn_though_it_is_the_field_of_a_form(tmp_path):
    with pikepdf.open(io.BytesIO(hostile.pdf(""))) as document:
        look = pikepdf.Stream(document, b"1 0 0 rg 0 0 100 100 re f")
        look.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 100, 100])})
        kind = {"Type": Name.Annot, "Subtype": Name.Widget, "FT": Name.Sig, "T": "Seal1", "F": 132}
        field = Dictionary(**kind, Rect=Array([100, 100, 200, 200]), AP=Dictionary(N=document.make_indirect(look)))
        document.pages[0].Annots = Array([document.make_indirect(field)])
        document.Root.AcroForm = Dictionary(Fields=document.pages[0].Annots, SigFlags=3)
        document.save(tmp_path / "a.pdf")
    with Image.open(io.BytesIO(base64.b64decode(draw(tmp_path / "a.pdf", width=595)))) as picture:
        assert picture.convert("RGB").getpixel((150, picture.height - 150)) == (255, 0, 0)


@pytest.mark.parametrize(
    ("ink", "left"),
    [
        ((230, 0, 18), 255),  # A red head.
        ((192, 0, 0), 255),  # A darker red seal.
        ((140, 20, 30), 255),  # A seal that was scanned dark.
        ((255, 200, 200), 255),  # The pale edge of it.
        ((0, 0, 0), 0),
        ((60, 52, 50), 60),  # Black ink as scanners see it.
        ((20, 40, 160), 20),  # A blue pen stays.
        ((255, 255, 255), 255),
    ],
)
def test_p_35_what_is_red_becomes_white_and_black_stays(ink, left):
    assert render_child._without_red(Image.new("RGB", (4, 4), ink)).getextrema() == (left, left)


def test_p_35_a_page_without_red_is_drawn_in_grey(tmp_path):
    with Image.open(io.BytesIO(base64.b64decode(draw(hostile.make("plain", tmp_path), without_red=True)))) as picture:
        darkest, lightest = picture.getextrema()
        assert (picture.mode, darkest < 128, lightest) == ("L", True, 255)


@pytest.mark.parametrize("page", [-1, 1])
def test_no_such_page(tmp_path, page):
    assert draw(hostile.make("plain", tmp_path), page) is None


def test_a_page_like_a_roll_is_drawn_narrow():
    assert render_child._scale((100, 100_000), 200) == pytest.approx(0.008)
    assert render_child._scale((0, 0), 200) == 200
