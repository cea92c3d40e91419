"""What a form may bring: texts of bounded length, and files only in the fields that a view declares.

A view says ``@view_config(..., files=("scan",))`` where a browser without scripts may send a file. Anything else in a form is
refused before the view looks at it, so that views may take every other field for a text.
"""

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPBadRequest

LONGEST_TEXT = 10_000
"""Characters of one field: more than anybody types, less than hurts."""


def form_deriver(view: Callable[[Any, Any], Any], info: Any) -> Callable[[Any, Any], Any]:
    """View deriver: refuse a form with a file where none belongs, or with an overlong text."""
    files = info.options.get("files") or ()

    def checked(context: Any, request: Any) -> Any:
        if not all(fits(name, value, files) for name, value in request.POST.items()):
            raise HTTPBadRequest
        return view(context, request)

    return checked


form_deriver.options = ("files",)  # type: ignore[attr-defined] # Pyramid's way to declare a view option.


def fits(name: str, value: Any, files: tuple[str, ...]) -> bool:
    """Whether one field of a form is a text that is not too long, or a file in a field that takes files."""
    return len(value) <= LONGEST_TEXT if isinstance(value, str) else name in files


def includeme(config: Any) -> None:
    """Put the check before every view."""
    config.add_view_deriver(form_deriver)
