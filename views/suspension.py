"""Emergency suspensions (R-39.2 to R-39.4): the form that stops a person at once, the list, and one suspension's page."""

from typing import Any

from pyramid.httpexceptions import HTTPForbidden
from pyramid.view import view_config

from content_types.person import Person
from content_types.site import Site
from content_types.suspension import Suspension
from govrepo import clock
from govrepo.database import site
from policies.actor import Actor
from policies.engine import Refused
from policies.permissions import Permission as P
from policies.suspension import STATES, review_due, suspend, suspensions

from .acts import done, mend, url
from .case import TEMPLATE, case, try_case
from .i18n import _

TEMPLATES = "views:templates/suspension/"
BADGES = {"reported": "wait", "maintained": "stop", "lifted": "done"}


def readable(actor: Actor, root: Site) -> list[Suspension]:
    """The suspensions an actor may read, the newest first."""
    return [each for each in suspensions(root) if actor.allowed(P.SUSPENSION_READ, each)]


def waiting_for_leader(actor: Actor, root: Site) -> int:
    """How many wait for this leader's decision: the open report of R-39.3."""
    mine = (each for each in suspensions(root) if actor.allowed(P.SUSPENSION_DECIDE, each))
    return sum(each.state == "reported" for each in mine)


def may_order(actor: Actor, root: Site) -> bool:
    """Whether an actor may stop anybody: everywhere, or the persons of the own unit."""
    own = actor.person is not None and actor.allowed(P.SUSPENSION_ORDER, actor.person)
    return own or actor.allowed(P.SUSPENSION_ORDER, root)


@view_config(
    context=Site, name="suspensions", permission=P.SITE_VIEW, request_method="GET", renderer=TEMPLATES + "list.pt"
)
def list_(context: Site, request: Any) -> dict[str, Any]:
    """Every suspension the person may read; refused to those whom none concerns."""
    rows, orders = readable(request.actor, context), may_order(request.actor, context)
    if not rows and not orders and not request.has_permission(P.SUSPENSION_READ):
        raise HTTPForbidden
    return {"title": _("紧急停用"), "rows": [row(each) for each in rows[:500]], "may_order": orders}


def row(suspension: Suspension) -> dict[str, Any]:
    """A line of the list."""
    verified, due = suspension.change.verified, review_due(suspension, site(suspension).calendar)
    return {
        "suspension": suspension,
        "url": url(suspension, ""),
        "state": STATES[suspension.state],
        "badge": BADGES[suspension.state],
        "reviewed": verified.at if verified else None,
        "review_due": due,
        "late": verified is None and clock.now() > due,
    }


@view_config(
    context=Site,
    name="suspend",
    permission=P.SITE_VIEW,
    request_method=("GET", "POST"),
    renderer=TEMPLATES + "order.pt",
)
def order(context: Site, request: Any) -> Any:
    """Stop a person at once; what was typed is kept when something must be mended."""
    given = {name: request.POST.get(name, "").strip() for name in ("login", "reason", "equipment", "basis")}
    errors: dict[str, Any] = {}
    if not may_order(request.actor, context):
        raise HTTPForbidden
    if request.method == "POST":
        person = context.logins.get(given["login"].casefold())
        errors, made = _try(request, person, given)
        if made is not None:
            return done(request, _("已停用，该人员的所有会话已经结束。请向厅领导报告。"), url(made, ""))
    return {
        "title": _("停用人员"),
        "crumbs": [(_("紧急停用"), "/suspensions")],
        "values": given if request.method == "POST" else dict(request.GET),
        "errors": errors,
    }


def _try(request: Any, person: Person | None, given: dict[str, str]) -> tuple[dict[str, Any], Suspension | None]:
    if person is None:
        request.response.status_int = 422
        return {"login": _("没有这个账号。")}, None
    words = {name: given[name] for name in ("reason", "equipment", "basis")}
    try:
        return {}, suspend(request.actor, person, **words)
    except Refused as refused:
        return mend(request, refused), None


@view_config(context=Suspension, permission=P.SUSPENSION_READ, request_method="GET", renderer=TEMPLATE)
def page(context: Suspension, request: Any) -> dict[str, Any]:
    """One suspension: what happened, what was decided, and what the person may do now."""
    begun = {"order": _("紧急停用")}
    return {
        "title": _("停用${name}", mapping={"name": context.person.name}),
        "crumbs": [(_("紧急停用"), "/suspensions")],
        **case(request, context, BADGES[context.state], facts(context, request.fmt), begun),
    }


def facts(suspension: Suspension, fmt: Any) -> list[tuple[Any, Any]]:
    """The facts of a suspension, in words."""
    change, decided, verified = suspension.change, suspension.decided, suspension.change.verified
    due = review_due(suspension, site(suspension).calendar)
    return [
        (_("编号"), change.title),
        (_("人员"), suspension.person.name),
        (_("单位"), suspension.person.unit.short_name),
        (_("停用时间"), fmt.second(suspension.ordered_at)),
        (_("停用人"), change.requested_by.name),
        (_("违规情况"), change.reason),
        (_("封存的设备"), suspension.equipment or "—"),
        (_("依据"), change.basis),
        (_("厅领导决定"), f"{decided.by.name}：{decided.note}" if decided else _("尚未决定")),
        (
            _("审计员事后复核"),
            fmt.second(verified.at) if verified else _("应在${time}前完成", mapping={"time": fmt.instant(due)}),
        ),
    ]


@view_config(context=Suspension, name="act", permission=P.SUSPENSION_READ, request_method="POST", renderer=TEMPLATE)
def try_act(context: Suspension, request: Any) -> Any:
    """Review it, maintain or lift it."""
    return try_case(request, context, page)
