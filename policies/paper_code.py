"""The code on a paper's cover: sixteen digits, the last a check digit, printed as QR code and to be read by people (R-N2.1).

Digits only: a scanner types like a keyboard, and a Chinese input method would swallow letters.
"""

import hashlib
import re
from typing import Any

from content_types.exchange_box import ExchangeBox
from content_types.paper_item import PaperItem
from govrepo.catalog import Eq, register

LENGTH = 16
GROUP = 4
ALIKE = 20
"""Items that may bear one code: by chance hardly two; the box tells which is meant."""


def make(*what: str) -> str:
    """The code of what these words name: always the same one for the same words."""
    number = int(hashlib.sha256("\n".join(what).encode()).hexdigest(), 16) % 10 ** (LENGTH - 1)
    digits = f"{number:0{LENGTH - 1}}"
    return digits + check_digit(digits)


def check_digit(digits: str) -> str:
    """The digit that shows a slip of the finger (Luhn, ISO/IEC 7812-1)."""
    doubled = [int(each) * (2 if place % 2 == 0 else 1) for place, each in enumerate(reversed(digits))]
    return str(-sum(each - 9 if each > 9 else each for each in doubled) % 10)


def shown(code: str) -> str:
    """The code as people read it, in groups of four."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read(text: str) -> str:
    """The code that was scanned or typed, whatever stands between the digits; raises ValueError for one that cannot be."""
    digits = re.sub(r"[\s-]", "", text)
    if not (digits.isascii() and digits.isdecimal() and len(digits) == LENGTH):
        raise ValueError(text)
    if check_digit(digits[:-1]) != digits[-1]:
        raise ValueError(text)
    return digits


def find(box: ExchangeBox, code: str) -> PaperItem | None:
    """The item of a code: the one for this box, else one for another box; None for a code nothing bears."""
    found: Any = register(box, "paper_items").query(Eq("code", code), sort="order", limit=ALIKE).objects
    return next((each for each in found if each.box is box), next(iter(found), None))
