"""A page becomes an image of bounded size, in bounded time, or an error."""

import contextlib
import io
import sys
import time

import pytest
from PIL import Image, ImageChops

from govrepo.pdf import PageNotFoundError, render
from govrepo.sandbox import SandboxError
from govrepo.trust.authorities import Authorities
from tests import hostile
from tests.sealing import MIDDLES, Office, slotted


def size(image: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(image)) as picture:
        return picture.size


@pytest.mark.parametrize(("asked", "drawn"), [(600, 600), (1, 50), (99_999, 3000)])
def test_the_width_is_what_was_asked_within_bounds(tmp_path, asked, drawn):
    width, height = size(render(hostile.make("plain", tmp_path), 0, asked))
    assert abs(width - drawn) <= 1, "a fraction of a pixel is rounded up"
    assert abs(height - drawn * 842 / 595) <= 2


def test_p_35_nothing_of_a_seal_is_left_without_red(tmp_path):
    """A real seal of red ink in its place: red before, white afterwards, and the black words stay."""
    office = Office(Authorities.create(tmp_path / "office", b"secret words", "某省政府系统"))
    path = office.sealed(tmp_path, slotted(1, pages=1), "s1").path
    with Image.open(io.BytesIO(render(path, 0, 960))) as before:
        red, green, _blue = before.convert("RGB").split()
        assert ImageChops.subtract(red, green).getextrema()[1] > 100
    with Image.open(io.BytesIO(render(path, 0, 960, without_red=True))) as after:
        scale = after.width / 595
        x, y = MIDDLES[0]
        seal = after.crop([int(scale * each) for each in (x - 60, 842 - y - 60, x + 60, 842 - y + 60)])
        assert seal.getextrema()[0] > 235, "paper"
        assert after.getextrema()[0] < 100, "the words"


@pytest.mark.parametrize("page", [-1, 1, 10**9])
def test_a_page_that_is_not_there(tmp_path, page):
    with pytest.raises(PageNotFoundError):
        render(hostile.make("plain", tmp_path), page, 100)


@pytest.mark.parametrize("name", ["huge-page", "image-bomb", "flate-bomb", "many-operators", "owner-password"])
def test_a_heavy_page_is_drawn_or_refused_in_time(tmp_path, name):
    path = hostile.make(name, tmp_path)
    started = time.monotonic()
    with contextlib.suppress(SandboxError):
        assert max(size(render(path, 0, 400))) <= 1601
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("name", ["cyclic-tree", "truncated", "garbage", "empty", "needs-password"])
def test_a_broken_file_is_refused(tmp_path, name):
    with pytest.raises(SandboxError, match="failed"):
        render(hostile.make(name, tmp_path), 0, 400)


def test_an_answer_that_is_no_image_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules["govrepo.pdf.render"], "run", lambda *_call: "PGh0bWw+")
    with pytest.raises(SandboxError, match="no image"):
        render(tmp_path / "a.pdf", 0, 400)
