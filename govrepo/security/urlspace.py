"""What may stand in a URL or a form at all: text in UTF-8 without control characters, of bounded length.

Anything else is answered 400, 404 or 414 before a view could stumble over it. Names with markup are ordinary text:
they find nothing, and templates escape them.
"""

from typing import Any
from urllib.parse import unquote_to_bytes

from pyramid.response import Response

from govrepo.security import paths
from govrepo.security.headers import Handler

MAX_PATH = 2048
MAX_SEGMENT = 255
MAX_QUERY = 8192

FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def urlspace_tween(handler: Handler, _registry: Any) -> Handler:
    """Tween factory: refuse malformed requests."""

    def tween(request: Any) -> Any:
        status = fault(request)
        if status is None:
            return handler(request)
        return Response("请求无效。 / Invalid request.", status=status, content_type="text/plain", charset="utf-8")

    return tween


def fault(request: Any) -> int | None:
    """The status a malformed request deserves, or None for a well-formed one."""
    path = paths.path_of(request).encode("latin-1")
    query = request.environ.get("QUERY_STRING", "")
    if len(path) > MAX_PATH or len(query) > MAX_QUERY:
        return 414
    if not (_is_text(path) and _is_text(unquote_to_bytes(query)) and _has_clean_form(request)):
        return 400
    if any(len(segment) > MAX_SEGMENT for segment in path.split(b"/")):
        return 404
    return None


def _is_text(octets: bytes) -> bool:
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(ord(character) < 32 and character not in "\t\r\n" for character in text)


def _has_clean_form(request: Any) -> bool:
    """Whether a form parses, and holds no null character (which text fields never do). It is parsed once for all."""
    if request.content_type not in FORMS:
        return True
    try:
        items = list(request.POST.items())
    except (UnicodeError, ValueError, DeprecationWarning):
        return False  # WebOb raises the last one, as an error, for a form that is not in UTF-8.
    return not any("\0" in text for item in items for text in item if isinstance(text, str))


def includeme(config: Any) -> None:
    """Put the tween just inside the headers."""
    config.add_tween("govrepo.security.urlspace.urlspace_tween", under="govrepo.security.headers.headers_tween")
