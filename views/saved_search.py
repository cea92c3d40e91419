"""Keeping a search and taking it off the list again (domain.md part 6): the forms stand on the search page and on the registers."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.site import Site
from policies import saved_search as policy
from policies.engine import Refused
from policies.permissions import Permission as P

from .acts import done, mend
from .i18n import _
from .shell import flash

HERE = "/search"


@view_config(context=Site, name="save_search", permission=P.SITE_VIEW, request_method="POST")
def save(_context: Site, request: Any) -> Any:
    """Keep the search whose page the form stood on, for oneself or for the unit; what must be mended is said there."""
    address, shared = request.POST.get("page", ""), request.POST.get("shared") == "yes"
    back = address if policy.PAGES.fullmatch(address) else HERE
    try:
        kept = policy.save(request.POST.get("name", ""), address, request.actor, shared=shared)
    except Refused as refused:
        flash(
            request, "; ".join(request.localizer.translate(text) for text in mend(request, refused).values()), "error"
        )
        return done(request, _("没有保存。"), back)
    return done(request, _("已保存检索“${name}”。", mapping={"name": kept.name}), back)


@view_config(context=Site, name="remove_search", permission=P.SITE_VIEW, request_method="POST")
def remove(_context: Site, request: Any) -> Any:
    """Take a saved search off the list."""
    try:
        policy.remove(request.POST.get("search", ""), request.actor)
    except LookupError as error:
        raise HTTPBadRequest from error
    return done(request, _("已删除。"), HERE)
