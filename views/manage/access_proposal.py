"""Access proposals: the list of all, and each with its difference, which the auditor approves and the administrator executes (R-7.4)."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.access_proposal import AccessProposal
from content_types.site import Site
from policies import access_proposal as policy
from policies.permissions import Permission as P
from views.acts import attempt, buttons, done, url
from views.i18n import _
from views.manage import CRUMBS, site_page
from views.manage.words import carrier_words, permission_words, principal_words

TEMPLATES = "views:templates/manage/"
GROUPS = {
    "open": (_("待办"), ("proposed", "approved")),
    "executed": (_("执行中"), ("executed",)),
    "over": (_("已结束"), ("rejected", "withdrawn", "expired", "lapsed")),
}
BADGES = {
    "proposed": "wait",
    "approved": "info",
    "executed": "done",
    "rejected": "back",
    "withdrawn": "stop",
    "expired": "stop",
    "lapsed": "bad",
}


@view_config(
    context=Site, name="access", permission=P.MANAGE_VIEW, request_method="GET", renderer=TEMPLATES + "proposals.pt"
)
def proposals(context: Site, request: Any) -> dict[str, Any]:
    """The proposals by group, the newest first."""
    chosen = request.GET.get("group")
    chosen = chosen if chosen in GROUPS else "open"
    found = policy.pending(context, GROUPS[chosen][1])
    return site_page(_("访问控制变更")) | {
        "tabs": [(label, f"/@@access?group={name}", None, name == chosen) for name, (label, _states) in GROUPS.items()],
        "rows": [(each, url(each, ""), summary(request, each)) for each in found],
    }


def summary(request: Any, proposal: AccessProposal) -> dict[str, Any]:
    """A proposal in words."""
    return {
        "what": _("给予") if proposal.allowed else _("取消"),
        "who": principal_words(request.root, proposal.principal),
        "permission": permission_words(proposal.permission) or proposal.permission,
        "where": carrier_words(proposal.carrier),
        "address": url(proposal.carrier, "@@security"),
        "state": policy.STATES[proposal.state],
        "badge": BADGES[proposal.state],
    }


@view_config(context=AccessProposal, permission=P.MANAGE_VIEW, request_method="GET", renderer=TEMPLATES + "proposal.pt")
def page(context: AccessProposal, request: Any) -> dict[str, Any]:
    """The proposal, its difference while it is open, and what may be done with it."""
    return shown(context, request, {})


def shown(context: AccessProposal, request: Any, errors: dict[str, Any]) -> dict[str, Any]:
    """The page with what is wrong with a form."""
    still_open = context.state in GROUPS["open"][1]
    return site_page(_("访问控制变更"), crumbs=[*CRUMBS, (_("访问控制变更"), "/@@access")]) | {
        "proposal": context,
        "words": summary(request, context),
        "difference": policy.difference(context) if still_open else None,
        "principal_words": lambda principal: principal_words(request.root, principal),
        "permission_words": permission_words,
        "buttons": buttons(request, context),
        "events": [(each.at, each.actor_name, _event(each.transition), each.note) for each in context.history],
        "here": url(context),
        "values": {"note": request.POST.get("note", "")},
        "errors": errors,
    }


EVENTS = {"propose": _("提出"), "expire": _("到期"), "lapse": _("逾期未执行，失效")}


def _event(name: str) -> Any:
    return EVENTS[name] if name in EVENTS else policy.TABLE.transition(name).title


@view_config(
    context=AccessProposal,
    name="act",
    permission=P.MANAGE_VIEW,
    request_method="POST",
    renderer=TEMPLATES + "proposal.pt",
)
def try_act(context: AccessProposal, request: Any) -> Any:
    """Approve from the difference shown, reject with a reason, withdraw, execute."""
    name = request.POST.get("act", "")
    if name not in {row.name for row in policy.TABLE.transitions}:
        raise HTTPBadRequest
    data = {"note": request.POST.get("note", "").strip(), "seen": request.POST.get("seen", "")}
    errors = attempt(request, context, name, **data)
    if errors:
        return shown(context, request, errors)
    return done(request, _("已办理。"), url(context, ""))
