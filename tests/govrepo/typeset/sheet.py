"""Reads back where things stand on a page, in millimetres from its upper left corner."""

import ctypes
import io
from dataclasses import dataclass

import pikepdf
import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument

MM = 72 / 25.4


@dataclass(frozen=True)
class Glyph:
    """A character: where its origin on the baseline is, its size in points, its ink's upper and lower edge, its font."""

    char: str
    x: float
    baseline: float
    size: float
    top: float
    bottom: float
    ink_right: float
    font: str
    colour: tuple[int, int, int]

    @property
    def right(self) -> float:
        """The right edge of its cell, if it is a Han character."""
        return self.x + self.size / MM

    @property
    def cell_bottom(self) -> float:
        return self.baseline + 0.12 * self.size / MM

    @property
    def cell_top(self) -> float:
        """The upper edge of its cell: the baseline lies 0.88 of a character below it."""
        return self.baseline - 0.88 * self.size / MM


@dataclass(frozen=True)
class Box:
    """A rule or the place of a link."""

    left: float
    top: float
    right: float
    bottom: float
    name: str = ""
    colour: tuple[int, int, int] = (0, 0, 0)

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Sheet:
    """A page of a PDF."""

    def __init__(self, pdf: bytes, page: int = 0):
        self._document = PdfDocument(pdf)
        self._page = self._document[page]
        self._words = self._page.get_textpage()
        self.width, self.height = (side / MM for side in self._page.get_size())
        self.glyphs = [self._glyph(n) for n in range(self._words.count_chars())]
        self.glyphs = [glyph for glyph in self.glyphs if glyph.char.strip()]
        self.text = "".join(glyph.char for glyph in self.glyphs)
        self.rules = sorted(
            (self._rule(item) for item in self._page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])),
            key=lambda rule: rule.top,
        )
        self.links = _links(pdf, page)

    def find(self, words: str, nth: int = 0) -> list[Glyph]:
        """The glyphs of a string of characters without blanks, where it stands for the nth time."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return self.glyphs[start : start + len(words)]

    def lines(self) -> list[list[Glyph]]:
        """The glyphs by baseline, from top to bottom and left to right."""
        rows: dict[float, list[Glyph]] = {}
        for glyph in self.glyphs:
            rows.setdefault(round(glyph.baseline, 1), []).append(glyph)
        return [sorted(rows[y], key=lambda glyph: glyph.x) for y in sorted(rows)]

    def _glyph(self, n: int) -> Glyph:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._words, n, x, y)
        _left, bottom, right, top = self._words.get_charbox(n)
        return Glyph(
            chr(pdfium.FPDFText_GetUnicode(self._words, n)),
            x.value / MM,
            self.height - y.value / MM,
            pdfium.FPDFText_GetFontSize(self._words, n),
            self.height - top / MM,
            self.height - bottom / MM,
            right / MM,
            self._font(n),
            _colour(pdfium.FPDFText_GetFillColor, self._words, n),
        )

    def _font(self, n: int) -> str:
        name = ctypes.create_string_buffer(100)
        pdfium.FPDFText_GetFontInfo(self._words, n, name, 100, None)
        return name.value.decode().rpartition("+")[2]

    def _rule(self, item) -> Box:
        left, bottom, right, top = item.get_bounds()
        colour = _colour(pdfium.FPDFPageObj_GetFillColor, item)
        return Box(left / MM, self.height - top / MM, right / MM, self.height - bottom / MM, "", colour)


def _colour(asked, *of) -> tuple[int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    asked(*of, *parts)
    return tuple(part.value for part in parts[:3])


def _links(pdf: bytes, page: int) -> list[Box]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        sheet = document.pages[page]
        height = float(sheet.mediabox[3])
        found = []
        for annotation in sheet.get("/Annots", []):
            left, bottom, right, top = (float(side) for side in annotation.Rect)
            place = (left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)
            found.append(Box(*place, str(annotation.A.URI)))
        return found
