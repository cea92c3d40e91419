"""The duty desk (值班台, R-16): what arrived and waits, the urgent first, calls due, calls awaited, who is on duty, what was handed on.

The part that changes fetches itself every few seconds; the arrival alert asks as often, and sounds until it is acknowledged.
"""

from datetime import timedelta
from typing import Any

from pyramid.view import view_config

from content_types.delivery import Delivery
from content_types.exchange_box import ExchangeBox
from content_types.official_document import Urgency
from govrepo import clock
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, Query, Range, register
from policies import duty_shift as shifts
from policies.division_call import tasks_about
from policies.exchange_box import boxes_of
from policies.permissions import Permission as P
from policies.phone_notice import notices_of
from policies.registers.keys import box_state, moment

from .acts import buttons, url
from .duty_shift import desk
from .i18n import _
from .phone_notice import lines

MOST = 50
"""Rows of each part."""
LATELY = timedelta(hours=24)
"""How long what is urgent stands under 已签收 for the division to be told."""


@view_config(
    context=ExchangeBox,
    name="duty",
    permission=P.DUTY_WORK,
    request_method="GET",
    renderer="views:templates/duty_desk/page.pt",
)
def page(context: ExchangeBox, request: Any) -> dict[str, Any]:
    """The desk."""
    box = desk(context, request)
    request.at_duty_desk = True
    current, last = shifts.on_now(box), shifts.before(box, clock.now())
    return {
        "title": _("值班台"),
        "crumbs": [(box.title, url(box, "waiting"))],
        "every": request.registry.govrepo_settings.duty_pulse_seconds,
        "last": last,
        "take": buttons(request, last, ("take",)).get("take") if last is not None else None,
        "own": current,
        "hand_on": buttons(request, current, ("hand_on",)).get("hand_on") if current is not None else None,
        "errors": {},
        "values": {},
        **_now(box, request),
    }


@view_config(
    context=ExchangeBox,
    name="duty_now",
    permission=P.DUTY_WORK,
    request_method="GET",
    renderer="views:templates/duty_desk/now.pt",
)
def now(context: ExchangeBox, request: Any) -> dict[str, Any]:
    """The part that changes, fetched again by the page."""
    return _now(desk(context, request), request)


def _now(box: ExchangeBox, request: Any) -> dict[str, Any]:
    here, names = str(box.__name__), _boxes(box, request)
    calls, notices = register(box, "division_calls"), register(box, "phone_notices")
    due = calls.query(Eq("box_state", box_state(here, "due")), sort="due", limit=MOST).objects
    awaited = notices.query(Eq("box_state", box_state(here, "awaiting")), sort="at", limit=MOST).objects
    return {
        "here": url(box),
        "now": clock.now(),
        "current": shifts.on_now(box),
        "next": shifts.following(box, clock.now()),
        "gaps": shifts.gaps_ahead(box, request.registry.govrepo_settings),
        "waiting": [_line(each) for each in _deliveries(box, _in_state(names, "pending"))],
        "signed": [_line(each) for each in _deliveries(box, _in_state(names, "signed") & _urgent_lately())],
        "due": [(each, url(each, ""), each.due < clock.now()) for each in due],
        "awaited": [(each, url(each, "")) for each in awaited],
        "url": url,
    }


def _boxes(box: ExchangeBox, request: Any) -> list[str]:
    """The names of the office's boxes that this person works."""
    mine = (each for each in boxes_of(request.actor, request.root) if each.owner is box.owner)
    return [str(each.__name__) for each in mine if request.has_permission(P.DUTY_WORK, each)]


def _in_state(names: list[str], state: str) -> Query:
    return AnyOf("box_state", [box_state(name, state) for name in names])


def _urgent_lately() -> Query:
    urgent = AnyOf("urgency", [str(each) for each in Urgency if each is not Urgency.PLAIN])
    return urgent & Range("signed", moment(clock.now() - LATELY), None)


def _deliveries(box: ExchangeBox, query: Query) -> tuple[Delivery, ...]:
    found: tuple[Delivery, ...] = (
        register(box, "deliveries").query(query, sort="order", reverse=True, limit=MOST).objects
    )
    return found


def _line(delivery: Delivery) -> dict[str, Any]:
    """A row: the document, until when it is to be signed for, and what was said of it by telephone."""
    return {
        "delivery": delivery,
        "url": url(delivery, ""),
        "late": delivery.state == "pending" and delivery.sign_by is not None and delivery.sign_by < clock.now(),
        "notices": lines(notices_of(delivery)),
        "calls": tasks_about(delivery),
    }
