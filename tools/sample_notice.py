"""Draws the scans of the sample documents: ``policies/sample/files/<name>.txt`` becomes ``<name>.pdf`` beside it.

Each page is one picture, as from an office scanner. The notice has the red head of a letter and a round seal that
says 样章 (specimen); every other document has the head 公文样件. What it makes is committed, so nobody needs the font
to run the site: ``python tools/sample_notice.py`` after changing a text. Needs the Debian package fonts-noto-cjk.
"""

import io
import struct
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

FILES = Path(__file__).resolve().parent.parent / "policies" / "sample" / "files"
FONTS = Path("/usr/share/fonts/opentype/noto")
SIMPLIFIED = 2
"""The simplified Chinese face in the Noto collections."""

DPI = 120
PAGE = (round(210 / 25.4 * DPI), round(297 / 25.4 * DPI))
LEFT, TOP = round(28 / 25.4 * DPI), round(37 / 25.4 * DPI)
COLUMNS, ROWS = 28, 24
"""GB/T 9704 has 22 lines of 28 characters to a page and allows for more where the signature would stand alone."""

CELL = round(156 / 25.4 * DPI / COLUMNS)
LINE = round(225 / 25.4 * DPI / ROWS)
RED = (200, 24, 24)
INK = (32, 32, 36)
PAPER = (255, 255, 255)
SHADES = (PAPER, (200, 200, 202), (140, 140, 143), (84, 84, 88), INK, RED, (222, 112, 112), (242, 196, 196))
"""The eight colours a scan is reduced to."""
TILT = 0.25
"""Degrees; a sheet never lies quite straight."""

NOT_FIRST = "，。；：、）》”！？"
HEADS = {"notice": ("广东省人民政府办公厅", "粤办函〔2012〕846号")}
SPECIMEN_HEAD = ("公文样件", "")


class Sheet:
    """One page: a picture and the next free row of its grid."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", PAGE, PAPER)
        self.draw = ImageDraw.Draw(self.image)
        self.row = 0

    def text(self, words: str, column: float = 0, *, bold: bool = False) -> None:
        """Write one line at a column of the grid, each character in its cell."""
        y = TOP + self.row * LINE
        for letter in words:
            self.draw.text((LEFT + column * CELL, y), letter, INK, font(CELL, bold=bold))
            column += width_of(letter)
        self.row += 1

    def centred(self, words: str, *, bold: bool = False) -> None:
        """Write one line in the middle."""
        self.text(words, (COLUMNS - width_of(words)) / 2, bold=bold)


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The serif face at a size in pixels; raises OSError if it is not installed."""
    weight = "Bold" if bold else "Regular"
    return ImageFont.truetype(FONTS / f"NotoSerifCJK-{weight}.ttc", size, index=SIMPLIFIED)


def width_of(words: str) -> float:
    """The width of words in cells: letters and digits take what the font gives them."""
    return sum(font(CELL).getlength(letter) / CELL if letter.isascii() else 1 for letter in words)


def wrapped(words: str, width: float = COLUMNS) -> Iterator[str]:
    """The lines of a paragraph; punctuation that may not begin a line hangs into the margin."""
    line = ""
    for letter in words:
        if width_of(line + letter) > width and letter not in NOT_FIRST:
            yield line
            line = ""
        line += letter
    yield line


def pages(text: str, head: tuple[str, str]) -> list[Image.Image]:
    """The pages of a document: its head, its title, its paragraphs; 附件 begins a new page."""
    sheets = [Sheet()]
    letterhead(sheets[0], *head)
    for number, paragraph in enumerate(text.splitlines()):
        if paragraph == "附件":
            sheets.append(Sheet())
        is_title = number == 0 or text.splitlines()[number - 1] == "附件"
        for line in _lines(paragraph, is_title=is_title):
            _put(sheets, line, is_title=is_title)
        if is_title:
            sheets[-1].row += 1
    if head != SPECIMEN_HEAD:
        seal(next(sheet for sheet in sheets if hasattr(sheet, "signed_at")))
    return [_scanned(sheet.image) for sheet in sheets]


def _lines(paragraph: str, *, is_title: bool) -> list[str]:
    if not is_title:
        return list(wrapped(paragraph))
    rows = -(-len(paragraph) // 20)
    return list(wrapped(paragraph, -(-len(paragraph) // rows)))


def _put(sheets: list[Sheet], line: str, *, is_title: bool) -> None:
    if sheets[-1].row >= ROWS:
        sheets.append(Sheet())
    sheet = sheets[-1]
    if line.startswith("　" * 16):
        sheet.row += not hasattr(sheet, "signed_at")
        sheet.signed_at = getattr(sheet, "signed_at", TOP + sheet.row * LINE)
        words = line.strip("　")
        sheet.text(words, 22 - width_of(words) / 2)
    elif is_title or (line.startswith("第") and "章　" in line[:5]):
        sheet.centred(line, bold=True)
    else:
        sheet.text(line, bold=line == "附件")


def letterhead(sheet: Sheet, name: str, number: str) -> None:
    """The red head of a letter: name, double line, number at the right; a double line at the foot."""
    draw, right = sheet.draw, LEFT + COLUMNS * CELL
    size = min(2 * CELL, (right - LEFT) // len(name))
    draw.text((PAGE[0] / 2, TOP - 2 * LINE), name, RED, font(size, bold=True), anchor="ma")
    for y in (TOP + LINE * 0.5, PAGE[1] - LINE * 1.5):
        draw.line((LEFT - CELL, y, right + CELL, y), RED, 3)
        draw.line((LEFT - CELL, y + 5, right + CELL, y + 5), RED, 1)
    sheet.row = 1
    if number:
        sheet.text(number, COLUMNS - width_of(number))
    sheet.row += 1


def seal(sheet: Sheet) -> None:
    """A round seal over the signature that nobody can take for a real one: it says 样章 and has no emblem."""
    radius = round(21 / 25.4 * DPI)
    centre = (LEFT + 22 * CELL, sheet.signed_at + LINE * 0.9)
    print_ = Image.new("RGB", PAGE, PAPER)
    draw = ImageDraw.Draw(print_)
    draw.circle(centre, radius, outline=RED, width=5)
    draw.text((centre[0], centre[1] - radius * 0.62), "样章", RED, font(radius // 2, bold=True), anchor="mm")
    draw.text((centre[0], centre[1] + radius * 0.62), "不具效力", RED, font(radius // 4), anchor="mm")
    mask = print_.convert("L").point(lambda value: 0 if value > 250 else 150)
    sheet.image.paste(print_, mask=mask)


def _scanned(image: Image.Image) -> Image.Image:
    """The sheet as a scanner sees it: a little askew, in eight colours, so that the file stays small."""
    tilted = image.rotate(TILT, Image.Resampling.BICUBIC, fillcolor=PAPER)
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for shade in SHADES for part in shade])
    return tilted.quantize(palette=palette, dither=Image.Dither.NONE)


def pdf(images: list[Image.Image]) -> bytes:
    """A PDF with one picture a page, packed as PNG packs it."""
    writer = PdfWriter()
    for image in images:
        page = writer.add_blank_page(595.28, 841.89)
        picture = writer._add_object(_picture(image))  # noqa: SLF001 - pypdf's own way to add an object.
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/XObject"): DictionaryObject({NameObject("/P"): picture})}
        )
        content = DecodedStreamObject()
        content.set_data(b"595.28 0 0 841.89 0 0 cm /P Do")
        page[NameObject("/Contents")] = writer._add_object(content)  # noqa: SLF001 - As above.
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _picture(image: Image.Image) -> DecodedStreamObject:
    """An indexed image object: a PDF reader understands the compressed data of a PNG as it is."""
    png = io.BytesIO()
    image.save(png, "PNG", optimize=True, bits=4)
    chunks = dict(_chunks(png.getvalue()))
    width, height, bits = struct.unpack(">IIB", chunks[b"IHDR"][:9])
    palette = chunks[b"PLTE"]
    space = [NameObject("/Indexed"), NameObject("/DeviceRGB"), NumberObject(len(palette) // 3 - 1)]
    parameters = {"Predictor": 15, "Colors": 1, "BitsPerComponent": bits, "Columns": width}
    stream = DecodedStreamObject()
    stream.set_data(chunks[b"IDAT"])
    names = {"Type": "XObject", "Subtype": "Image", "Filter": "FlateDecode"}
    stream.update({NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in names.items()})
    numbers = {"Width": width, "Height": height, "BitsPerComponent": bits}
    stream.update({NameObject(f"/{key}"): NumberObject(value) for key, value in numbers.items()})
    stream[NameObject("/ColorSpace")] = ArrayObject([*space, ByteStringObject(palette)])
    stream[NameObject("/DecodeParms")] = DictionaryObject(
        {NameObject(f"/{key}"): NumberObject(value) for key, value in parameters.items()}
    )
    return stream


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG by name, all IDAT in one."""
    place, data = 8, b""
    while place < len(png):
        length, name = struct.unpack(">I4s", png[place : place + 8])
        content = png[place + 8 : place + 8 + length]
        data += content if name == b"IDAT" else b""
        yield name, data if name == b"IDAT" else content
        place += length + 12


def main() -> int:
    """Draw every document."""
    for path in sorted(FILES.glob("*.txt")):
        made = pdf(pages(path.read_text(encoding="utf-8"), HEADS.get(path.stem, SPECIMEN_HEAD)))
        path.with_suffix(".pdf").write_bytes(made)
        print(f"{path.stem}.pdf: {len(made) // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
