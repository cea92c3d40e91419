"""The child's side for Word 97-2003 documents, which WPS writes too: the text by its piece table ([MS-DOC] 2.4.1 and 2.9.177).

It runs as a plain file in a sandbox and imports nothing of govrepo. No kept-up library reads this format; what is needed of it is
small: the table stream's ``Clx`` lists pieces of text, each in one of two encodings.
"""

import re
import struct
from collections.abc import Iterator, Mapping
from typing import Any

import olefile

_FLAGS_AT, _CLX_AT = 0x0A, 0x01A2
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_PROPERTIES, _PIECES = 1, 2
_COMPRESSED = 0x40000000
_PIECE_SIZE = 8
_FIELD, _RESULT, _END = "\x13", "\x14", "\x15"
_MARKS = re.compile("([\x13-\x15])")
_SIGNS = str.maketrans({"\r": "\n", "\x07": "\t", "\x0b": "\n", "\x0c": "\n", "\x1e": "-", "\xa0": " "})
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


def main(arguments: Mapping[str, Any]) -> list[str]:
    """Answer the text of ``path`` in one part, at most ``max_chars`` characters. Raise ValueError for an encrypted document."""
    most = int(arguments["max_chars"])
    with olefile.OleFileIO(arguments["path"]) as container:
        document = container.openstream("WordDocument").read()
        flags = struct.unpack_from("<H", document, _FLAGS_AT)[0]
        if flags & _ENCRYPTED:
            raise ValueError("encrypted")
        table = container.openstream("1Table" if flags & _TABLE_1 else "0Table").read()
    return [_clean("".join(_texts(document, _piece_table(document, table), 2 * most)))[:most]]


def _piece_table(document: bytes, table: bytes) -> bytes:
    """The ``PlcPcd``: it stands in the ``Clx`` behind any properties."""
    start, size = struct.unpack_from("<II", document, _CLX_AT)
    clx, at = table[start : start + size], 0
    while at < len(clx) and clx[at] == _PROPERTIES:
        at += 3 + int(struct.unpack_from("<H", clx, at + 1)[0])
    if at >= len(clx) or clx[at] != _PIECES:
        raise ValueError("no piece table")
    length = struct.unpack_from("<I", clx, at + 1)[0]
    return clx[at + 5 : at + 5 + length]


def _texts(document: bytes, pieces: bytes, most: int) -> Iterator[str]:
    """The text of each piece in order, no more than enough of it."""
    count = (len(pieces) - 4) // (4 + _PIECE_SIZE)
    places = struct.unpack_from(f"<{count + 1}I", pieces)
    for number in range(count):
        length = min(places[number + 1] - places[number], most)
        offset = struct.unpack_from("<I", pieces, 4 * (count + 1) + _PIECE_SIZE * number + 2)[0]
        yield _decoded(document, offset, length)
        most -= length
        if most <= 0:
            return


def _decoded(document: bytes, offset: int, length: int) -> str:
    """A piece: one byte a character of the western code page, or two of UTF-16."""
    if offset & _COMPRESSED:
        start = (offset & ~_COMPRESSED) // 2
        return document[start : start + length].decode("cp1252", errors="ignore")
    return document[offset : offset + 2 * length].decode("utf-16-le", errors="ignore")


def _clean(text: str) -> str:
    """Without marks of objects; cells, lines and pages end as people see them end."""
    return _CONTROL.sub("", "".join(_seen(text)).translate(_SIGNS))


def _seen(text: str) -> Iterator[str]:
    """The text without the instructions of fields, which may hold fields themselves."""
    hidden: list[bool] = []
    for piece in _MARKS.split(text):
        if piece == _FIELD:
            hidden.append(True)
        elif piece == _RESULT and hidden:
            hidden[-1] = False
        elif piece == _END and hidden:
            hidden.pop()
        elif not any(hidden):
            yield piece
