"""Availability (R-N3.1): the months and their outages, the cause of each, and what a monitoring system asks."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.outage import Outage
from content_types.site import Site
from govrepo import clock
from govrepo.journal import JournalUnavailableError
from govrepo.security.acl import NO_PERMISSION_REQUIRED
from policies import outage as policy
from policies.permissions import Permission as P

from .acts import attempt, done, url
from .i18n import _
from .incident import span

TEMPLATE = "views:templates/outage/list.pt"
LATE = 3 * policy.EVERY


@view_config(context=Site, name="availability", permission=P.INCIDENTS_VIEW, request_method="GET", renderer=TEMPLATE)
def page(context: Site, request: Any) -> dict[str, Any]:
    """The last twelve months."""
    return _data(context, request, {})


def _data(root: Site, request: Any, errors: dict[str, str]) -> dict[str, Any]:
    found = policy.outages(root)
    return {
        "title": _("可用性"),
        "crumbs": [(_("故障"), "/faults")],
        "months": [(each.month, f"{each.share:.3%}", len(each.outages)) for each in policy.by_month(root)],
        "rows": [(each, url(each), span(each.length), policy.STATES[each.state]) for each in found[:500]],
        "may_explain": request.has_permission(P.INCIDENT_HANDLE, root),
        "errors": errors,
        "values": dict(request.POST),
    }


@view_config(context=Outage, name="act", permission=P.INCIDENT_HANDLE, request_method="POST", renderer=TEMPLATE)
def explain(context: Outage, request: Any) -> Any:
    """The cause of an outage."""
    if request.POST.get("act") != "explain":
        raise HTTPBadRequest
    errors = attempt(request, context, "explain", note=request.POST.get("note", "").strip())
    return _data(request.root, request, errors) if errors else done(request, _("已登记。"), "/availability")


def health(request: Any) -> dict[str, bool]:
    """What a monitoring system asks, without a login: whether database, journal and worker work; 503 where one does not."""
    found = {"database": True, "journal": _journal(request.registry), "worker": _worker(request.root)}
    if not all(found.values()):
        request.response.status_int = 503
    request.response.cache_control = "no-store"
    return found


def _journal(registry: Any) -> bool:
    try:
        registry.journal.head()
    except JournalUnavailableError:
        return False
    return True


def _worker(root: Any) -> bool:
    seen = root.upkeep.served_at
    return seen is not None and clock.now() - seen < LATE


def includeme(config: Any) -> None:
    """Open the probe to everybody: it tells nothing but whether the site works."""
    config.add_route("health", "/health")
    config.add_view(
        health, route_name="health", request_method="GET", renderer="json", permission=NO_PERMISSION_REQUIRED
    )
