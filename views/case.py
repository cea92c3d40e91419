"""The page of a case: any noun whose table is worked act by act with a word of opinion - facts, acts with reasons, timeline.

Suspensions, inspections and change requests share it; its template is ``templates/shared/case.pt``.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pyramid.httpexceptions import HTTPBadRequest

from policies.engine import table_of

from .acts import attempt, buttons, done, url
from .i18n import _

TEMPLATE = "views:templates/shared/case.pt"


class Extra(NamedTuple):
    """A field that some act of a case needs beside the word of opinion."""

    name: str
    label: Any
    hint: Any = None


def case(
    request: Any,
    context: Any,
    badge: str,
    facts: list[tuple[Any, Any]],
    begun: Mapping[str, Any],
    extra: tuple[Extra, ...] = (),
) -> dict[str, Any]:
    """What the template needs; ``begun`` names the act that made the case, which no transition of the table does."""
    table = table_of(context)
    names = tuple(row.name for row in table.transitions)
    return {
        "badge": badge,
        "state": table.states[context.state],
        "facts": facts,
        "extra": extra,
        "here": url(context),
        "buttons": list(buttons(request, context, names).values()),
        "events": timeline(context, begun),
        "errors": {},
        "values": dict(request.POST),
    }


def timeline(context: Any, begun: Mapping[str, Any]) -> list[tuple[Any, str, Any, str]]:
    """What happened, in order, with the acts in words."""
    titles = {**{row.name: row.title for row in table_of(context).transitions}, **begun}
    return [(each.at, each.actor_name, titles[each.transition], each.note) for each in context.history]


def try_case(request: Any, context: Any, page: Any, extra: tuple[Extra, ...] = ()) -> Any:
    """The POST of the page: try the act that was pressed; the page again, with messages, if something must be mended."""
    name = request.POST.get("act", "")
    if name not in {row.name for row in table_of(context).transitions}:
        raise HTTPBadRequest
    data = {each.name: request.POST.get(each.name, "").strip() for each in extra}
    errors = attempt(request, context, name, note=request.POST.get("note", "").strip(), **data)
    if errors:
        return {**page(context, request), "errors": errors}
    return done(request, _("已办理。"), url(context, ""))
