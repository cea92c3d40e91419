"""The child's side of :mod:`govrepo.sealing.normal`: rewrites a PDF with pikepdf.

It runs as a plain file in a sandbox and imports nothing of govrepo.
"""

from collections.abc import Mapping
from typing import Any

from pikepdf import Dictionary, PasswordError, Pdf


def main(arguments: Mapping[str, Any]) -> str:
    """Write ``source`` to ``target``; answer why it was not, or nothing."""
    try:
        with Pdf.open(arguments["source"]) as document:
            if document.is_encrypted:
                return "encrypted"
            if any(_is_signature(each) for each in document.objects):
                return "filled"
            document.save(arguments["target"], deterministic_id=True)
    except PasswordError:
        return "encrypted"
    return ""


def _is_signature(thing: Any) -> bool:
    return isinstance(thing, Dictionary) and "/ByteRange" in thing and "/Contents" in thing
