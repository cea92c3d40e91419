"""The image of a seal: real size, red on nothing, the whole name around, a sample that says so, and nobody's emblem."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from govrepo.sealing import SealingError, draw_seal, draw_signature
from govrepo.sealing.image import DPI, RED

NAME = "广东省人民政府办公厅"
LONG = "广东省民族宗教事务委员会清远市连南瑶族自治县联合工作领导小组办公室"


def opened(png):
    return Image.open(io.BytesIO(png))


def ink(png):
    return opened(png).getchannel("A")


def filled(picture, *box):
    """The share of a part of the image that bears ink; the part in fractions of the whole."""
    part = picture.crop(tuple(round(each * picture.width) for each in box))
    return sum(part.histogram()[128:]) / (part.width * part.height)


def test_the_image_has_its_size_in_millimetres_and_a_clear_ground():
    picture = opened(draw_seal(NAME, 42, "star"))
    assert picture.format == "PNG"
    assert picture.mode == "RGBA"
    assert picture.size == (992, 992)
    assert picture.info["dpi"] == pytest.approx((DPI, DPI), abs=0.1)
    assert picture.getpixel((0, 0))[3] == 0
    assert picture.convert("RGB").getcolors() == [(992 * 992, RED)]


def test_the_rim_is_drawn_to_the_edge():
    picture = ink(draw_seal(NAME, 42, "star"))
    assert picture.getbbox() == (0, 0, 992, 992)


def test_a_sample_says_so_and_the_others_do_not():
    sample, real = (ink(draw_seal(NAME, 42, "star", sample=sample)) for sample in (True, False))
    below_the_star = (0.4, 0.66, 0.6, 0.76)
    assert filled(sample, *below_the_star) > 0.2
    assert filled(real, *below_the_star) == 0


def test_a_star_or_an_ornament_stands_in_the_middle():
    star, ornament = (ink(draw_seal(NAME, 42, emblem, sample=False)) for emblem in ("star", "emblem"))
    middle = (0.35, 0.35, 0.65, 0.65)
    assert 0.1 < filled(star, *middle) < 0.6
    assert 0.1 < filled(ornament, *middle) < 0.6
    difference = ImageChops.difference(star, ornament)
    assert filled(difference, *middle) > 0.1
    assert filled(difference, 0, 0, 1, 0.3) == 0


def test_each_character_of_a_name_changes_the_ring():
    whole = ink(draw_seal(NAME, 20, "star"))
    assert all(
        filled(ImageChops.difference(whole, ink(draw_seal(NAME.replace(each, "一"), 20, "star"))), 0, 0, 1, 1) > 0.0005
        for each in NAME
    )


def test_a_long_name_shrinks_and_stays_between_the_rim_and_the_middle():
    short, long = (ink(draw_seal(name, 42, "star", sample=False)) for name in ("某局", LONG))
    beside_the_star = (0.3, 0.3, 0.34, 0.7)
    assert filled(long, *beside_the_star) == 0
    at_the_left = (0.1, 0.35, 0.2, 0.7)
    assert filled(short, *at_the_left) == 0
    assert filled(long, *at_the_left) > 0.2


def test_a_short_name_stands_at_the_top_evenly_to_both_sides():
    picture = ink(draw_seal("一一", 42, "star", sample=False))
    left, right = filled(picture, 0.2, 0.05, 0.5, 0.25), filled(picture, 0.5, 0.05, 0.8, 0.25)
    assert left == pytest.approx(right, rel=0.05)
    assert left > 0.01


def test_a_seal_without_a_name_is_none():
    with pytest.raises(SealingError) as caught:
        draw_seal(" ", 42, "star")
    assert caught.value.kind == "image"


def test_another_font_may_be_named_and_must_be_one(tmp_path):
    other = next(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc"))
    assert draw_seal(NAME, 20, "star", font=other) != draw_seal(NAME, 20, "star")
    (tmp_path / "a.otf").write_bytes(b"no font")
    with pytest.raises(SealingError) as caught:
        draw_seal(NAME, 20, "star", font=tmp_path / "a.otf")
    assert caught.value.kind == "font"


def test_a_signature_is_the_name_alone_in_the_middle():
    """签名章: no ring, no emblem; a sample says so below."""
    real, sample = (ink(draw_signature("甲子安", 40, each)) for each in (False, True))
    assert real.size == (945, 945)
    assert filled(real, 0, 0.3, 1, 0.7) > 0.05
    for box in ((0, 0, 1, 0.3), (0, 0.7, 1, 1)):
        assert filled(real, *box) == 0
    assert filled(sample, 0.3, 0.7, 0.7, 0.85) > 0.02
    assert filled(ink(draw_signature("爱新觉罗甲子安", 40, sample=False)), 0, 0, 0.02, 1) == 0, (
        "a long name stays within"
    )
    with pytest.raises(SealingError, match="image"):
        draw_signature(" ", 40)
