"""A document shown beside a list of results: the same reading as on its own page, so the same rules and the same entry (R-7.1; design.md sect. 10).

What shows a document here are the objects it is read through, each with its own permission.
"""

from typing import Any

from pyramid.view import view_config

from content_types.assignment import Assignment
from content_types.delivery import Delivery
from content_types.dispatch import Dispatch
from content_types.register_entry import RegisterEntry
from policies.permissions import Permission as P

from .acts import url
from .i18n import _
from .reading import document_view

TEMPLATE = "views:templates/beside/panel.pt"


def panel(request: Any, place: Any, document: Any, why: Any = "") -> dict[str, Any]:
    """What the panel shows: the document, or None and why it cannot be read here."""
    shown = document_view(request, document, url(place)) if document is not None else None
    return {"place": place, "here": url(place, ""), "document": shown, "why": why}


@view_config(context=Delivery, name="beside", permission=P.DELIVERY_READ, request_method="GET", renderer=TEMPLATE)
def of_delivery(context: Delivery, request: Any) -> dict[str, Any]:
    """A copy in a box: once opened, and while it is not returned or recalled."""
    why = _("还没有打开。请到收件页面打开。") if context.first_opened_at is None else _("已退回或者撤回，不能阅读。")
    return panel(request, context, context.document if context.readable else None, why)


@view_config(context=Dispatch, name="beside", permission=P.DISPATCH_READ, request_method="GET", renderer=TEMPLATE)
def of_dispatch(context: Dispatch, request: Any) -> dict[str, Any]:
    """What was sent, or is being prepared."""
    return panel(request, context, context.document)


@view_config(context=Assignment, name="beside", permission=P.ASSIGNMENT_READ, request_method="GET", renderer=TEMPLATE)
def of_assignment(context: Assignment, request: Any) -> dict[str, Any]:
    """What was put before me, once I opened it."""
    document = context.document if context.first_opened_at is not None else None
    return panel(request, context, document, _("还没有打开。请到分办页面打开。"))


@view_config(context=RegisterEntry, name="beside", permission=P.ENTRY_READ, request_method="GET", renderer=TEMPLATE)
def of_entry(context: RegisterEntry, request: Any) -> dict[str, Any]:
    """A register entry: the document it registers, if that came by exchange."""
    document = context.delivery.document if context.delivery is not None else None
    return panel(request, context, document, _("纸质来文，没有电子文件。"))
