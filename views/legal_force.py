"""The page on which the issuer revokes or repeals what was sent as finished files (S-9)."""

from typing import Any

from pyramid.view import view_config

from content_types.dispatch import Dispatch
from policies.permissions import Permission as P

from .acts import attempt, buttons, done, url
from .days import day_of
from .i18n import _

ACTS = ("revoke", "repeal")


@view_config(
    context=Dispatch,
    name="legal",
    permission=P.DISPATCH_RELEASE,
    request_method=("GET", "POST"),
    renderer="views:templates/dispatch/legal.pt",
)
def legal(context: Dispatch, request: Any) -> Any:
    """Which of the two, from which day, by which notice, and why."""
    errors: dict[str, str] = {}
    values = {name: request.POST.get(name, "").strip() for name in ("act", "notice", "note", "day")}
    if request.method == "POST":
        name = values["act"] if values["act"] in ACTS else ACTS[0]
        data = {"notice": values["notice"], "note": values["note"], "day": day_of(values["day"])}
        errors = attempt(request, context, name, **data)
        if not errors:
            return done(request, _("已登记，各收文单位的文件上都会标明。"), url(context, ""))
    return {
        "title": _("撤销、废止公文"),
        "crumbs": [(context.title, url(context, ""))],
        "buttons": buttons(request, context, ACTS),
        "errors": errors,
        "values": values,
    }
