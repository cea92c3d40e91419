"""The macros that several screens share, as names every template knows."""

from typing import Any

from pyramid.events import BeforeRender
from pyramid.renderers import get_renderer

SHARED = {
    "acts": "views:templates/acts.pt",
    "manage": "views:templates/manage/side.pt",
    "printing": "views:templates/delivery/printing.pt",
    "document_macros": "views:templates/document.pt",
    "recipient_macros": "views:templates/recipients.pt",
    "duty_macros": "views:templates/duty_desk/now.pt",
    "phone_macros": "views:templates/phone_notice/macros.pt",
    "draft_macros": "views:templates/drafting/macros.pt",
    "difference_macros": "views:templates/text_versions/difference.pt",
    "objects": "views:templates/manage/objects.pt",
    "export_macros": "views:templates/register_export/progress.pt",
    "paper_macros": "views:templates/paper_item/macros.pt",
    "status_macros": "views:templates/dispatch/status.pt",
}


def add_macros(event: Any) -> None:
    """Subscriber: give a page's template the shared macros."""
    request = event.get("request")
    if request is None or not hasattr(request, "shell"):
        return
    for name, path in SHARED.items():
        event.setdefault(name, get_renderer(path).implementation().macros)


def includeme(config: Any) -> None:
    """Subscribe."""
    config.add_subscriber(add_macros, BeforeRender)
