"""Phone notices: the form before sending, what was called on the pages of both sides (R-16.2, R-16.3), calls taken at the desk (R-16.4)."""

from collections.abc import Iterable
from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound
from pyramid.view import view_config

from content_types.dispatch import Dispatch
from content_types.exchange_box import ExchangeBox
from content_types.official_document import Urgency
from content_types.phone_notice import Call, PhoneNotice, Result
from govrepo import clock
from policies import phone_matching
from policies import phone_notice as policy
from policies.duty_shift import desk_box
from policies.engine import Refused, may
from policies.permissions import Permission as P

from .acts import attempt, buttons, done, mend, url
from .days import instant_of, written
from .i18n import _

LONGEST = 200
"""Characters of a text field of a call."""
TEMPLATES = "views:templates/phone_notice/"
ACTS = {"match": _("已对应来文。"), "part": _("已撤销对应。"), "drop": _("已登记：不再等待。")}
BADGES = {Result.TOLD: "done", Result.UNANSWERED: "wait", Result.NOT_NOTIFIED: "bad"}


def sender_form(dispatch: Dispatch, request: Any) -> dict[str, Any] | None:
    """What the form before sending says, where a notice is demanded now of this person; else None."""
    if dispatch.state != "released" or not may(dispatch, "send", request.actor):
        return None
    asked = policy.demanded(dispatch, clock.now(), request.registry)
    return {"responsibility": policy.RESPONSIBILITY} if asked else None


def defaults(request: Any) -> dict[str, str]:
    """What stands in the fields of a call at first."""
    return {"call_at": written(clock.now()), "caller": request.account.name, "called": ""}


def typed(request: Any) -> Call | None:
    """The call as it was typed; None where the form did not ask for one."""
    if request.POST.get("not_notified"):
        return Call(None, "", "", Result.NOT_NOTIFIED)
    if "called" not in request.POST:
        return None
    caller, called, words = (request.POST.get(name, "").strip()[:LONGEST] for name in ("caller", "called", "words"))
    return Call(instant_of(request.POST.get("call_at", "")), caller, called, Result.TOLD, words)


def lines(notices: Iterable[PhoneNotice]) -> list[dict[str, Any]]:
    """Notices as the pages show them: result, when, who called whom, what was said."""
    return [
        {
            "at": each.at,
            "result": policy.RESULTS[each.result],
            "kind": BADGES[each.result],
            "who": each.caller if each.result is Result.NOT_NOTIFIED else _between(each),
            "words": each.words,
        }
        for each in notices
    ]


def _between(notice: PhoneNotice) -> Any:
    return _("${caller} 打给 ${called}", mapping={"caller": notice.caller, "called": notice.called})


@view_config(
    context=ExchangeBox,
    name="phone",
    permission=P.DUTY_WORK,
    request_method=("GET", "POST"),
    renderer=TEMPLATES + "take.pt",
)
def take(context: ExchangeBox, request: Any) -> Any:
    """Write down a call that announces a document (R-16.4)."""
    box, errors = context, dict[str, str]()
    if box is not desk_box(request.root):
        raise HTTPNotFound
    if request.method == "POST":
        try:
            notice = phone_matching.take(box, _told(request), typed(request) or Call(None, "", ""), request.actor)
            said = _("来电已登记，并已对应来文。") if notice.delivery else _("来电已登记，到文时自动对应。")
            return done(request, said, url(box, "duty"))
        except Refused as refused:
            errors = mend(request, refused)
    units = sorted(request.root["units"].values(), key=lambda unit: unit.rank)
    return {
        "title": _("登记来电"),
        "crumbs": [(_("值班台"), url(box, "duty"))],
        "units": [("", _("请选择")), *((unit.code, unit.short_name) for unit in units if unit.state == "active")],
        "urgencies": [(value, request.fmt.urgency(value)) for value in ("most_urgent", "urgent", "plain")],
        "errors": errors,
        "values": {"call_at": written(clock.now()), "called": request.account.name} | dict(request.POST),
    }


def _told(request: Any) -> phone_matching.Told:
    text = {name: request.POST.get(name, "").strip()[:LONGEST] for name in ("unit", "urgency", "number", "title")}
    urgency = text["urgency"] if text["urgency"] in set(Urgency) else str(Urgency.URGENT)
    return phone_matching.Told(request.root["units"].get(text["unit"]), urgency, text["number"], text["title"])


@view_config(context=PhoneNotice, permission=P.DUTY_WORK, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: PhoneNotice, request: Any) -> dict[str, Any]:
    """One call: what was said, and the document it is about, or those it may be about."""
    return _page(context, request)


def _page(notice: PhoneNotice, request: Any, errors: dict[str, str] | None = None) -> dict[str, Any]:
    about = notice.delivery
    return {
        "title": _("电话通知"),
        "crumbs": [(_("值班台"), url(notice.box, "duty"))],
        "notice": notice,
        "here": url(notice),
        "state": policy.STATES[notice.state],
        "direction": policy.DIRECTIONS[notice.direction],
        "result": policy.RESULTS[notice.result],
        "about": (about.document, url(about, "")) if about is not None else None,
        "candidates": _candidates(notice, request) if notice.state == "awaiting" else [],
        "buttons": buttons(request, notice),
        "errors": errors or {},
        "values": dict(request.POST),
    }


def _candidates(notice: PhoneNotice, request: Any) -> list[tuple[str, str]]:
    found = phone_matching.arrivals(notice, request.registry)
    return [
        (each.uid, f"{each.document.number} {each.title}") for each in found if request.has_permission(P.BOX_VIEW, each)
    ]


@view_config(
    context=PhoneNotice, name="act", permission=P.DUTY_WORK, request_method="POST", renderer=TEMPLATES + "page.pt"
)
def try_act(context: PhoneNotice, request: Any) -> Any:
    """Put a call to its document, take that back, or no longer wait."""
    name = request.POST.get("act", "")
    if name not in ACTS:
        raise HTTPBadRequest
    chosen = request.POST.get("delivery", "")
    found = [each for each in phone_matching.arrivals(context, request.registry) if each.uid == chosen]
    more = {"delivery": found[0] if found else None} if name == "match" else {}
    errors = attempt(request, context, name, note=request.POST.get("note", "").strip()[:LONGEST], **more)
    return _page(context, request, errors) if errors else done(request, ACTS[name], url(context, ""))
