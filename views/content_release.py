"""Content opened to the auditor (domain.md 7.2): asking, the leader's decision, reading while it lasts."""

from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound
from pyramid.view import view_config

from content_types.content_release import ContentRelease
from content_types.site import Site
from policies import content_release as policy
from policies.document_life import dispatch_of
from policies.permissions import Permission as P

from .acts import done, url
from .case import TEMPLATE, Extra, case, try_case
from .i18n import _
from .reading import document_view, page_response

TEMPLATES = "views:templates/content_release/"
BADGES = {"asked": "wait", "granted": "done", "refused": "stop", "ended": "done"}
DAYS = (Extra("days", _("开放天数（同意时填写）")),)


@view_config(
    context=Site, name="content_releases", permission=P.SITE_VIEW, request_method="GET", renderer=TEMPLATES + "list.pt"
)
def list_(context: Site, request: Any) -> dict[str, Any]:
    """Every request that the person may see; refused to those whom none concerns."""
    found = policy.readable(context, request.actor)
    if not found and not request.has_permission(P.RELEASE_ASK):
        raise HTTPForbidden
    rows = [(url(each, ""), each, BADGES[each.state], policy.STATES[each.state]) for each in found]
    return {"title": _("内容调阅"), "rows": rows}


@view_config(
    context=Site, name="content_ask", permission=P.RELEASE_ASK, request_method="GET", renderer=TEMPLATES + "ask.pt"
)
def form(context: Site, request: Any) -> dict[str, Any]:
    """Why this document's content is to be opened."""
    return _form(context, request.GET, {})


def _form(root: Site, given: Any, errors: dict[str, Any]) -> dict[str, Any]:
    dispatch = dispatch_of(root, given.get("path", ""))
    if dispatch is None:
        raise HTTPNotFound
    return {
        "title": _("申请调阅内容"),
        "crumbs": [(_("内容调阅"), "/content_releases")],
        "path": given["path"],
        "number": dispatch.document.number or dispatch.document.uid,
        "values": {"reason": given.get("reason", "")},
        "errors": errors,
    }


@view_config(
    context=Site, name="content_ask", permission=P.RELEASE_ASK, request_method="POST", renderer=TEMPLATES + "ask.pt"
)
def ask(context: Site, request: Any) -> Any:
    """Ask for it."""
    shown = _form(context, request.POST, {})
    if not request.POST.get("reason", "").strip():
        request.response.status_int = 422
        return shown | {"errors": {"reason": _("请写明调阅理由。")}}
    dispatch = dispatch_of(context, request.POST["path"])
    made = policy.ask(context, dispatch, request.POST["reason"], request.actor)
    return done(request, _("已申请，等待厅领导决定。"), url(made, ""))


@view_config(context=ContentRelease, permission=P.RELEASE_READ, request_method="GET", renderer=TEMPLATE)
def page(context: ContentRelease, request: Any) -> dict[str, Any]:
    """One request, and what may be done."""
    facts = [
        (_("文号"), context.document.number or "—"),
        (_("公文标识"), context.document.uid),
        (_("申请人"), context.asked_by.name),
        (_("调阅理由"), context.reason),
        (_("开放至"), request.fmt.second(context.until) if context.until else "—"),
    ]
    begun = {"ask": _("申请调阅内容"), "end": _("调阅到期")}
    extra = DAYS if request.has_permission(P.RELEASE_DECIDE, context) else ()
    shown = case(request, context, BADGES[context.state], facts, begun, extra)
    if not extra:
        shown["buttons"] = []
    crumbs = [(_("内容调阅"), "/content_releases")]
    if policy.is_open(context) and request.has_permission(P.RELEASE_OPEN, context):
        crumbs.append((_("阅读内容"), url(context, "content")))
    return {"title": context.title, "crumbs": crumbs, **shown}


@view_config(context=ContentRelease, name="act", permission=P.RELEASE_READ, request_method="POST", renderer=TEMPLATE)
def try_act(context: ContentRelease, request: Any) -> Any:
    """The leader's decision."""
    return try_case(request, context, page, DAYS)


@view_config(
    context=ContentRelease,
    name="content",
    permission=P.RELEASE_OPEN,
    request_method="GET",
    renderer=TEMPLATES + "content.pt",
)
def content(context: ContentRelease, request: Any) -> dict[str, Any]:
    """The document, while it is open; the reading is journaled."""
    _require_open(context)
    return {
        "title": context.document.title,
        "crumbs": [(_("内容调阅"), "/content_releases"), (context.title, url(context, ""))],
        "until": context.until,
        "document": document_view(request, context.document, url(context)),
    }


@view_config(context=ContentRelease, name="page", permission=P.RELEASE_OPEN, request_method="GET")
def page_image(context: ContentRelease, request: Any) -> Any:
    """A page as an image, while the document is open."""
    _require_open(context)
    return page_response(request, context.document)


def _require_open(context: ContentRelease) -> None:
    if not policy.is_open(context):
        raise HTTPForbidden
