"""The child's side for the formats that are XML in a zip: docx, odt, ofd, xlsx and pptx.

It runs as a plain file in a sandbox and imports nothing of govrepo. The XML streams through expat, so that memory does not grow with the
file; a document type declaration, which none of these formats has, is refused with all entities it could bring.
"""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

_PIECE = 64 * 1024
_MAIN = ("word/document.xml", "content.xml")
_SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "s": " "}
"""Elements that stand for white space."""


@dataclass(frozen=True)
class _Format:
    """Which members hold text, in elements of which local names, after which others a line ends; whether each member is a part."""

    members: str
    holders: frozenset[str]
    lines: frozenset[str]
    apart: bool = False


_FORMATS = {
    "docx": _Format(
        r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml",
        frozenset({"t"}),
        frozenset({"p", "tr"}),
    ),
    "odt": _Format(r"(content|styles)\.xml", frozenset({"p", "h"}), frozenset({"p", "h"})),
    "ofd": _Format(r"(.*/)?Content\.xml", frozenset({"TextCode"}), frozenset({"TextObject"}), apart=True),
    "xlsx": _Format(r"xl/(sharedStrings|worksheets/sheet\d+)\.xml", frozenset({"t"}), frozenset({"si", "is"})),
    "pptx": _Format(
        r"ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml", frozenset({"t"}), frozenset({"p"}), apart=True
    ),
}


class _EnoughError(Exception):
    """As many characters as were asked for."""


def main(arguments: Mapping[str, Any]) -> list[str]:
    """Answer the text of ``path``, which is of a ``type`` of these, at most ``max_chars`` characters."""
    kind, most = _FORMATS[arguments["type"]], int(arguments["max_chars"])
    parts: list[str] = []
    with zipfile.ZipFile(arguments["path"]) as archive:
        for name in sorted(filter(re.compile(kind.members).fullmatch, archive.namelist()), key=_order):
            reader = _Reader(kind, most - sum(map(len, parts)))
            reader.read(archive, name)
            parts.append(reader.text)
            if reader.full:
                break
    return parts if kind.apart else ["".join(parts)]


def _order(name: str) -> list[tuple[bool, int, str]]:
    """The main part first, then by name, numbers by their value: page 2 before page 10."""
    pieces = [(piece.isdigit(), int(piece) if piece.isdigit() else 0, piece) for piece in re.split(r"(\d+)", name)]
    return [(name not in _MAIN, 0, ""), *pieces]


class _Reader:
    """Reads one member of the archive."""

    def __init__(self, kind: _Format, most: int) -> None:
        self._kind = kind
        self._left = most
        self._pieces: list[str] = []
        self._inside = 0
        self.full = False

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def read(self, archive: zipfile.ZipFile, name: str) -> None:
        """Read a member until it ends or enough characters are there."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.CharacterDataHandler = self._characters
        try:
            with archive.open(name) as member:
                while piece := member.read(_PIECE):
                    parser.Parse(piece)
                parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by place only.
        except _EnoughError:
            self.full = True

    def _begin(self, name: str, _attributes: Any) -> None:
        local = name.rpartition(" ")[2]
        self._inside += local in self._kind.holders
        if local in _SPACES:
            self._add(_SPACES[local])

    def _end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        self._inside -= local in self._kind.holders
        if local in self._kind.lines:
            self._add("\n")

    def _characters(self, words: str) -> None:
        if self._inside:
            self._add(words)

    def _add(self, words: str) -> None:
        self._pieces.append(words[: self._left])
        self._left -= len(words)
        if self._left <= 0:
            raise _EnoughError


def _refuse(*_declaration: Any) -> None:
    raise ValueError("a document type declaration")
