"""Business settings with effective dates: present, coming and past values, and the rules in force on any day (R-41.1)."""

from datetime import date, datetime
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from content_types.official_document import Classification
from content_types.site import Site
from govrepo import clock
from govrepo import rules as history
from policies import rules as policy
from policies.engine import Refused
from policies.permissions import Permission as P
from views.acts import done, mend
from views.days import day_of
from views.i18n import _
from views.manage import site_page

CLASSIFICATIONS = {
    Classification.NONE: _("不得交换涉密文件"),
    Classification.CONFIDENTIAL: _("秘密"),
    Classification.SECRET: _("机密"),
    Classification.TOP_SECRET: _("绝密"),
}


@view_config(
    context=Site,
    name="settings",
    permission=P.MANAGE_VIEW,
    request_method="GET",
    renderer="views:templates/manage/settings.pt",
)
def page(context: Site, request: Any) -> dict[str, Any]:
    """Every setting as it counts now, or on the day asked for, and what will change."""
    asked = request.GET.get("on", "")
    on = day_of(asked)
    at = _end_of(on) if on else clock.now()
    rows = [_row(context, request, name, rule, at) for name, rule in policy.RULES.items()]
    errors = {"on": _("日期应写成 2013-01-31 的样子。")} if asked and on is None else {}
    return site_page(
        _("业务设置"), rows=rows, on=on, values={"on": asked}, errors=errors, may_change=_may_change(request)
    )


def _end_of(day: date) -> datetime:
    """The last moment of a day; of today, now."""
    return clock.now() if day == clock.today() else clock.day_end(day)


def _row(root: Site, request: Any, name: str, rule: policy.Rule, at: datetime) -> dict[str, Any]:
    values = root.rules.of(name)
    return {
        "name": name,
        "rule": rule,
        "value": shown(name, history.value(root, request.registry.govrepo_settings, name, at)),
        "since": root.rules.in_force(name, at),
        "coming": [(each, shown(name, each.value)) for each in values if each.since > at],
    }


def shown(name: str, value: Any) -> Any:
    """A value in words."""
    return CLASSIFICATIONS[Classification(value)] if name == "max_classification" else str(value)


def _may_change(request: Any) -> bool:
    return bool(request.has_permission(P.RULES_CHANGE))


@view_config(
    context=Site,
    name="setting",
    permission=P.MANAGE_VIEW,
    request_method="GET",
    renderer="views:templates/manage/setting.pt",
)
def one(context: Site, request: Any) -> dict[str, Any]:
    """One setting with all its values, and the form to give it another."""
    return _one(context, request, _known(request.GET.get("name", "")))


@view_config(
    context=Site,
    name="setting",
    permission=P.RULES_CHANGE,
    request_method="POST",
    renderer="views:templates/manage/setting.pt",
)
def change(context: Site, request: Any) -> Any:
    """Give a setting a value from a day on."""
    name = _known(request.POST.get("name", ""))
    value, effective, basis = (request.POST.get(field, "") for field in ("value", "effective", "basis"))
    try:
        decided = policy.change(context, name, value, effective, basis, request.actor)
    except Refused as refused:
        return _one(context, request, name, mend(request, refused))
    day = clock.local(decided.since).date()
    return done(request, _("已登记，自${day}起生效。", mapping={"day": day}), f"/@@setting?name={name}")


def _known(name: str) -> str:
    if name not in policy.RULES:
        raise HTTPNotFound
    return name


def _one(root: Site, request: Any, name: str, errors: dict[str, str] | None = None) -> dict[str, Any]:
    rule, settings, now = policy.RULES[name], request.registry.govrepo_settings, clock.now()
    current = root.rules.in_force(name, now)
    page = site_page(rule.label, name=name, rule=rule, may_change=_may_change(request), errors=errors or {})
    page["crumbs"].append((_("业务设置"), "/@@settings"))
    return page | {
        "value": shown(name, history.value(root, settings, name, now)),
        "base": shown(name, getattr(settings, name)),
        "base_counts": current is None,
        "lines": [_line(name, each, current, now) for each in reversed(root.rules.of(name))],
        "options": [(str(each), words) for each, words in CLASSIFICATIONS.items()]
        if name == "max_classification"
        else None,
        "today": clock.today().isoformat(),
        "values": {"effective": clock.today().isoformat(), **request.POST},
    }


def _line(name: str, each: history.RuleValue, current: history.RuleValue | None, now: datetime) -> dict[str, Any]:
    word, badge = (_("现行"), "done") if each is current else (_("已废"), "stop")
    if each.since > now:
        word, badge = _("将行"), "wait"
    return {"value": shown(name, each.value), "each": each, "word": word, "badge": badge}
