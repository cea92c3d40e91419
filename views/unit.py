"""Units (使用单位, domain.md 4.1, 5.8, part 6): the register, a new application, and one unit with everything that becomes of it."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPForbidden, HTTPNotFound
from pyramid.view import view_config

from content_types.site import Site
from content_types.unit import ChangeOfUnit, Contact, Unit
from govrepo import clock
from govrepo.catalog import And, Eq, Query, Range, register
from policies import unit as policy
from policies.engine import Refused
from policies.permissions import Permission as P
from policies.principal_leader import candidates
from policies.registers.keys import moment
from policies.roles import Role
from policies.scopes import divisions_of
from policies.unit_application import ALL_KINDS, FORMS, KINDS, Application, apply, groups

from .acts import attempt, buttons, done, mend, url
from .case import timeline
from .days import day_of
from .i18n import _
from .unit_forms import FIELDS, given, initial
from .unit_steps import NEXT, belongs, daily, in_words, steps

TEMPLATES = "views:templates/unit/"
BADGES = {
    "applied": "wait",
    "approved": "info",
    "rejected": "stop",
    "active": "done",
    "suspended": "bad",
    "merged": "stop",
    "cancelled": "stop",
}
CONNECTION_BADGES = {"none": "stop", "building": "wait", "connected": "done"}
FILTERS = ("kind", "state", "connection")
MOST = 1000
DONE = {"check": _("今日核对已登记。")}
CONFIRM = {
    "activate": _("开通后，该单位即可收发文。确认开通？"),
    "rename": _("更名后，制版和盖章系统须重新部署登记。确认更名？"),
    "merge_into": _("人员、处室和交换箱转到承接单位，本单位不再使用，不能恢复。确认合并？"),
    "cancel": _("注销后不能恢复，材料只供管理单位查阅。确认注销？"),
}


@view_config(
    context=Site, name="unit_list", permission=P.SITE_VIEW, request_method="GET", renderer=TEMPLATES + "list.pt"
)
def list_(context: Site, request: Any) -> dict[str, Any]:
    """The register (domain.md part 6, units) in the official order, with filters and the lists of R-N5.1 and P-21."""
    visible = policy.visible_to(request.actor, context)
    if visible is None:
        raise HTTPForbidden
    asked = {name: request.GET.get(name, "").strip() for name in ("q", *FILTERS)}
    shows = lists(context, request)
    show = request.GET.get("show", "")
    terms = [visible, *_terms(asked), *([shows[show][1]] if show in shows else [])]
    found = register(context, "units").query(And(tuple(terms)), sort="order", limit=MOST).objects
    unchecked = set(policy.unchecked_today(context))
    rows = [each for each in found if show != "unchecked" or each in unchecked]
    clerks = clerks_by_scope(context)
    return {
        "title": _("使用单位"),
        "crumbs": [(_("系统管理"), "/@@manage")] if request.has_permission(P.MANAGE_HOME) else [],
        "tabs": _tabs(context, visible, shows, show, len(unchecked.intersection(_all(context, visible)))),
        "rows": [row(unit, clerks) for unit in rows],
        "choices": [
            ("kind", _("单位类型"), [("", _("全部类型")), *ALL_KINDS.items()]),
            ("connection", _("联通状态"), [("", _("联通状态")), *policy.CONNECTIONS.items()]),
            ("state", _("状态"), [("", _("全部状态")), *policy.STATES.items()]),
        ],
        "values": asked,
        "show": show,
        "filtered": any(asked.values()),
        "may_prepare": request.has_permission(P.UNIT_PREPARE),
    }


def _terms(asked: dict[str, str]) -> list[Query]:
    terms: list[Query] = [Eq(name, asked[name]) for name in FILTERS if asked[name]]
    return terms + [Eq("words", word) for word in asked["q"].split()]


def _all(root: Site, visible: Query) -> tuple[Any, ...]:
    return tuple(register(root, "units").query(visible, sort="order", limit=MOST).objects)


def lists(root: Site, request: Any) -> dict[str, tuple[Any, Query]]:
    """The lists that are asked for by name: words and query. Nobody is late before the deadline (R-N5.1)."""
    late = policy.past_deadline(root, request.registry.govrepo_settings)
    found = {
        "waiting": (_("待审批"), policy.WAITING),
        "agreed": (_("待办理"), policy.AGREED),
        "not_connected": (_("未联通"), policy.NOT_CONNECTED),
    }
    return found if late is None else {**found, "late": (_("逾期未联通"), late)}


def _tabs(
    root: Site, visible: Query, shows: dict[str, tuple[Any, Query]], show: str, unchecked: int
) -> list[tuple[Any, str, int, bool]]:
    count = register(root, "units").count
    tabs = [(_("全部"), "/unit_list", int(count(visible)), show not in (*shows, "unchecked"))]
    tabs += [
        (words, f"/unit_list?show={name}", int(count(visible & query)), show == name)
        for name, (words, query) in shows.items()
    ]
    return [*tabs, (_("今日未核对"), "/unit_list?show=unchecked", unchecked, show == "unchecked")]


def clerks_by_scope(root: Site) -> dict[str, list[str]]:
    """Who receives in each unit now, by scope: one query over the appointments in force."""
    now = moment(clock.now())
    in_force = Eq("role", Role.UNIT_CLERK) & Range("since", None, now) & Range("until", now + 1, None)
    found: dict[str, list[str]] = {}
    for each in register(root, "appointments").query(in_force, sort="order", limit=MOST).objects:
        found.setdefault(each.scope, []).append(each.__parent__.name)
    return found


def row(unit: Unit, clerks: dict[str, list[str]]) -> dict[str, Any]:
    """A line of the register."""
    return {
        "unit": unit,
        "url": url(unit, ""),
        "kind": ALL_KINDS[unit.kind],
        "connection": policy.CONNECTIONS[unit.connection],
        "connection_badge": CONNECTION_BADGES[unit.connection],
        "receivers": "、".join(clerks.get(unit.scope, ())),
        "state": policy.STATES[unit.state],
        "badge": BADGES[unit.state],
        "in_hand": _in_hand(unit),
    }


def _in_hand(unit: Unit) -> Any:
    """The change in hand and for whom it waits, in words."""
    if unit.pending is None:
        return ""
    words = {"what": policy.CHANGES[unit.pending.kind]}
    if unit.pending.approved_by is None:
        return _("${what}，待厅领导批准", mapping=words)
    return _("${what}，待管理员办理", mapping=words)


@view_config(
    context=Site,
    name="unit_application",
    permission=P.UNIT_PREPARE,
    request_method=("GET", "POST"),
    renderer=TEMPLATES + "application.pt",
)
def application(context: Site, request: Any) -> Any:
    """The application form of P-10 and P-11, keyed by the operator."""
    errors: dict[str, Any] = {}
    if request.method == "POST":
        try:
            made = apply(context, _wanted(request.POST), request.actor)
            return done(request, _("已登记，请厅领导批准。"), url(made, ""))
        except Refused as refused:
            errors = mend(request, refused)
    choose = ("", _("请选择"))
    return {
        "title": _("登记单位申请"),
        "crumbs": [(_("使用单位"), "/unit_list")],
        "kinds": [choose, *KINDS.items()],
        "forms": [choose, *FORMS.items()],
        "groups": [("", _("（无）")), *((each, each) for each in groups(context))],
        "yes_no": [("", _("否")), ("yes", _("是"))],
        "values": dict(request.POST),
        "errors": errors,
    }


def _wanted(post: Any) -> Application:
    text = {name: post.get(name, "").strip() for name in post}
    return Application(
        **{name: text.get(name, "") for name in ("form", "code", "name", "short_name", "kind", "letter", "group")},
        document_codes=tuple(text.get("document_codes", "").replace("、", " ").split()),
        contact=Contact(*(text.get(name, "") for name in ("contact", "office_phone", "mobile"))),
        has_plate=bool(text.get("has_plate")),
        has_seal=bool(text.get("has_seal")),
        by_reference=bool(text.get("by_reference")),
        planned=day_of(text.get("planned", "")),
    )


@view_config(context=Unit, permission=P.UNIT_VIEW, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: Unit, request: Any) -> dict[str, Any]:
    """One unit: facts, contacts, names, divisions, what waits, and what may be done or why not."""
    held = {
        name: in_words(context, button)
        for name, button in buttons(request, context).items()
        if concerns(request, context, name) and belongs(context, name)
    }
    checks = request.has_permission(P.UNIT_CHECK, context) and "check" in held
    return {
        **frame(context, request, "page"),
        "state": policy.STATES[context.state],
        "badge": BADGES[context.state],
        "facts": facts(context, request.fmt),
        "steps": steps(context),
        "missing": [reason.text for name, each in held.items() if name in NEXT for reason in each.reasons]
        + ([_("单位已停用，先恢复使用，再办理合并。")] if _rests_before_merger(context) else []),
        "successor": (context.successor.name, url(context.successor, "")) if context.successor else None,
        "pending": pending(context, request.fmt),
        "may_staff": context.state == "approved" and request.has_permission(P.ACCOUNT_MANAGE, context),
        "daily": daily(context) if checks else [],
        "check": held.pop("check", None),
        "checked": policy.is_checked_today(context),
        "plain": [
            (each, CONFIRM.get(name), "btn-primary" if name in NEXT and each.allowed else "btn-outline-secondary")
            for name, each in held.items()
            if name not in FIELDS
        ],
        "forms": [each for name, each in held.items() if name in FIELDS],
        "divisions": [(each, url(each, "")) for each in divisions_of(context)],
        "may_divide": request.has_permission(P.UNIT_MANAGE, context) and context.state == "active",
        "events": timeline(context, {"apply": _("申请")}),
    }


def _rests_before_merger(unit: Unit) -> bool:
    """Whether a merger was approved of a unit that is suspended: 5.8 knows it from a unit in use only."""
    change = unit.pending
    return bool(unit.state == "suspended" and change and change.kind is ChangeOfUnit.MERGE and change.approved_by)


def concerns(request: Any, unit: Unit, name: str) -> bool:
    """Whether an act is this person's business; what is refused for now is shown too, with its reason."""
    return bool(request.has_permission(policy.TABLE.transition(name).permission, unit))


def frame(unit: Unit, request: Any, here: str) -> dict[str, Any]:
    """What every page of a unit needs: title, way back, tabs."""
    tabs = [(_("单位"), url(unit, ""), None, here == "page")]
    if request.has_permission(P.PEOPLE_VIEW, unit):
        tabs.append((_("人员"), url(unit, "people"), None, here == "people"))
    if request.has_permission(P.INSPECTION_VIEW, unit):
        tabs.append((_("培训和抽查"), url(unit, "supervision"), None, here == "supervision"))
    if request.has_permission(P.SEAL_READ, unit):
        tabs.append((_("印章"), f"/registers/seals?unit={unit.code}", None, False))
    return {
        "title": unit.name,
        "crumbs": [(_("使用单位"), "/unit_list")],
        "tabs": tabs,
        "unit": unit,
        "here": url(unit),
    }


def facts(unit: Unit, fmt: Any) -> list[tuple[Any, Any]]:
    """The facts of a unit in words."""
    return [
        (_("单位代码"), unit.code),
        (_("全称"), unit.name),
        (_("规范化简称"), unit.short_name),
        (_("单位类型"), ALL_KINDS[unit.kind]),
        (_("申请表类型"), FORMS[unit.form]),
        *([(_("参照执行"), _("是"))] if unit.by_reference else []),
        (_("书面申请"), unit.letter or "—"),
        (_("机关代字"), "、".join(unit.document_codes) or "—"),
        (_("收文分组"), "、".join(unit.groups) or "—"),
        (_("交换箱"), unit.box_name or "—"),
        (_("联通状态"), policy.CONNECTIONS[unit.connection]),
        (_("计划联通"), fmt.day(unit.connection_planned)),
        (_("实际联通"), fmt.day(unit.connection_actual)),
        (_("制版系统"), _("已部署") if unit.has_plate else _("未部署")),
        (_("盖章系统"), _("已部署") if unit.has_seal else _("未部署")),
        (_("收发方式"), tracks(unit, fmt)),
        (_("主要负责人"), unit.principal_leader.name if unit.principal_leader is not None else "—"),
        (_("单位管理员最近核对"), fmt.instant(unit.checked_at)),
        *([(_("承接单位"), unit.successor.name)] if unit.successor else []),
    ]


def tracks(unit: Unit, fmt: Any) -> Any:
    """Whether paper goes along (R-N2.4)."""
    if unit.single_track_since is None:
        return _("双轨制")
    words = {"day": fmt.day(unit.single_track_since), "basis": unit.single_track_basis}
    return _("自${day}起单轨（${basis}）", mapping=words)


def pending(unit: Unit, fmt: Any) -> dict[str, Any] | None:
    """The change in hand, in words."""
    change = unit.pending
    if change is None:
        return None
    to = change.name or (change.successor.name if change.successor else "")
    return {
        "what": policy.CHANGES[change.kind],
        "to": f"{to}（{change.short_name}）" if change.short_name else to,
        "letter": change.letter,
        "by": change.by.name,
        "at": fmt.instant(change.at),
        "approved": change.approved_by.name if change.approved_by else "",
    }


@view_config(context=Unit, name="act", permission=P.UNIT_VIEW, request_method="POST")
def try_act(context: Unit, request: Any) -> Any:
    """An act that needs no words: approve, activate, check, carry out."""
    name = request.POST.get("act", "")
    if name in FIELDS or name not in {each.name for each in policy.TRANSITIONS}:
        raise HTTPBadRequest
    attempt(request, context, name)
    return done(request, DONE.get(name, _("已办理。")), url(context, ""))


@view_config(
    context=Unit,
    name="do",
    permission=P.UNIT_VIEW,
    request_method=("GET", "POST"),
    renderer=TEMPLATES + "do.pt",
)
def do(context: Unit, request: Any) -> Any:
    """An act that needs words or choices: its form, and the attempt."""
    name = request.params.get("act", "")
    if name not in FIELDS:
        raise HTTPNotFound
    errors: dict[str, Any] = {}
    if request.method == "POST":
        errors = attempt(request, context, name, **given(name, request))
        if not errors:
            return done(request, _("已办理。"), url(context, ""))
    button = buttons(request, context).get(name)
    button = None if button is None or not belongs(context, name) else in_words(context, button)
    return {
        "title": button.title if button else policy.TABLE.transition(name).title,
        "crumbs": [(_("使用单位"), "/unit_list"), (context.name, url(context, ""))],
        "unit": context,
        "name_of_act": name,
        "here": url(context),
        "button": button,
        "fields": FIELDS[name],
        "choices": choices(context),
        "values": dict(request.POST) if request.method == "POST" else initial(name, context),
        "errors": errors,
    }


def choices(unit: Unit) -> dict[str, list[tuple[str, Any]]]:
    """What the selections of the forms offer."""
    heirs = register(unit, "units").query(Eq("state", "active"), sort="order", limit=MOST).objects
    return {
        "connection": list(policy.CONNECTIONS.items()),
        **{key: [("yes", _("已部署"))] for key in ("has_plate", "has_seal")},
        "principal": [("", _("请选择")), *((each.id, f"{each.name}（{each.post}）") for each in candidates(unit))],
        "successor": [("", _("请选择")), *((each.code, each.name) for each in heirs if each is not unit)],
    }
