"""Sets a plate: hands it to Typst in a sandboxed child and takes the PDF back."""

import base64
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govrepo.sandbox import Limits, SandboxError, run
from govrepo.typeset.fonts import Fonts
from govrepo.typeset.plate import Plate
from govrepo.typeset.wording import wording

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_LIMITS = Limits(cpu_seconds=20, wall_seconds=40)
#: The sign a printer sets for a type he does not have.
_NO_TYPE = "〓"


class TypesetError(Exception):
    """There is no plate; ``kind`` says why in one word, ``words`` in detail.

    ``fonts``: the site's fonts are not there. ``plate``: what is to be printed cannot be laid out. ``time``,
    ``memory``, ``output``, ``crash``, ``failed``, ``busy``: as of :class:`govrepo.sandbox.SandboxError`.
    """

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(f"{kind}: {words}")
        self.kind = kind
        self.words = words


@dataclass(frozen=True)
class Typeset:
    """A plate: the PDF, its pages, and the characters no font has: ``䶮 U+4DAE CJK UNIFIED IDEOGRAPH-4DAE``."""

    pdf: bytes
    pages: int
    missing: tuple[str, ...]


def typeset(plate: Plate, fonts: Fonts) -> Typeset:
    """The plate as PDF/A-2b: the same bytes for the same plate and fonts. Raise TypesetError."""
    lacking = fonts.lacking()
    if lacking:
        raise TypesetError(
            "fonts", f"{fonts.folder} lacks {', '.join(lacking)}: run `make fonts`, or see docs/typesetting.md"
        )
    words, missing = _drawable(wording(plate), fonts.characters())
    order = {
        "template": str(_TEMPLATES / f"{plate.format}.typ"),
        "fonts": str(fonts.folder.resolve()),
        "plate": words | {"fonts": fonts.families()},
    }
    try:
        answer = run("govrepo.typeset.typeset_child", order, _LIMITS)
    except SandboxError as error:
        raise TypesetError(error.kind, error.words) from error
    return Typeset(base64.b64decode(answer["pdf"]), answer["facts"]["pages"], missing)


def _drawable(words: Any, known: frozenset[int]) -> tuple[Any, tuple[str, ...]]:
    """The words with a visible sign for each character that no font has, and those characters."""
    used = set("".join(_strings(words)))
    missing = sorted(char for char in used if ord(char) not in known and not char.isspace())
    table = str.maketrans({char: _NO_TYPE if unicodedata.category(char)[0] != "C" else "" for char in missing})
    named = tuple(f"{char} U+{ord(char):04X} {unicodedata.name(char, '')}".strip() for char in missing)
    return _mapped(words, table), named


def _strings(words: Any) -> Iterable[str]:
    if isinstance(words, str):
        yield words
    elif isinstance(words, dict | list):
        for each in words.values() if isinstance(words, dict) else words:
            yield from _strings(each)


def _mapped(words: Any, table: dict[int, str]) -> Any:
    if isinstance(words, dict):
        return {key: _mapped(value, table) for key, value in words.items()}
    if isinstance(words, list):
        return [_mapped(each, table) for each in words]
    return words.translate(table) if isinstance(words, str) else words
