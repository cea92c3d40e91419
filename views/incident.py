"""Fault reports (R-12.1): the form in the box, and the list for the technical service group."""

from typing import Any

from pyramid.view import view_config

from content_types.exchange_box import ExchangeBox
from content_types.site import Site
from govrepo import clock
from policies import incident as policy
from policies.engine import Refused
from policies.faults import divisions_without_receiver
from policies.permissions import Permission as P

from .acts import done, mend, url
from .i18n import _


@view_config(
    context=ExchangeBox,
    name="report",
    permission=P.BOX_REPORT_FAULT,
    request_method=("GET", "POST"),
    renderer="views:templates/incident/report.pt",
)
def report(context: ExchangeBox, request: Any) -> Any:
    """Report that the box cannot exchange normally."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            policy.report(context, request.POST.get("words", ""), request.actor)
            return done(request, _("故障已报告技术服务组。"), url(context, ""))
        except Refused as refused:
            errors = mend(request, refused)
    return {
        "title": _("报告故障"),
        "crumbs": [(context.title, url(context, ""))],
        "box": context,
        "errors": errors,
        "values": dict(request.POST),
    }


@view_config(
    context=Site,
    name="faults",
    permission=P.INCIDENTS_VIEW,
    request_method="GET",
    renderer="views:templates/incident/list.pt",
)
def incidents(context: Site, _request: Any) -> dict[str, Any]:
    """The reported faults, newest first, and the divisions without a receiver (R-11.1)."""
    months = sorted(context["incidents"].items(), reverse=True)
    found = [
        incident
        for _month, shelf in months
        for incident in sorted(shelf.values(), key=lambda each: each.created, reverse=True)
    ]
    return {
        "title": _("故障"),
        "incidents": found[:500],
        "states": policy.STATES,
        "alarms": alarms(context),
        "without_receiver": divisions_without_receiver(context, clock.now()),
    }


def alarms(root: Site) -> list[dict[str, Any]]:
    """Certificates that were used from two addresses at once, newest first (R-27.1)."""
    newest = list(root.trust.alarms.items())[-100:]
    return [
        {**alarm, "at": clock.from_micros(at), "person": root["people"].get(alarm["person"])}
        for at, alarm in reversed(newest)
    ]
