"""Handovers on the screen (R-6.3): the list of those one takes part in, a new one, and the two confirmations."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.handover import Handover
from content_types.site import Site
from govrepo import clock
from policies import handover as policy
from policies.engine import Refused
from policies.permissions import Permission as P
from policies.roles import OFFICERS, ROLES, Role

from .acts import attempt, buttons, done, mend, url
from .delivery import events
from .i18n import _
from .permission_change import role_words

TEMPLATES = "views:templates/handover/"
BADGES = {"open": "wait", "given": "wait", "confirmed": "done"}


@view_config(
    context=Site,
    name="handovers",
    permission=P.SITE_VIEW,
    request_method=("GET", "POST"),
    renderer=TEMPLATES + "list.pt",
)
def list_(context: Site, request: Any) -> Any:
    """The handovers this person may read, and the form for a new one."""
    errors: dict[str, Any] = {}
    if request.method == "POST":
        giver, taker = (
            context.logins.get(request.POST.get(name, "").strip().casefold()) for name in ("giver", "taker")
        )
        errors = {name: _("没有这个用户名。") for name, each in (("giver", giver), ("taker", taker)) if each is None}
        if errors:
            request.response.status_int = 422
        else:
            answer = _record(request, giver, taker)
            if not isinstance(answer, dict):
                return answer
            errors = answer
    return {
        "title": _("岗位交接"),
        "rows": [(each, url(each, ""), *words(each)) for each in _readable(request)],
        "roles": [(role, ROLES[role].label) for role in OFFICERS],
        "errors": errors,
        "values": dict(request.POST),
    }


def _record(request: Any, giver: Any, taker: Any) -> Any:
    role, items = request.POST.get("role", ""), request.POST.get("items", "")
    try:
        made = policy.record_handover(request.actor, giver, taker, role, items=items, day=clock.today())
    except Refused as refused:
        return mend(request, refused)
    return done(request, _("交接已登记，请双方分别确认。"), url(made, ""))


def words(handover: Handover) -> tuple[Any, Any, str]:
    """Role and state in words, and the badge."""
    return role_words(Role(handover.role)), policy.STATES[handover.state], BADGES[handover.state]


def _readable(request: Any) -> list[Handover]:
    """All for those who review or execute changes, one's own for the others; the newest first."""
    if request.has_permission(P.HANDOVER_READ, request.root):
        years = request.root["admin"].get("handovers", {})
        found = [each for year in years.values() for each in year.values()]
    else:
        found = list(request.account.handovers)
    return sorted(found, key=lambda each: each.created, reverse=True)[:200]


@view_config(context=Handover, permission=P.HANDOVER_READ, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: Handover, request: Any) -> dict[str, Any]:
    """One handover with its confirmations."""
    role, state, badge = words(context)
    facts = [
        (_("角色"), role),
        (_("移交人"), context.giver.name),
        (_("接收人"), context.taker.name),
        (_("日期"), context.day.isoformat()),
        (_("交接事项"), context.items),
    ]
    named = {"record": _("登记")}
    return {
        "title": _("岗位交接"),
        "crumbs": [(_("岗位交接"), "/handovers")],
        "facts": facts,
        "state": state,
        "badge": badge,
        "here": url(context),
        "buttons": buttons(request, context),
        "events": [
            (at, who, named.get(what, what), "" if what == "record" else note)
            for at, who, what, note in events(context)
        ],
    }


@view_config(context=Handover, name="act", permission=P.HANDOVER_CONFIRM, request_method="POST")
def confirm(context: Handover, request: Any) -> Any:
    """The giver's or the taker's confirmation."""
    name = request.POST.get("act", "")
    if name not in ("give", "take"):
        raise HTTPBadRequest
    attempt(request, context, name)
    return done(request, _("已确认。"), url(context, ""))
