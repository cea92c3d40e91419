"""The child's side of :mod:`govrepo.pdf.text`.

It runs as a plain file in a sandbox and imports nothing of govrepo.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pypdfium2 import PdfDocument


def main(arguments: Mapping[str, Any]) -> list[str]:
    """Answer the text of each page of ``path`` until ``max_chars`` or ``max_pages`` is reached."""
    document = PdfDocument(arguments["path"])
    return list(_pages(document, arguments["max_chars"], arguments["max_pages"]))


def _pages(document: PdfDocument, chars_left: int, max_pages: int) -> Iterator[str]:
    for number in range(min(len(document), max_pages)):
        if chars_left <= 0:
            return
        # The other way of asking, by range, knows no characters beyond 16 bits: rare ones of names and places.
        words = document[number].get_textpage().get_text_bounded().replace("\r\n", "\n")[:chars_left]
        chars_left -= len(words)
        yield words
