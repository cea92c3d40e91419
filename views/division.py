"""Divisions (处室, R-11.1): making one in a unit, and one division with its closing."""

from typing import Any

from pyramid.view import view_config

from content_types.division import Division
from content_types.unit import Unit
from govrepo import clock
from govrepo.database import site
from policies import division as policy
from policies.appointment import holders_of
from policies.division import members
from policies.engine import Refused
from policies.permissions import Permission as P
from policies.roles import Role

from .acts import attempt, done, mend, url
from .case import TEMPLATE, Extra, case, try_case
from .i18n import _

BADGES = {"active": "done", "closed": "stop"}


@view_config(
    context=Unit,
    name="new_division",
    permission=P.UNIT_MANAGE,
    request_method=("GET", "POST"),
    renderer="views:templates/unit/new_division.pt",
)
def create(context: Unit, request: Any) -> Any:
    """A new division, with its box."""
    errors: dict[str, Any] = {}
    if request.method == "POST":
        try:
            made = policy.create(context, request.POST.get("code", ""), request.POST.get("name", ""), request.actor)
            return done(request, _("处室和交换箱已建。请为处室指定收文员（第十一条）。"), url(made, ""))
        except Refused as refused:
            errors = mend(request, refused)
    return {
        "title": _("新建处室"),
        "crumbs": [(_("使用单位"), "/unit_list"), (context.name, url(context, ""))],
        "here": url(context),
        "errors": errors,
        "values": dict(request.POST),
    }


@view_config(context=Division, permission=P.UNIT_VIEW, request_method="GET", renderer=TEMPLATE)
def page(context: Division, request: Any) -> dict[str, Any]:
    """One division, and its closing."""
    facts = [
        (_("处室代码"), context.code),
        (_("单位"), context.unit.name),
        (_("交换箱"), context.box_name or "—"),
        (_("收文员"), _receivers(context)),
        (_("人员"), "、".join(each.name for each in members(context)) or "—"),
    ]
    return {
        "title": context.name,
        "crumbs": [(_("使用单位"), "/unit_list"), (context.unit.name, url(context.unit, ""))],
        **case(request, context, BADGES[context.state], facts, {"create": _("建立")}, extra=_fields(context)),
    }


def _fields(division: Division) -> tuple[Extra, ...]:
    return (Extra("new_name", _("新的名称"), _("更名时填写。")),) if division.state == "active" else ()


def _receivers(division: Division) -> Any:
    """Who signs for the division now (R-11.1), or that it needs somebody."""
    found = holders_of(site(division), f"{Role.RECEIVER}@{division.scope}", clock.now())
    if found or division.state != "active":
        return "、".join(each.name for each in found) or "—"
    return _("还没有，请提出权限变更申请，为处室指定收文员（第十一条）。")


@view_config(context=Division, name="act", permission=P.UNIT_VIEW, request_method="POST", renderer=TEMPLATE)
def try_act(context: Division, request: Any) -> Any:
    """Close it, or give it another name; then the record says which it bore."""
    if request.POST.get("act") != "rename":
        return try_case(request, context, page)
    new = request.POST.get("new_name", "").strip()
    errors = attempt(request, context, "rename", new_name=new, note=f"{context.name} → {new}")
    if errors:
        return {**page(context, request), "errors": errors}
    return done(request, _("已更名。"), url(context, ""))
