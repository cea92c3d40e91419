"""Takes the text out of the files people exchange, for the search index and for screen readers (R-N4.2, R-20; design.md sect. 6).

Every format is read by a child of its own in the sandbox (:mod:`govrepo.sandbox`); PDFs by :mod:`govrepo.pdf.text`.
"""

from dataclasses import dataclass
from pathlib import Path

from govrepo import pdf
from govrepo.sandbox import Limits, run

MOST_CHARACTERS = 2_000_000
"""Characters taken of one file: about a thousand pages."""

_CHILDREN = {
    "txt": "plain_child",
    "rtf": "rtf_child",
    "doc": "word_child",
    "wps": "word_child",
    "docx": "office_child",
    "odt": "office_child",
    "ofd": "office_child",
    "xlsx": "office_child",
    "pptx": "office_child",
}
READABLE = frozenset({"pdf", *_CHILDREN})
"""The types of files (:mod:`govrepo.files.sniff`) that text can be taken out of."""


@dataclass(frozen=True)
class Extracted:
    """The text of a file in its parts (pages, sheets, slides; most formats have one), and whether it was cut at the bound."""

    parts: tuple[str, ...]
    cut: bool


def extract(
    path: Path, type_code: str, max_characters: int = MOST_CHARACTERS, limits: Limits | None = None
) -> Extracted:
    """The text of a file of one of the :data:`READABLE` types, at most ``max_characters``.

    Raise SandboxError if the file cannot be read, or not within the limits of the sandbox.
    """
    parts = _parts(path, type_code, max_characters + 1, limits)
    if sum(map(len, parts)) <= max_characters:
        return Extracted(parts, cut=False)
    return Extracted((*parts[:-1], parts[-1][:-1]), cut=True)  # The one character more was in the last part.


def _parts(path: Path, type_code: str, max_chars: int, limits: Limits | None) -> tuple[str, ...]:
    if type_code == "pdf":
        return tuple(pdf.text(path, max_chars=max_chars, limits=limits))
    order = {"path": str(path.resolve()), "type": type_code, "max_chars": max_chars}
    return tuple(run(f"govrepo.extraction.{_CHILDREN[type_code]}", order, limits))
