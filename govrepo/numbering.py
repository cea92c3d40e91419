"""Document numbers (发文字号): the grammar of domain.md sect. 3.3 and the keys that keep them unique.

S-20: canonical brackets are 〔〕, others are accepted and turned. S-21: no 第, no zero padding. S-23: unique is the key (unit, code,
year, sequence). Uniqueness rests on a BTree key written in the business commit, never on a catalog.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from BTrees.OOBTree import OOBTree
from persistent import Persistent

from govrepo import clock

FIRST_YEAR = 1949
_BRACKETS = str.maketrans("[［【（(】］])）", "〔〔〔〔〔〕〕〕〕〕")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_GRAMMAR = re.compile(r"^(?P<code>[\u4e00-\u9fff]{1,12})〔(?P<year>(?:19|20)[0-9]{2})〕(?P<seq>[1-9][0-9]{0,4})号$")
_LOOSE = re.compile(r"^(?P<code>[^〔]*)〔(?P<year>[^〕]*)〕(?P<rest>.*)$")


class NumberError(ValueError):
    """A number that does not follow the grammar; ``code`` says which part, the text says it in words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class DocumentNumber:
    """A parsed number and the text it was read from."""

    code: str
    year: int
    sequence: int
    original: str = ""

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.sequence}号"


def parse(text: str) -> DocumentNumber:
    """Read a number (S-20, S-21); raise NumberError whose code is brackets, code, year, sequence or future."""
    canonical = re.sub(r"\s+", "", text).translate(_BRACKETS).translate(_DIGITS)
    found = _GRAMMAR.match(canonical)
    if not found:
        raise NumberError(_what_is_wrong(canonical))
    year = int(found["year"])
    if not FIRST_YEAR <= year <= clock.today().year:
        raise NumberError("future" if year > FIRST_YEAR else "year")
    return DocumentNumber(found["code"], year, int(found["seq"]), text)


def normal(text: str) -> str:
    """A number in its one form, so that brackets of any kind find it (S-20); without blanks, else as typed, if it is none."""
    try:
        return str(parse(text))
    except NumberError:
        return "".join(text.split())


def _what_is_wrong(canonical: str) -> str:
    loose = _LOOSE.match(canonical)
    if not loose:
        return "brackets"
    if not re.fullmatch(r"[\u4e00-\u9fff]{1,12}", loose["code"]):
        return "code"
    return "sequence" if re.fullmatch(r"(?:19|20)[0-9]{2}", loose["year"]) else "year"


class NumberKey(NamedTuple):
    """What must be unique (S-23)."""

    unit: str
    code: str
    year: int
    sequence: int


class NumberTakenError(Exception):
    """Another document of the unit bears the number."""

    def __init__(self, key: NumberKey, holder: str) -> None:
        super().__init__(f"{key} is taken by {holder}")
        self.key, self.holder = key, holder


class NumberKeys(Persistent):
    """Which document holds which number. One tree per unit and year, so that units never meet in one bucket."""

    def __init__(self) -> None:
        super().__init__()
        self._trees = OOBTree()

    def holder(self, key: NumberKey) -> str | None:
        """The uid of the document that bears a number, or None."""
        tree = self._trees.get((key.unit, key.year))
        return None if tree is None else tree.get((key.code, key.sequence))

    def claim(self, key: NumberKey, holder: str) -> None:
        """Bind a number to a document for good; raise NumberTakenError if another holds it."""
        current = self.holder(key)
        if current not in (None, holder):
            raise NumberTakenError(key, str(current))
        tree = self._trees.get((key.unit, key.year))
        if tree is None:
            tree = self._trees[(key.unit, key.year)] = OOBTree()
        tree[(key.code, key.sequence)] = holder

    def release(self, key: NumberKey, holder: str) -> None:
        """Give back a hand-typed number of a draft that never left its unit; another's claim stays."""
        if self.holder(key) == holder:
            del self._trees[(key.unit, key.year)][(key.code, key.sequence)]
