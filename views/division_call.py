"""Calls to divisions on screen (R-20.3): the task with its due time, and telling a division what lies in the office's box."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound
from pyramid.view import view_config

from content_types.division_call import DivisionCall
from content_types.exchange_box import ExchangeBox
from content_types.phone_notice import Call
from govrepo import clock
from policies import division_call as policy
from policies.engine import Refused
from policies.exchange_box import boxes_of
from policies.permissions import Permission as P
from policies.phone_notice import notices_of
from policies.scopes import divisions_of

from .acts import attempt, buttons, done, mend, url
from .duty_shift import desk
from .exchange_box import find_delivery
from .i18n import _
from .phone_notice import defaults, lines, typed

TEMPLATES = "views:templates/division_call/"
ACTS = {"tell": _("已登记电话通知。"), "miss": _("已登记：无人接听。"), "drop": _("已登记：无须通知。")}


@view_config(context=DivisionCall, permission=P.DUTY_WORK, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: DivisionCall, request: Any) -> dict[str, Any]:
    """One task: which division about what, by when, and the calls made."""
    return _page(context, request)


def _page(task: DivisionCall, request: Any, errors: dict[str, str] | None = None) -> dict[str, Any]:
    return {
        "title": _("电话通知${division}", mapping={"division": task.division.name}),
        "crumbs": [(_("值班台"), url(task.box, "duty"))],
        "task": task,
        "here": url(task),
        "state": policy.STATES[task.state],
        "late": task.state == "due" and task.due < clock.now(),
        "buttons": buttons(request, task),
        "notices": lines(task.notices),
        "errors": errors or {},
        "values": defaults(request) | dict(request.POST),
    }


@view_config(
    context=DivisionCall, name="act", permission=P.DUTY_WORK, request_method="POST", renderer=TEMPLATES + "page.pt"
)
def try_act(context: DivisionCall, request: Any) -> Any:
    """Record the call, or that there is no need of one."""
    name = request.POST.get("act", "")
    if name not in ACTS:
        raise HTTPBadRequest
    errors = attempt(request, context, name, call=typed(request))
    return _page(context, request, errors) if errors else done(request, ACTS[name], url(context.box, "duty"))


@view_config(
    context=ExchangeBox,
    name="tell",
    permission=P.DUTY_WORK,
    request_method=("GET", "POST"),
    renderer=TEMPLATES + "tell.pt",
)
def tell(context: ExchangeBox, request: Any) -> Any:
    """Telephone a division about what the office has received (``d``), before it is distributed."""
    box = desk(context, request)
    delivery = _delivery(box, request)
    divisions = {each.code: each for each in divisions_of(box.owner) if each.state == "active"}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            division = divisions.get(request.POST.get("division", ""))
            policy.tell(box, delivery, division, typed(request) or Call(None, "", ""), request.actor)
            return done(request, ACTS["tell"], url(box, "duty"))
        except Refused as refused:
            errors = mend(request, refused)
    return {
        "title": _("电话通知处室"),
        "crumbs": [(_("值班台"), url(box, "duty"))],
        "delivery": delivery,
        "address": url(delivery, ""),
        "choices": [("", _("请选择")), *((code, each.name) for code, each in divisions.items())],
        "notices": lines(notices_of(delivery)),
        "errors": errors,
        "values": defaults(request) | dict(request.POST),
    }


def _delivery(box: ExchangeBox, request: Any) -> Any:
    """The delivery asked for, in a box of the office that this person works; raises HTTPNotFound."""
    mine = (each for each in boxes_of(request.actor, request.root) if each.owner is box.owner)
    places = [each for each in mine if request.has_permission(P.DUTY_WORK, each)]
    found = [find_delivery(each, request.params.get("d", "")) for each in places]
    delivery = next((each for each in found if each is not None), None)
    if delivery is None:
        raise HTTPNotFound
    return delivery
