"""Faults (R-12.1 to R-12.5): the report from the box, the list for the technical service group, and the page on which one is dealt with."""

from datetime import timedelta
from typing import Any

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.exchange_box import ExchangeBox
from content_types.incident import Incident
from content_types.site import Site
from govrepo import clock
from policies import incident as policy
from policies.delivery import STATES as DELIVERY_STATES
from policies.engine import Refused
from policies.faults import divisions_without_receiver
from policies.permissions import Permission as P

from .acts import attempt, buttons, done, mend, url
from .case import timeline
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
            made = policy.report(context, request.POST.get("words", ""), request.actor)
            return done(request, _("故障已报告技术服务组。"), url(made, ""))
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
    context=Incident, permission=P.INCIDENT_READ, request_method="GET", renderer="views:templates/incident/page.pt"
)
def page(context: Incident, request: Any) -> dict[str, Any]:
    """One fault: how far it is, what may be done, and every document it has held up (R-12.2 to R-12.4)."""
    return page_data(context, request, {})


def page_data(incident: Incident, request: Any, errors: dict[str, str]) -> dict[str, Any]:
    """Everything the page shows."""
    begun, ended = policy.duration(incident)
    neighbours = policy.usable_neighbours(incident.box)
    return {
        "title": incident.title,
        "crumbs": [(_("故障"), "/faults")] if request.has_permission(P.INCIDENTS_VIEW, request.root) else [],
        "incident": incident,
        "here": url(incident),
        "steps": steps(incident),
        "facts": facts(incident, request),
        "duration": span((ended or clock.now()) - begun),
        "neighbours": neighbours,
        "ways": [(str(way), words) for way, words in policy.WAYS.items()],
        "rows": [row(each, request) for each in incident.rerouted],
        "buttons": buttons(request, incident),
        "events": timeline(incident, {"report": _("报告故障")}),
        "errors": errors,
        "values": dict(request.POST),
    }


def steps(incident: Incident) -> list[tuple[Any, str, str]]:
    """The strip: reported, confirmed, fallback, restored, closed."""
    order = tuple(policy.STATES)
    at = order.index(incident.state)
    return [
        (policy.STATES[state], "now" if place == at else "done" if place < at else "todo", "")
        for place, state in enumerate(order)
    ]


def facts(incident: Incident, request: Any) -> list[tuple[Any, Any]]:
    """What is known of it."""
    outlook = {None: "—", True: _("短时可以恢复"), False: _("短时无法恢复")}
    return [
        (_("交换箱"), incident.box.title),
        (_("故障情况"), incident.words),
        (_("报告人"), incident.reported_by.name),
        (_("报告时间"), request.fmt.instant(incident.created)),
        (_("原因"), incident.cause or "—"),
        (_("短时能否恢复"), outlook[incident.soon]),
        (_("应急办法"), policy.WAYS[incident.fallback] if incident.fallback else "—"),
        (_("代收的交换箱"), incident.neighbour.title if incident.neighbour else "—"),
        (_("恢复时间"), request.fmt.instant(incident.restored_at)),
        (_("处理措施"), incident.measure or "—"),
    ]


def span(length: timedelta) -> Any:
    """A length of time in hours and minutes."""
    minutes = int(length.total_seconds()) // 60
    return _("${hours}小时${minutes}分", mapping={"hours": minutes // 60, "minutes": minutes % 60})


def row(moved: Any, request: Any) -> dict[str, Any]:
    """One delivery that went to the neighbour; its title only for who may read it (R-8.3)."""
    delivery = moved.delivery
    may_read = request.has_permission(P.DELIVERY_READ, delivery)
    button = buttons(request, delivery, ("hand_back",)).get("hand_back")
    return {
        "uid": delivery.uid,
        "from": delivery.document.issuer,
        "number": delivery.document.number or "—",
        "title": delivery.title if may_read else "",
        "url": url(delivery, "") if may_read else None,
        "at": moved.at,
        "signed_at": delivery.signed_at,
        "signer": delivery.signed_by.name if delivery.signed_by is not None else "",
        "state": DELIVERY_STATES[delivery.state],
        "away": delivery.rerouted,
        "button": button,
    }


@view_config(
    context=Incident,
    name="act",
    permission=P.INCIDENT_READ,
    request_method="POST",
    renderer="views:templates/incident/page.pt",
)
def try_act(context: Incident, request: Any) -> Any:
    """Confirm, dismiss, fall back, restore, close."""
    name = request.POST.get("act", "")
    if name not in {row.name for row in policy.TABLE.transitions}:
        raise HTTPBadRequest
    soon = {"yes": True, "no": False}.get(request.POST.get("soon", ""))
    box = request.root["exchange"].get(request.POST.get("neighbour", ""))
    data = {"soon": soon, "neighbour": box, "fallback": request.POST.get("fallback", "")}
    errors = attempt(request, context, name, note=request.POST.get("note", "").strip(), **data)
    return page_data(context, request, errors) if errors else done(request, _("已办理。"), url(context, ""))


@view_config(context=Incident, name="hand_back", permission=P.INCIDENT_READ, request_method="POST")
def hand_back(context: Incident, request: Any) -> Any:
    """The addressee takes a delivery back (R-12.4)."""
    wanted = request.POST.get("delivery", "")
    found = [each.delivery for each in context.rerouted if each.delivery.uid == wanted]
    if not found:
        raise HTTPBadRequest
    attempt(request, found[0], "hand_back")
    return done(request, _("已收回。"), url(context, ""))


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
        "incidents": [(each, url(each, "")) for each in found[:500]],
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
