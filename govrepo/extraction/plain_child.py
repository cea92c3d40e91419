"""The child's side for plain text: UTF-8, or else GB18030, which holds GBK and GB 2312.

It runs as a plain file in a sandbox and imports nothing of govrepo.
"""

from collections.abc import Mapping
from typing import Any

_BYTES_A_CHARACTER = 4


def main(arguments: Mapping[str, Any]) -> list[str]:
    """Answer the text of ``path`` in one part, at most ``max_chars`` characters."""
    most = int(arguments["max_chars"])
    with open(arguments["path"], "rb") as file:  # noqa: PTH123 - A path object would do no more here.
        raw = file.read(most * _BYTES_A_CHARACTER)
    return [_decoded(raw)[:most]]


def _decoded(raw: bytes) -> str:
    try:
        # The reading may end within a character: that one is not looked at.
        return raw[: len(raw) - _torn(raw)].decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="ignore")


def _torn(raw: bytes) -> int:
    """How many bytes at the end begin a UTF-8 character without ending it."""
    for back in range(1, min(4, len(raw) + 1)):
        byte = raw[-back]
        if byte >= 0xC0:
            width = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return back if width > back else 0
        if byte < 0x80:
            return 0
    return 0
