"""A person's own list: what was put before me, reading it, closing it (R-11.2; domain.md 5.3, assign)."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from content_types.assignment import Assignment
from content_types.site import Site
from govrepo.catalog import Eq, register
from policies import assignment as policy
from policies.engine import act
from policies.permissions import Permission as P

from .acts import attempt, buttons, done, url
from .delivery import PARTS, events
from .i18n import _
from .reading import document_view, page_response

TEMPLATES = "views:templates/assignment/"


def mine(request: Any, state: str) -> tuple[Any, ...]:
    """My assignments in a state, the most urgent and newest first."""
    query = Eq("person", request.account.id) & Eq("state", state)
    found = register(request.root, "assignments").query(query, sort="order", reverse=True, limit=200)
    return found.objects


@view_config(
    context=Site, name="assigned", permission=P.SITE_VIEW, request_method="GET", renderer=TEMPLATES + "list.pt"
)
def list_(_context: Site, request: Any) -> dict[str, Any]:
    """What lies before me, and what I have closed."""
    state = "closed" if request.GET.get("state") == "closed" else "open"
    rows = [(assignment, url(assignment, ""), PARTS[assignment.part]) for assignment in mine(request, state)]
    tabs = [
        (_("待办"), "/assigned", None, state == "open"),
        (_("已办"), "/assigned?state=closed", None, state == "closed"),
    ]
    return {"title": _("分办给我的"), "rows": rows, "tabs": tabs}


@view_config(context=Assignment, permission=P.ASSIGNMENT_READ, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: Assignment, request: Any) -> dict[str, Any]:
    """The assignment; once opened, the document beside what may be done."""
    opened = context.first_opened_at is not None
    return {
        "title": context.title,
        "crumbs": [(_("分办给我的"), "/assigned")],
        "assignment": context,
        "here": url(context),
        "part": PARTS[context.part],
        "state": policy.STATES[context.state],
        "opened": opened,
        "document": document_view(request, context.document, url(context)) if opened else None,
        "buttons": buttons(request, context),
        "events": events(context),
    }


@view_config(context=Assignment, name="act", permission=P.ASSIGNMENT_READ, request_method="POST")
def try_act(context: Assignment, request: Any) -> Any:
    """Open or close."""
    if request.POST.get("act") == "close":
        attempt(request, context, "close", note=request.POST.get("note", "").strip())
        return done(request, _("已办结。"), "/assigned")
    act(context, "open", request.actor)
    return done(request, _("已打开。"), url(context, ""))


@view_config(context=Assignment, name="page", permission=P.ASSIGNMENT_READ, request_method="GET")
def page_image(context: Assignment, request: Any) -> Any:
    """A page of the document as an image, once the assignment was opened."""
    if context.first_opened_at is None:
        raise HTTPNotFound
    return page_response(request, context.document)
