"""Requests to connect an application or change a function (R-13.1): one's own or those one decides on."""

from typing import Any

from pyramid.view import view_config

from content_types.site import Site
from content_types.system_change import SystemChange
from policies.engine import Refused
from policies.permissions import Permission as P
from policies.system_change import STATES, apply, system_changes

from .acts import done, mend, url
from .case import TEMPLATE, case, try_case
from .i18n import _

BADGES = {
    "drafted": "draft", "consented": "wait", "submitted": "wait", "assessed": "info", "accepted": "info",
    "rejected": "stop", "done": "done",
}  # fmt: skip


@view_config(
    context=Site,
    name="system_changes",
    permission=P.SITE_VIEW,
    request_method=("GET", "POST"),
    renderer="views:templates/system_change/list.pt",
)
def list_(context: Site, request: Any) -> Any:
    """The requests the person may read, and the form for a new one."""
    given = {name: request.POST.get(name, "").strip() for name in ("subject", "words")}
    errors: dict[str, Any] = {}
    if request.method == "POST":
        try:
            made = apply(request.actor, context, given["subject"], given["words"])
            return done(request, _("已登记，请分管厅领导同意。"), url(made, ""))
        except Refused as refused:
            errors = mend(request, refused)
    rows = [
        (each, url(each, ""), STATES[each.state], BADGES[each.state])
        for each in system_changes(context, request.actor)[:500]
    ]
    return {"title": _("接入和功能变更"), "rows": rows, "values": given, "errors": errors}


@view_config(context=SystemChange, permission=P.SYSTEM_CHANGE_READ, request_method="GET", renderer=TEMPLATE)
def page(context: SystemChange, request: Any) -> dict[str, Any]:
    """One request, and what the person may do about it."""
    consent = context.consent
    facts = [
        (_("编号"), context.title),
        (_("申请事项"), context.subject),
        (_("内容和理由"), context.words),
        (_("申请人"), f"{context.requester.unit.short_name} {context.requester.name}"),
        (_("厅领导同意"), f"{consent.by.name} {request.fmt.instant(consent.at)}" if consent else "—"),
    ]
    return {
        "title": context.title,
        "crumbs": [(_("接入和功能变更"), "/system_changes")],
        **case(request, context, BADGES[context.state], facts, {"apply": _("申请")}),
    }


@view_config(
    context=SystemChange, name="act", permission=P.SYSTEM_CHANGE_READ, request_method="POST", renderer=TEMPLATE
)
def try_act(context: SystemChange, request: Any) -> Any:
    """Consent, submit, assess, accept, reject, finish."""
    return try_case(request, context, page)
