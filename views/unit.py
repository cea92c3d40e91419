"""Units (domain.md 4.1, 5.8): the list, a new application, one unit with its names, and the acts of its life."""

from typing import Any

from pyramid.httpexceptions import HTTPForbidden
from pyramid.view import view_config

from content_types.site import Site
from content_types.unit import Connection, Unit
from policies.engine import Refused
from policies.permissions import Permission as P
from policies.unit import FORMS, KINDS, STATES, Application, apply, units

from .acts import done, mend, url
from .case import TEMPLATE, Extra, case, try_case
from .i18n import _

BADGES = {"applied": "wait", "approved": "info", "rejected": "stop", "active": "done", "suspended": "bad"}
CONNECTIONS = {Connection.NONE: _("未联通"), Connection.BUILDING: _("建设中"), Connection.CONNECTED: _("已联通")}
FIELDS = tuple(Application.__dataclass_fields__)
NAMES = (Extra("new_name", _("新的全称")), Extra("new_short_name", _("新的简称"), _("申请更名时填写。")))


@view_config(
    context=Site,
    name="unit_list",
    permission=P.SITE_VIEW,
    request_method="GET",
    renderer="views:templates/unit/list.pt",
)
def list_(context: Site, request: Any) -> dict[str, Any]:
    """The units the person may look at; ``not_connected`` keeps those that are not connected yet (R-N5.1)."""
    found = units(context, request.actor)
    if not found:
        raise HTTPForbidden
    only = request.GET.get("show", "")
    wanted = [each for each in found if only != "not_connected" or each.connection is not Connection.CONNECTED]
    tabs = [
        (_("全部"), "/unit_list", len(found), only != "not_connected"),
        (_("未联通"), "/unit_list?show=not_connected", sum(each.connection is not Connection.CONNECTED for each in found), only == "not_connected"),
    ]  # fmt: skip
    return {
        "title": _("使用单位"),
        "crumbs": [(_("系统管理"), "/@@manage")] if request.has_permission(P.MANAGE_HOME) else [],
        "tabs": tabs,
        "rows": [
            (each, url(each, ""), STATES[each.state], BADGES[each.state], CONNECTIONS[each.connection])
            for each in wanted
        ],
        "may_prepare": request.has_permission(P.UNIT_PREPARE),
    }


@view_config(
    context=Site,
    name="unit_application",
    permission=P.UNIT_PREPARE,
    request_method=("GET", "POST"),
    renderer="views:templates/unit/application.pt",
)
def application(context: Site, request: Any) -> Any:
    """The application form of P-10 and P-11, keyed by the operator."""
    given = {name: request.POST.get(name, "").strip() for name in FIELDS}
    errors: dict[str, Any] = {}
    if request.method == "POST":
        try:
            made = apply(request.actor, context, Application(**given))
            return done(request, _("已登记，请厅领导批准。"), url(made, ""))
        except Refused as refused:
            errors = mend(request, refused)
    choose = ("", _("请选择"))
    return {
        "title": _("登记单位申请"),
        "crumbs": [(_("使用单位"), "/unit_list")],
        "kinds": [choose, *KINDS.items()],
        "forms": [choose, *FORMS.items()],
        "values": given,
        "errors": errors,
    }


@view_config(context=Unit, permission=P.UNIT_VIEW, request_method="GET", renderer=TEMPLATE)
def page(context: Unit, request: Any) -> dict[str, Any]:
    """One unit: its facts, its earlier names, what waits, and what the person may do."""
    return {
        "title": context.name,
        "crumbs": [(_("使用单位"), "/unit_list")],
        **case(request, context, BADGES[context.state], facts(context, request.fmt), {"apply": _("申请")}, extra=NAMES),
    }


def facts(unit: Unit, fmt: Any) -> list[tuple[Any, Any]]:
    """The facts of a unit in words."""
    renaming = unit.renaming
    waits = _("待厅领导批准") if renaming and renaming.agreed is None else _("已批准，待更名")
    return [
        (_("单位代码"), unit.code),
        (_("全称"), unit.name),
        (_("规范化简称"), unit.short_name),
        (_("曾用名"), "；".join(f"{each.name}（{fmt.day(each.until)}）" for each in unit.names) or "—"),
        (_("正在办理的更名"), f"{renaming.name}（{renaming.basis}）" if renaming else "—"),
        (_("更名进度"), waits if renaming else "—"),
        (_("机关代字"), "、".join(unit.document_codes) or "—"),
        (_("收文分组"), "、".join(unit.groups) or "—"),
        (_("联通状态"), CONNECTIONS[unit.connection]),
        (_("联系人"), "；".join(f"{each.name} {each.phone}".strip() for each in unit.contacts) or "—"),
        (_("批准文件"), unit.letter or "—"),
        (_("交换箱"), unit.box_name or "—"),
    ]


@view_config(context=Unit, name="act", permission=P.UNIT_VIEW, request_method="POST", renderer=TEMPLATE)
def try_act(context: Unit, request: Any) -> Any:
    """Approve, open, rename, suspend."""
    return try_case(request, context, page, extra=NAMES)
