"""The substitute receiver (R-11.3, R-11.4): a division's head names one, sees who is named, and ends it early.

The auditor, to whom each designation is reported, finds them in a list of their own and verifies them there.
"""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound
from pyramid.view import view_config

from content_types.exchange_box import BoxKind, ExchangeBox
from content_types.permission_change import PermissionChange
from content_types.site import Site
from govrepo import clock
from policies.engine import Refused
from policies.permission_change import STATES
from policies.permissions import Permission as P
from policies.scopes import scope_title
from policies.substitute import candidates, designate, designations, end_designation, longest, substitutes

from .acts import attempt, buttons, done, mend, url
from .days import day_of
from .i18n import _

LIST = "views:templates/substitute/list.pt"


@view_config(
    context=ExchangeBox,
    name="substitutes",
    permission=P.SUBSTITUTE_DESIGNATE,
    request_method=("GET", "POST"),
    renderer="views:templates/substitute/page.pt",
)
def page(context: ExchangeBox, request: Any) -> Any:
    """Who stands in for the division's receiver, and the form that names somebody."""
    if context.kind is not BoxKind.DIVISION:
        raise HTTPNotFound
    given = {name: request.POST.get(name, "").strip() for name in ("person", "until", "reason", "end")}
    errors = _try(context, request, given) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        return done(request, _("已办理，并通知审计员。"), url(context, "substitutes"))
    others = candidates(context.owner, request.actor)
    return {
        "title": _("指定代收人"),
        "crumbs": [(context.title, url(context, ""))],
        "here": url(context, "substitutes"),
        "rows": substitutes(context.owner),
        "choices": [("", _("请选择")), *((each.id, f"{each.name} {each.post}") for each in others)],
        "most": longest(context.owner, request.registry.govrepo_settings),
        "values": given,
        "errors": errors,
    }


def _try(context: ExchangeBox, request: Any, given: dict[str, str]) -> dict[str, Any]:
    try:
        if given["end"]:
            end_designation(request.actor, context.owner, given["end"])
        else:
            person = request.root["people"].get(given["person"]) if given["person"] else None
            designate(request.actor, context.owner, person, day_of(given["until"]), given["reason"])
    except Refused as refused:
        return mend(request, refused)
    except LookupError:
        raise HTTPNotFound from None
    return {}


@view_config(context=Site, name="designations", permission=P.CHANGE_REVIEW, request_method="GET", renderer=LIST)
def list_(context: Site, request: Any) -> dict[str, Any]:
    """Every designation, the newest first: those to verify, those in force, or all."""
    lines = [_line(request, each) for each in designations(context)]
    chosen = {
        "waiting": [line for line in lines if line["change"].state == "executed"],
        "now": [line for line in lines if line["kind"] == "done"],
    }
    show = request.GET.get("show", "waiting" if chosen["waiting"] else "all")
    tabs = [
        (_("待复核"), "/designations?show=waiting", len(chosen["waiting"]), show == "waiting"),
        (_("正在代收"), "/designations?show=now", len(chosen["now"]), show == "now"),
        (_("全部"), "/designations?show=all", len(lines), show not in chosen),
    ]
    return {"title": _("指定代收"), "tabs": tabs, "rows": chosen.get(show, lines)}


def _line(request: Any, change: PermissionChange) -> dict[str, Any]:
    """A line: who stands in for which division, by whom named and why, how it stands, and the act of verifying."""
    word, kind = _standing(change)
    return {
        "change": change,
        "url": url(change, ""),
        "division": scope_title(request.root, change.scope),
        "until": change.result.until if change.result else change.until,
        "word": word,
        "kind": kind,
        "state": STATES[change.state],
        "button": buttons(request, change, ("verify",)).get("verify"),
    }


def _standing(change: PermissionChange) -> tuple[Any, str]:
    now, until = clock.now(), change.result.until if change.result else None
    if until is None or now < until:
        return _("正在代收"), "done"
    return (_("提前终止"), "stop") if change.until and until < change.until else (_("已到期"), "stop")


@view_config(context=Site, name="designations", permission=P.CHANGE_REVIEW, request_method="POST", renderer=LIST)
def verify(context: Site, request: Any) -> Any:
    """The auditor verifies one (R-7.4): the substitute's rights are those that were named."""
    found = [each for each in designations(context) if each.uid == request.POST.get("verify")]
    if not found:
        raise HTTPBadRequest
    attempt(request, found[0], "verify")
    return done(request, _("已复核。"), "/designations")
