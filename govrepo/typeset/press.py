"""Sets a plate: hands it to Typst in a sandboxed child and takes the PDF back."""

import base64
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from govrepo.sandbox import Limits, SandboxError, run
from govrepo.typeset.fonts import Fonts
from govrepo.typeset.plate import Plate
from govrepo.typeset.wording import wording

_TEMPLATES = Path(__file__).resolve().parent / "templates"
#: PDF/A-2b: the image of a seal is transparent, which PDF/A-1 forbids.
STANDARD = "a-2b"
#: Typst works in two threads of its own.
_LIMITS = Limits(cpu_seconds=20, wall_seconds=40, tasks=1000)
_LONGEST = {"mark": 40, "number": 40, "title": 500, "signature": 60, "signers": 20, "printed_by": 60}
_SEALS = (20, 51)
_MOST_NAMES, _MOST_ATTACHMENTS = 30, 300
#: Some 1,600 pages of text.
_MOST_CHARACTERS = 1_000_000
#: The sign a printer sets for a type he does not have.
_NO_TYPE = "〓"
_WIDE_BLANK = "\u3000"
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


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
    """A plate: the PDF, its pages, and the characters no font has: ``䶮 U+4DAE CJK UNIFIED IDEOGRAPH-4DAE``.

    ``faults`` is what the standard forbids and no moving of lines could mend: ``first_page`` shows no text,
    ``signature`` stands on a page without text.
    """

    pdf: bytes
    pages: int
    missing: tuple[str, ...]
    faults: tuple[str, ...] = ()


def typeset(plate: Plate, fonts: Fonts) -> Typeset:
    """The plate as PDF/A-2b: the same bytes for the same plate and fonts. Raise TypesetError."""
    lacking = fonts.lacking()
    if lacking:
        raise TypesetError(
            "fonts", f"{fonts.folder} lacks {', '.join(lacking)}: run `make fonts`, or see docs/typesetting.md"
        )
    _refuse_beyond_bounds(plate)
    words, missing = _drawable(wording(plate), fonts.characters())
    order = {
        "template": str(_TEMPLATES / f"{plate.format}.typ"),
        "fonts": str(fonts.folder.resolve()),
        "standard": STANDARD,
        "plate": words | {"fonts": fonts.families()},
    }
    try:
        answer = run("govrepo.typeset.typeset_child", order, _LIMITS)
    except SandboxError as error:
        raise TypesetError(error.kind, error.words) from error
    facts = answer["facts"]
    return Typeset(base64.b64decode(answer["pdf"]), facts["pages"], missing, _faults(facts))


def _faults(facts: dict[str, Any]) -> tuple[str, ...]:
    alone = facts["signature"][0] > facts["text_end"][0] > 0
    return (*(["first_page"] if facts["text"][0] > 1 else []), *(["signature"] if alone else []))


def _refuse_beyond_bounds(plate: Plate) -> None:
    """Refuse what has no place on paper, before it is set in type too small to read."""
    texts = {"number": plate.number, "title": plate.title, "printed_by": plate.printed_by}
    names = {"mark": plate.mark, "signature": plate.signature, "signers": plate.signers}
    for field, most in _LONGEST.items():
        for text in names.get(field, (texts.get(field, ""),)):
            if len(text) > most:
                raise TypesetError("plate", f"{field}: more than {most} characters")
    for field, listed in names.items():
        if len(listed) > _MOST_NAMES:
            raise TypesetError("plate", f"{field}: more than {_MOST_NAMES} names")
    if not _SEALS[0] <= plate.seal_mm <= _SEALS[1]:
        raise TypesetError("plate", f"seal_mm: not between {_SEALS[0]} and {_SEALS[1]}")
    if len(plate.attachments) > _MOST_ATTACHMENTS:
        raise TypesetError("plate", f"attachments: more than {_MOST_ATTACHMENTS}")
    if sum(map(len, _strings(asdict(plate)))) > _MOST_CHARACTERS:
        raise TypesetError("plate", f"more than {_MOST_CHARACTERS} characters")


def _drawable(words: Any, known: frozenset[int]) -> tuple[Any, tuple[str, ...]]:
    """The words with a visible sign for each character that no font has, and those characters."""
    used = set("".join(_strings(words)))
    missing = sorted(char for char in used if not char.isspace() and (ord(char) not in known or _unseen(char)))
    table = {ord(char): "" if _unseen(char) else _NO_TYPE for char in missing}
    table |= {ord(char): " " for char in used if char.isspace() and char != _WIDE_BLANK}
    return _mapped(words, table), tuple(map(_named, missing))


def _unseen(char: str) -> bool:
    """Controls, directions of writing, selectors of variants: they have no look, but may change that of others."""
    return unicodedata.category(char) in ("Cc", "Cf", "Cs") or bool(_SELECTOR.match(char))


def _named(char: str) -> str:
    shown = [] if _unseen(char) else [char]
    return " ".join([*shown, f"U+{ord(char):04X}", unicodedata.name(char, "")]).strip()


def _strings(words: Any) -> Iterable[str]:
    if isinstance(words, str):
        yield words
    elif isinstance(words, dict | list | tuple):
        for each in words.values() if isinstance(words, dict) else words:
            yield from _strings(each)


def _mapped(words: Any, table: dict[int, str]) -> Any:
    if isinstance(words, dict):
        return {key: _mapped(value, table) for key, value in words.items()}
    if isinstance(words, list):
        return [_mapped(each, table) for each in words]
    return words.translate(table) if isinstance(words, str) else words
