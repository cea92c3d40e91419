"""What a form may bring: texts of bounded length, and files only in the fields that a view declares.

A view says ``@view_config(..., files=("scan",))`` where a browser without scripts may send a file, and ``long=("body",)`` where a
field holds a whole document. Anything else in a form is refused before the view looks at it, so that views may take every other field
for a text.
"""

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPBadRequest

LONGEST_TEXT = 10_000
"""Characters of one field: more than anybody types, less than hurts."""
LONGEST_BODY = 1_000_000
"""Characters of a field that holds a document: five times what a policy takes, so that who pastes too much is told so and loses nothing."""


def form_deriver(view: Callable[[Any, Any], Any], info: Any) -> Callable[[Any, Any], Any]:
    """View deriver: refuse a form with a file where none belongs, or with an overlong text."""
    files, long = info.options.get("files") or (), info.options.get("long") or ()

    def checked(context: Any, request: Any) -> Any:
        answers_an_error = getattr(request, "exception", None) is not None  # Its page is a view, too, of the same form.
        if not answers_an_error and not all(fits(name, value, files, long) for name, value in request.POST.items()):
            raise HTTPBadRequest
        return view(context, request)

    return checked


form_deriver.options = ("files", "long")  # type: ignore[attr-defined] # Pyramid's way to declare a view option.


def fits(name: str, value: Any, files: tuple[str, ...], long: tuple[str, ...] = ()) -> bool:
    """Whether one field of a form is a text that is not too long, or a file in a field that takes files."""
    if not isinstance(value, str):
        return name in files
    return len(value) <= (LONGEST_BODY if name in long else LONGEST_TEXT)


def includeme(config: Any) -> None:
    """Put the check before every view."""
    config.add_view_deriver(form_deriver)
