"""Alarms (R-7.1, SOD-12): the auditor's list, and one alarm with its entries, acknowledged with a note."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.alarm import Alarm, AlarmKind
from content_types.site import Site
from govrepo.catalog import Eq, Query, Range, register
from policies import alarm as policy
from policies.permissions import Permission as P

from .acts import attempt, buttons, done, url
from .case import timeline
from .i18n import _
from .manage import CRUMBS

TEMPLATES = "views:templates/alarm/"
BADGES = {"open": "bad", "acknowledged": "done"}
LISTED = 500


@view_config(context=Site, name="alarms", permission=P.ALARM_READ, request_method="GET", renderer=TEMPLATES + "list.pt")
def list_(context: Site, request: Any) -> dict[str, Any]:
    """The alarms that wait, or all of them, perhaps of one kind; the newest first."""
    every, kind = request.GET.get("state") == "all", request.GET.get("kind", "")
    wanted: Query = Range("order", 0, None) if every else Eq("state", "open")
    if kind in list(AlarmKind):
        wanted = wanted & Eq("kind", kind)
    found = register(context, "alarms").query(wanted, sort="order", reverse=True, limit=LISTED)
    waiting = policy.open_alarms(context)
    return {
        "title": _("警报"),
        "crumbs": list(CRUMBS),
        "active_area": "",
        "rows": [_row(each, request) for each in found.objects],
        "tabs": [
            (_("待处理"), f"/@@alarms?kind={kind}", waiting, not every),
            (_("全部"), f"/@@alarms?state=all&kind={kind}", None, every),
        ],
        "kinds": [("", _("全部")), *((str(each), words) for each, words in policy.KINDS.items())],
        "values": {"kind": kind, "state": "all" if every else ""},
        "errors": {},
    }


def _row(alarm: Alarm, request: Any) -> dict[str, Any]:
    return {
        "alarm": alarm,
        "url": url(alarm, ""),
        "kind": policy.KINDS[alarm.kind],
        "badge": BADGES[alarm.state],
        "state": policy.STATES[alarm.state],
        "raised_at": request.fmt.second(alarm.raised_at),
        "entries": [(seq, f"/@@journal_entry?seq={seq}") for seq in alarm.entries],
    }


@view_config(context=Alarm, permission=P.ALARM_READ, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: Alarm, request: Any) -> dict[str, Any]:
    """One alarm: what was noticed, the entries that show it, and what was done about it."""
    row = _row(context, request)
    return {
        "title": context.title,
        "crumbs": [*CRUMBS, (_("警报"), "/@@alarms")],
        "active_area": "",
        "facts": [
            (_("时间"), row["raised_at"]),
            (_("种类"), row["kind"]),
            (_("情况"), context.words),
            (_("处理情况"), context.note or "—"),
        ],
        **row,
        "here": url(context),
        "buttons": list(buttons(request, context, ("acknowledge",)).values()),
        "events": timeline(context, {"raise": _("发出警报")}),
        "values": {},
        "errors": {},
    }


@view_config(context=Alarm, name="act", permission=P.ALARM_READ, request_method="POST", renderer=TEMPLATES + "page.pt")
def try_act(context: Alarm, request: Any) -> Any:
    """Acknowledge, with what was found out and done."""
    if request.POST.get("act") != "acknowledge":
        raise HTTPBadRequest
    note = request.POST.get("note", "").strip()
    errors = attempt(request, context, "acknowledge", note=note)
    if errors:
        return page(context, request) | {"errors": errors, "values": {"note": note}}
    return done(request, _("警报已确认。"), "/@@alarms")
