"""The measures of GB/T 9704-2012 (domain.md 3.4), in millimetres and points, and the pages they are read from."""

from functools import lru_cache

import pytest

from govrepo.typeset import Plate, default_fonts, typeset
from tests.govrepo.typeset.sheet import Sheet

CELL = 156 / 28
GAP = (225 - 22 * CELL) / 21
PITCH = CELL + GAP
RED = (255, 51, 51)
SIZE_2, SIZE_3, SIZE_4 = 22, CELL * 72 / 25.4, 14
TOP, BOTTOM = 37, 262


def near(value: float, within: float = 0.05):
    return pytest.approx(value, abs=within)


@lru_cache
def sheets(made: Plate) -> list[Sheet]:
    result = typeset(made, default_fonts())
    return [Sheet(result.pdf, page) for page in range(result.pages)]


def row(sheet: Sheet, words: str, nth: int = 0):
    """The first glyph of some words."""
    return sheet.find(words, nth)[0]
