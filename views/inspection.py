"""Inspections of people's equipment (R-39.1): the list, planning one, and the page that records what was found."""

from typing import Any

from pyramid.view import view_config

from content_types.inspection import Inspection
from content_types.site import Site
from policies.engine import Refused
from policies.inspection import KINDS, STATES, inspections, plan
from policies.permissions import Permission as P

from .acts import done, mend, url
from .case import TEMPLATE, Extra, case, try_case
from .i18n import _
from .substitute import day_of

SEALED = (Extra("sealed", _("封存的设备"), _("没有封存的，不填。")),)
BADGES = {"planned": "wait", "passed": "done", "violated": "bad", "closed": "done"}


@view_config(
    context=Site,
    name="inspections",
    permission=P.INSPECTION_VIEW,
    request_method="GET",
    renderer="views:templates/inspection/list.pt",
)
def list_(context: Site, request: Any) -> dict[str, Any]:
    """Every inspection, the newest first."""
    rows = [
        {"inspection": each, "url": url(each, ""), "kind": KINDS[each.kind], "state": STATES[each.state], "badge": BADGES[each.state]}
        for each in inspections(context)[:500]
    ]  # fmt: skip
    return {"title": _("设备抽查"), "rows": rows, "may_plan": request.has_permission(P.INSPECTION_RECORD)}


@view_config(
    context=Site,
    name="inspect",
    permission=P.INSPECTION_RECORD,
    request_method=("GET", "POST"),
    renderer="views:templates/inspection/plan.pt",
)
def plan_(context: Site, request: Any) -> Any:
    """Plan an inspection."""
    given = {name: request.POST.get(name, "").strip() for name in ("login", "kind", "equipment", "day")}
    errors: dict[str, Any] = {}
    if request.method == "POST":
        person = context.logins.get(given["login"].casefold())
        try:
            made = plan(request.actor, person, given["kind"], given["equipment"], day_of(given["day"]))
            return done(request, _("已登记。"), url(made, ""))
        except Refused as refused:
            errors = mend(request, refused)
    return {
        "title": _("安排抽查"),
        "crumbs": [(_("设备抽查"), "/inspections")],
        "kinds": [("", _("请选择")), *KINDS.items()],
        "values": given,
        "errors": errors,
    }


@view_config(context=Inspection, permission=P.INSPECTION_VIEW, request_method="GET", renderer=TEMPLATE)
def page(context: Inspection, request: Any) -> dict[str, Any]:
    """One inspection, and what may be recorded of it."""
    facts = [
        (_("编号"), context.title),
        (_("人员"), context.person.name),
        (_("单位"), context.person.unit.short_name),
        (_("抽查方式"), KINDS[context.kind]),
        (_("设备"), context.equipment),
        (_("日期"), request.fmt.day(context.day)),
        (_("检查人"), context.inspector.name),
        (_("检查情况"), context.finding or "—"),
        (_("封存的设备"), context.sealed or "—"),
        (_("停用"), context.suspension.title if context.suspension else "—"),
    ]
    return {
        "title": context.title,
        "crumbs": [(_("设备抽查"), "/inspections")],
        **case(
            request,
            context,
            BADGES[context.state],
            facts,
            {"plan": _("安排抽查")},
            extra=SEALED if context.state == "planned" else (),
        ),
    }


@view_config(context=Inspection, name="act", permission=P.INSPECTION_VIEW, request_method="POST", renderer=TEMPLATE)
def try_act(context: Inspection, request: Any) -> Any:
    """Record the finding, or close."""
    return try_case(request, context, page, extra=SEALED)
