"""The substitute receiver (R-11.3, R-11.4): a division's head names one, sees who is named, and ends it early."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from content_types.exchange_box import BoxKind, ExchangeBox
from policies.engine import Refused
from policies.permissions import Permission as P
from policies.substitute import candidates, designate, end_designation, substitutes

from .acts import done, mend, url
from .days import day_of
from .i18n import _


@view_config(
    context=ExchangeBox,
    name="substitutes",
    permission=P.SUBSTITUTE_DESIGNATE,
    request_method=("GET", "POST"),
    renderer="views:templates/substitute/page.pt",
)
def page(context: ExchangeBox, request: Any) -> Any:
    """Who stands in for the division's receiver, and the form that names somebody."""
    if context.kind is not BoxKind.DIVISION:
        raise HTTPNotFound
    given = {name: request.POST.get(name, "").strip() for name in ("person", "until", "reason", "end")}
    errors = _try(context, request, given) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        return done(request, _("已办理，并通知审计员。"), url(context, "substitutes"))
    others = candidates(context.owner, request.actor)
    return {
        "title": _("指定代收人"),
        "crumbs": [(context.title, url(context, ""))],
        "here": url(context, "substitutes"),
        "rows": substitutes(context.owner),
        "choices": [("", _("请选择")), *((each.id, f"{each.name} {each.post}") for each in others)],
        "most": request.registry.govrepo_settings.designation_days,
        "values": given,
        "errors": errors,
    }


def _try(context: ExchangeBox, request: Any, given: dict[str, str]) -> dict[str, Any]:
    try:
        if given["end"]:
            end_designation(request.actor, context.owner, given["end"])
        else:
            person = request.root["people"].get(given["person"]) if given["person"] else None
            designate(request.actor, context.owner, person, day_of(given["until"]), given["reason"])
    except Refused as refused:
        return mend(request, refused)
    except LookupError:
        raise HTTPNotFound from None
    return {}
