"""The places for seals on a file of our own: empty link annotations ``urn:govrepo:seal-slot:<n>`` that the typesetter leaves.

Reads with pyHanko, in the process that seals: a file from outside never comes here (ADR 0018).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader

from govrepo.sealing.hand import SealingError

PREFIX = "urn:govrepo:seal-slot:"
FIELD = 172
"""Side of a signature field in points (60.7 mm): the largest seal in use is 60 mm wide. The image is drawn in its own size in the middle."""
POINTS_PER_MM = 72 / 25.4

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Slot:
    """A place: the page (from 0) and its middle, in points from the page's lower left."""

    page: int
    x: float
    y: float

    @property
    def field_box(self) -> tuple[int, int, int, int]:
        """Where the signature field lies, in whole points."""
        left, bottom = round(self.x - FIELD / 2), round(self.y - FIELD / 2)
        return (left, bottom, left + FIELD, bottom + FIELD)

    def image_box(self, diameter_mm: float) -> Box:
        """Where a seal of this size lies: in the middle of the field."""
        left, bottom, _right, _top = self.field_box
        radius = diameter_mm * POINTS_PER_MM / 2
        x, y = left + FIELD / 2, bottom + FIELD / 2
        return (x - radius, y - radius, x + radius, y + radius)


def slots(reader: PdfFileReader) -> dict[int, Slot]:
    """The places by number. Raises SealingError("no-slot") when two have one number."""
    found: dict[int, Slot] = {}
    for number, page in enumerate(_pages(reader.root["/Pages"])):
        for slot, rectangle in _annotations(page):
            if slot in found:
                raise SealingError("no-slot", f"place {slot} is there twice")
            left, bottom, right, top = (float(each) for each in rectangle)
            found[slot] = Slot(number, (left + right) / 2, (bottom + top) / 2)
    return found


def _pages(node: Any) -> Iterator[Any]:
    if "/Kids" in node:
        for each in node["/Kids"]:
            yield from _pages(each.get_object())
    else:
        yield node


def _annotations(page: Any) -> Iterator[tuple[int, Any]]:
    for reference in page.get("/Annots", ()):
        annotation = reference.get_object()
        address = str(annotation.get("/A", {}).get("/URI", ""))
        number = address.removeprefix(PREFIX)
        if number != address and number.isdecimal():
            yield int(number), annotation["/Rect"]
