"""Sends stored files out: always as an attachment, never inline, with memory independent of their size."""

from typing import Any
from urllib.parse import quote

from pyramid.response import FileIter, Response

from govrepo.files.store import PIECE, StoredFile


def attachment(stored: StoredFile, filename: str, request: Any) -> Response:
    """A download of a stored file that a browser saves: it does not guess its type, run it or keep it in its cache."""
    response: Response = request.response
    response.content_type = stored.mime
    response.charset = None
    response.app_iter = FileIter(stored.open_committed(), PIECE)
    response.content_length = stored.size
    response.content_disposition = disposition(filename)
    response.cache_control = "no-store, private"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def disposition(filename: str) -> str:
    """The Content-Disposition header for a name in any script (RFC 6266, RFC 5987)."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "_" for char in filename)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
