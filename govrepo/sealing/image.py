"""Draws a seal from a unit's name: for samples and for units whose own image is not at hand.

Nobody's real seal is imitated: a sample says 样章 in its middle, and the place of the national emblem is taken by a plain ornament.
"""

import functools
import io
import math
import sys
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from govrepo.sealing.hand import SealingError

STAR, EMBLEM = "star", "emblem"
DPI = 600
RED = (214, 0, 0)
_FINER = 2
"""Drawn so many times larger, for smooth edges."""
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", f"{sys.prefix}/share/fonts")
_FONTS = ("NotoSerifCJK*-Bold.*", "NotoSerif*SC-Bold.*", "FandolSong-Bold.*", "NotoSansCJK*-Bold.*", "*CJK*.*")
_WIDEST, _SPAN = math.radians(34), math.radians(276)
"""The angle between two characters at most, and of the whole ring of text."""


def draw_seal(name: str, diameter_mm: float, emblem: str, sample: bool = True, *, font: Path | None = None) -> bytes:
    """A round red seal as PNG of 600 dpi on a transparent ground: the name around, a star or (for ``emblem``) an ornament in the middle.

    Raises SealingError: ``font`` without a font for Chinese, ``image`` for an empty name.
    """
    if not name.strip():
        raise SealingError("image", "a seal bears a name")
    return _png(_disc(_pixels(diameter_mm), name.strip(), emblem, sample, font or _font()))


def draw_signature(name: str, width_mm: float, sample: bool = True, *, font: Path | None = None) -> bytes:
    """The name of who signs (签名章), red in the middle of a transparent square, as PNG of 600 dpi. Raises SealingError like :func:`draw_seal`."""
    if not name.strip():
        raise SealingError("image", "a signature bears a name")
    size, letters = _pixels(width_mm), name.strip()
    ink = Image.new("L", (size, size), 0)
    _words(ink, letters, (size / 2, size / 2), size * min(0.3, 0.92 / len(letters)), font or _font())
    if sample:
        _words(ink, "样章", (size / 2, size * 0.75), size * 0.11, font or _font())
    return _png(ink)


def _pixels(millimetres: float) -> int:
    """How large it is drawn; it is shown at a fraction of it."""
    return round(millimetres / 25.4 * DPI) * _FINER


def _png(ink: Image.Image) -> bytes:
    size = (ink.width // _FINER, ink.height // _FINER)
    picture = Image.new("RGB", size, RED)
    picture.putalpha(ink.resize(size, Image.Resampling.LANCZOS))
    answer = io.BytesIO()
    picture.save(answer, "PNG", dpi=(DPI, DPI))
    return answer.getvalue()


def _disc(size: int, name: str, emblem: str, sample: bool, font: Path) -> Image.Image:
    """How much ink lies where, 0 to 255."""
    ink = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(ink)
    rim = round(size * 0.028)
    pen.ellipse((0, 0, size - 1, size - 1), outline=255, width=rim)
    middle = size * (0.46 if sample else 0.5)
    (_star if emblem == STAR else _ornament)(pen, size / 2, middle, size * 0.15)
    if sample:
        _words(ink, "样章", (size / 2, size * 0.71), size * 0.11, font)
    _ring(ink, name, size / 2 - rim * 1.5, font)
    return ink


def _star(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    inner = radius * math.sin(math.pi / 10) / math.sin(3 * math.pi / 10)
    turns = [(radius if point % 2 == 0 else inner, math.pi * point / 5) for point in range(10)]
    pen.polygon([(x + reach * math.sin(turn), y - reach * math.cos(turn)) for reach, turn in turns], fill=255)


def _ornament(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    """A wreath of discs around a smaller one, which is nobody's emblem."""
    width = round(radius * 0.1)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=255, width=width)
    for turn in (math.pi * point / 6 for point in range(12)):
        _dot(pen, x + radius * 0.7 * math.sin(turn), y - radius * 0.7 * math.cos(turn), radius * 0.13)
    _dot(pen, x, y, radius * 0.36)


def _dot(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)


def _ring(ink: Image.Image, name: str, radius: float, font: Path) -> None:
    """The characters along the rim, their feet to the middle; the longer the name, the closer and the narrower they are."""
    step = min(_WIDEST, _SPAN / max(len(name) - 1, 1))
    height = radius * min(0.28, 0.16 + 0.36 * step)
    width = min(height, step * (radius - height / 2) * 0.94)
    way = radius - height * 0.56
    for number, character in enumerate(name):
        turn = step * (number - (len(name) - 1) / 2)
        place = (ink.width / 2 + way * math.sin(turn), ink.height / 2 - way * math.cos(turn))
        _put(ink, _glyph(character, height, width, font).rotate(-math.degrees(turn), Image.Resampling.BICUBIC), place)


def _words(ink: Image.Image, words: str, place: tuple[float, float], height: float, font: Path) -> None:
    for number, character in enumerate(words):
        shift = (number - (len(words) - 1) / 2) * height * 1.05
        _put(ink, _glyph(character, height, height, font), (place[0] + shift, place[1]))


def _glyph(character: str, height: float, width: float, font: Path) -> Image.Image:
    """One character in the middle of a square twice its height, made narrower to fit the width."""
    side = round(height * 2)
    glyph = Image.new("L", (side, side), 0)
    ImageDraw.Draw(glyph).text((side / 2, side / 2), character, 255, _face(font, round(height)), anchor="mm")
    narrow = glyph.resize((max(round(side * width / height), 1), side), Image.Resampling.BICUBIC)
    square = Image.new("L", (side, side), 0)
    square.paste(narrow, ((side - narrow.width) // 2, 0))
    return square


def _put(ink: Image.Image, glyph: Image.Image, place: tuple[float, float]) -> None:
    corner = (round(place[0] - glyph.width / 2), round(place[1] - glyph.height / 2))
    box = (*corner, corner[0] + glyph.width, corner[1] + glyph.height)
    ink.paste(ImageChops.lighter(ink.crop(box), glyph), corner)


@functools.lru_cache(maxsize=32)
def _face(font: Path, size: int) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels; of a collection the face for simplified Chinese."""
    faces = range(8) if font.suffix.lower() in (".ttc", ".otc") else (0,)
    try:
        for index in faces:
            face = ImageFont.truetype(font, size, index=index)
            if "SC" in (face.getname()[0] or "").split():
                return face
    except OSError:
        pass  # The collection has fewer faces.
    try:
        return ImageFont.truetype(font, size)
    except OSError as error:
        raise SealingError("font", f"{font} is no font") from error


@functools.cache
def _font() -> Path:
    """The first font for Chinese on this machine, the most fitting kind first."""
    for kind in _FONTS:
        for folder in _FOLDERS:
            found = sorted(Path(folder).rglob(kind))
            if found:
                return found[0]
    raise SealingError("font", "no font for Chinese is installed (make fonts, or fonts-noto-cjk)")
