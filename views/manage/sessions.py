"""Sessions: who is logged in, from where and since when; ending one or all of a person's (R-39.2). Works with the next request."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.person import Person
from content_types.site import Site
from govrepo import clock
from govrepo.security import accounts
from policies import person as policy
from policies.permissions import Permission as P
from views.acts import done, url
from views.i18n import _
from views.manage import site_page


@view_config(
    context=Site,
    name="sessions",
    permission=P.MANAGE_VIEW,
    request_method="GET",
    renderer="views:templates/manage/sessions.pt",
)
def page(context: Site, request: Any) -> dict[str, Any]:
    """The open sessions of all accounts, the newest first.

    Looks at every account: a session is written where only its own account's requests write, so logins never meet.
    """
    found = [line for person in context["people"].values() for line in open_sessions(request, person)]
    found.sort(key=lambda line: line["since"], reverse=True)
    may_end = request.has_permission(P.SESSIONS_END)
    return site_page(_("会话"), rows=found, may_end=may_end, people=len({line["person"].id for line in found}))


def open_sessions(request: Any, person: Person) -> list[dict[str, Any]]:
    """The sessions of a person that still count, the newest first."""
    hours = accounts.rule(request, "session_hours")
    serials = [serial for serial in person.sessions if accounts.holds_session(person, serial, hours)]
    lines = [_line(request, person, serial) for serial in serials]
    return sorted(lines, key=lambda line: line["since"], reverse=True)


def _line(request: Any, person: Person, serial: str) -> dict[str, Any]:
    session = person.sessions[serial]
    return {
        "person": person,
        "url": url(person, "@@person"),
        "serial": serial,
        "since": clock.from_micros(session["opened"]),
        "address": session["address"],
        "certificate": session.get("certificate", ""),
        "own": request.identity.serial == serial,
    }


@view_config(context=Site, name="sessions", permission=P.SESSIONS_END, request_method="POST")
def end(context: Site, request: Any) -> Any:
    """End one session, or all of a person's; back to the page the button stood on."""
    person = context["people"].get(request.POST.get("person", ""))
    act, serial = request.POST.get("act"), request.POST.get("session", "")
    if person is None or act not in ("end", "end_all"):
        raise HTTPBadRequest
    back = url(person, "@@person") if request.POST.get("back") == "person" else "/@@sessions"
    if act == "end_all":
        ended = policy.end_all_sessions(person, request.actor)
        message = _("已结束${name}的 ${count} 个会话。", mapping={"name": person.name, "count": ended})
        return done(request, message, back)
    ended_one = policy.end_session(person, serial, request.actor)
    return done(request, _("会话已结束。") if ended_one else _("这个会话已经不在了。"), back)
