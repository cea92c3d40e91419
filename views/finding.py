"""Findings of responsibility (R-7.5): the list, the draft with its evidence, persons and incident, one finding's page."""

import re
from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPForbidden
from pyramid.view import view_config

from content_types.finding import Finding
from content_types.site import Site
from govrepo.catalog import Eq, register
from policies import finding as policy
from policies.engine import Refused
from policies.permissions import Permission as P
from policies.suspension import suspensions

from .acting import SIGNATURE_FILES
from .acts import attempt, buttons, done, mend, url
from .case import timeline
from .evidence_package import line
from .i18n import _

TEMPLATES = "views:templates/finding/"
BADGES = {"draft": "todo", "issued": "wait", "noted": "done"}
OFFERED = 100
"""Packages, incidents and suspensions that the form offers: the newest."""


@view_config(
    context=Site, name="findings", permission=P.SITE_VIEW, request_method="GET", renderer=TEMPLATES + "list.pt"
)
def list_(context: Site, request: Any) -> dict[str, Any]:
    """Every finding that the person may read; refused to those whom none concerns."""
    found, records = policy.readable(context, request.actor), request.has_permission(P.FINDING_RECORD)
    if not found and not records:
        raise HTTPForbidden
    return {"title": _("责任认定"), "rows": [row(each) for each in found], "may_record": records}


def row(each: Finding) -> dict[str, Any]:
    """A line of a list."""
    return {
        "finding": each,
        "url": url(each, ""),
        "persons": "、".join(person.name for person in each.persons),
        "badge": BADGES[each.state],
        "state": policy.STATES[each.state],
    }


@view_config(
    context=Site, name="finding_new", permission=P.FINDING_RECORD, request_method="GET", renderer=TEMPLATES + "new.pt"
)
def form(context: Site, request: Any) -> dict[str, Any]:
    """An empty draft; evidence that was named is ticked."""
    return _form(context, request, {}, request.GET.getall("package"))


def _form(root: Site, _request: Any, errors: dict[str, Any], ticked: list[str], values: Any = None) -> dict[str, Any]:
    incidents = [(each.uid, each.title) for each in _incidents(root)]
    stopped = [(each.uid, each.title) for each in suspensions(root)[:OFFERED]]
    return {
        "title": _("作责任认定"),
        "crumbs": [(_("责任认定"), "/findings")],
        "packages": [(each, each.uid in ticked) for each in _packages(root)],
        "incidents": [("", _("无")), *incidents],
        "suspensions": [("", _("无")), *stopped],
        "values": values or {},
        "errors": errors,
    }


def _packages(root: Site) -> list[Any]:
    """The signed packages, the newest first."""
    found = register(root, "evidence_packages").query(Eq("state", "sealed"), sort="order", reverse=True, limit=OFFERED)
    return list(found.objects)


def _incidents(root: Site) -> list[Any]:
    months = sorted(root["incidents"].items(), reverse=True)
    found = [each for _name, month in months for each in month.values()]
    return sorted(found, key=lambda each: each.created, reverse=True)[:OFFERED]


@view_config(
    context=Site, name="finding_new", permission=P.FINDING_RECORD, request_method="POST", renderer=TEMPLATES + "new.pt"
)
def draft(context: Site, request: Any) -> Any:
    """File the draft; what was typed is kept when something must be mended."""
    given = request.POST
    logins = [each for each in re.split(r"[\s,，、;；]+", given.get("persons", "").casefold()) if each]
    strange = [each for each in logins if each not in context.logins]
    if strange:
        request.response.status_int = 422
        errors = {"persons": _("没有这个账号：${logins}", mapping={"logins": "、".join(strange)})}
        return _form(context, request, errors, given.getall("package"), dict(given))
    try:
        made = policy.draft(context, _made(context, request, logins), request.actor)
    except Refused as refused:
        return _form(context, request, mend(request, refused), given.getall("package"), dict(given))
    return done(request, _("已起草，请核对后签发。"), url(made, ""))


def _made(root: Site, request: Any, logins: list[str]) -> Finding:
    given, ticked = request.POST, request.POST.getall("package")
    packages = tuple(each for each in _packages(root) if each.uid in ticked)
    persons = tuple(dict.fromkeys(root.logins[each] for each in logins))
    made = Finding(request.account, given.get("text", "").strip(), packages, persons)
    made.incident = next((each for each in _incidents(root) if each.uid == given.get("incident")), None)
    made.suspension = next((each for each in suspensions(root) if each.uid == given.get("suspension")), None)
    return made


@view_config(context=Finding, permission=P.FINDING_READ, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: Finding, request: Any) -> dict[str, Any]:
    """One finding with its evidence, whom it concerns, and what may be done."""
    stopped, incident = context.suspension, context.incident
    return {
        "title": context.title,
        "crumbs": [(_("责任认定"), "/findings")],
        "facts": [
            (_("责任人"), "、".join(each.name for each in context.persons)),
            (_("起草人"), context.recorded_by.name),
            (_("故障"), incident.title if incident is not None else "—"),
            (_("紧急停用"), stopped.title if stopped is not None else "—"),
            (_("认定的散列（SHA-256）"), context.digest()),
        ],
        "text": context.text,
        "packages": [line(each) for each in context.packages],
        "may_open": request.has_permission(P.EVIDENCE_READ, request.root),
        "badge": BADGES[context.state],
        "state": policy.STATES[context.state],
        "draft": context.state == "draft",
        "here": url(context),
        "buttons": buttons(request, context),
        "events": timeline(context, {"draft": _("起草责任认定")}),
        "values": {"text": context.text},
        "errors": {},
    }


@view_config(
    context=Finding,
    name="act",
    permission=P.FINDING_READ,
    request_method="POST",
    files=SIGNATURE_FILES,
    renderer=TEMPLATES + "page.pt",
)
def try_act(context: Finding, request: Any) -> Any:
    """Revise it, issue it, note it."""
    name, text = request.POST.get("act", ""), request.POST.get("text", "").strip()
    if name not in ("revise", "issue", "note"):
        raise HTTPBadRequest
    errors = attempt(request, context, name, **({"text": text} if name == "revise" else {}))
    if errors:
        return page(context, request) | {"errors": errors, "values": {"text": text}}
    return done(request, _("已办理。"), url(context, ""))
