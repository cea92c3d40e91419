"""Documents that lost their force (S-9): the page on which the issuer says so of finished files, and what every copy shows."""

from typing import Any

from pyramid.view import view_config

from content_types.dispatch import Dispatch
from content_types.official_document import OfficialDocument
from content_types.production import LegalState
from policies.permissions import Permission as P

from .acts import attempt, buttons, done, url
from .days import day_of
from .i18n import _

ACTS = ("revoke", "repeal")


def force_words(request: Any, document: OfficialDocument) -> Any:
    """What every copy of a document without force shows: since when, and by which notice; empty for one in force."""
    if document.legal_state == LegalState.VALID:
        return ""
    said = {"day": request.fmt.long_date(document.legal_date), "notice": document.legal_changes[-1].notice}
    if document.legal_state == LegalState.REVOKED:
        return _("本件已撤销，自始无效（${notice}）。", mapping=said)
    return _("本件已废止，自${day}起失效（${notice}）。", mapping=said)


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
