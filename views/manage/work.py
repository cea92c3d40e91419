"""The work queue for its administrators: counts, timed jobs, dead letters to try again or to give up (design.md sect. 9)."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPSeeOther
from pyramid.view import view_config

from content_types.site import Site
from govrepo import work
from govrepo.journal import Entry
from govrepo.work.manage import UnknownLetterError
from policies.permissions import Permission as P
from views.acts import done
from views.i18n import _
from views.manage import CRUMBS
from views.shell import flash


@view_config(
    context=Site, name="work", permission=P.WORK_VIEW, request_method="GET", renderer="views:templates/manage/work.pt"
)
def page(context: Site, request: Any) -> dict[str, Any]:
    """The state of all work."""
    return {
        "title": _("工作队列"),
        "crumbs": list(CRUMBS),
        "active_area": "",
        "summary": work.summary(context),
        "dead": work.dead_letters(context),
        "discarded": work.discarded_letters(context),
        "may_manage": request.has_permission(P.WORK_MANAGE),
    }


@view_config(context=Site, name="work", permission=P.WORK_MANAGE, request_method="POST")
def manage(context: Site, request: Any) -> Any:
    """Try a dead letter again, or give it up with a reason; both are journaled."""
    act, letter, reason = (request.POST.get(name, "").strip() for name in ("act", "letter", "reason"))
    try:
        if act == "retry":
            work.retry(context, letter)
        elif act == "discard" and reason:
            work.discard(context, letter, reason)
        elif act == "discard":
            flash(request, _("放弃一件工作须写明理由。"), "error")
            return HTTPSeeOther("/@@work")
        else:
            raise HTTPBadRequest
    except UnknownLetterError:
        flash(request, _("这件工作已不在队列中。"), "warning")
        return HTTPSeeOther("/@@work")
    actor = request.actor
    details = {"letter": letter}
    entry = Entry(
        f"work.{act}",
        actor.id,
        reason=reason,
        certificate=actor.certificate,
        session=actor.session,
        address=actor.address,
        details=details,
    )
    request.registry.journal.append(entry, context)
    return done(request, _("已办理。"), "/@@work")
