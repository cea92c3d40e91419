"""The duty roster on screen (R-16.1): a month of shifts with its gaps, planning one or a pattern, one shift with its log, notes handed on."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound
from pyramid.view import view_config

from content_types.duty_shift import DutyShift, Planned
from content_types.exchange_box import ExchangeBox
from content_types.site import Site
from govrepo import clock
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Range, register
from policies import duty_shift as policy
from policies.engine import Refused
from policies.exchange_box import boxes_of
from policies.permissions import Permission as P
from policies.registers.keys import moment

from .acts import attempt, buttons, done, mend, url
from .days import day_of, instant_of, written
from .i18n import _
from .phone_notice import lines

BADGES = {"planned": "info", "noted": "wait", "taken": "done", "cancelled": "stop"}
ACTS = {"hand_on": _("交接事项已登记。"), "take": _("已接班。"), "cancel": _("班次已取消。")}
LONGEST = 2_000
"""Characters of a note."""
MOST = 500
"""Lines of a shift's log."""


class Day(NamedTuple):
    """A day of the month: its shifts that begin then, and the gaps that do."""

    day: date
    shifts: list[DutyShift]
    gaps: list[tuple[datetime, datetime]]


def desk(context: ExchangeBox, request: Any) -> ExchangeBox:
    """The box, where it is the duty desk's; raises HTTPNotFound for any other."""
    if context is not policy.desk_box(request.root):
        raise HTTPNotFound
    return context


@view_config(
    context=Site,
    name="duty_roster",
    permission=P.DUTY_READ,
    request_method="GET",
    renderer="views:templates/duty_shift/roster.pt",
)
def of_the_site(context: Site, request: Any) -> dict[str, Any]:
    """The roster as a page of the management."""
    box = policy.desk_box(context)
    if box is None:
        raise HTTPNotFound
    return _roster(box, request)


@view_config(
    context=ExchangeBox,
    name="roster",
    permission=P.DUTY_READ,
    request_method="GET",
    renderer="views:templates/duty_shift/roster.pt",
)
def roster(context: ExchangeBox, request: Any) -> dict[str, Any]:
    """A month of the roster."""
    return _roster(desk(context, request), request)


@view_config(
    context=ExchangeBox,
    name="roster",
    permission=P.DUTY_KEEP,
    request_method="POST",
    renderer="views:templates/duty_shift/roster.pt",
)
def plan(context: ExchangeBox, request: Any) -> Any:
    """Plan one shift, or fill days by a pattern."""
    box, filling = desk(context, request), bool(request.POST.get("fill"))
    try:
        made = _fill(box, request) if filling else [policy.plan(box, _planned(request), request.actor)]
    except Refused as refused:
        return _roster(box, request, mend(request, refused))
    message = _("已排 ${count} 班。", mapping={"count": len(made)})
    month = clock.local(made[0].starts).strftime("%Y-%m") if made else ""
    return done(request, message, url(box, "roster") + (f"?month={month}" if month else ""))


def _planned(request: Any) -> Planned:
    """The shift as typed; what makes no sense becomes what the policy refuses by name."""
    typed, never = request.POST, datetime.min.replace(tzinfo=UTC)
    starts = instant_of(typed.get("starts", ""))
    return Planned(
        starts or never,
        (instant_of(typed.get("ends", "")) or never) if starts else never,
        request.root["people"].get(typed.get("officer", "")),
        request.root["people"].get(typed.get("substitute", "")),
        typed.get("phone", "").strip()[:60],
    )


def _fill(box: ExchangeBox, request: Any) -> list[DutyShift]:
    typed = request.POST
    found = (request.root["people"].get(each) for each in typed.getall("officers"))
    pattern = policy.Pattern(
        day_of(typed.get("first", "")),
        day_of(typed.get("last", "")),
        _turns(typed.get("turns", "")),
        tuple(each for each in found if each is not None),
        typed.get("phone", "").strip()[:60],
        bool(typed.get("with_substitutes")),
    )
    return policy.fill(box, pattern, request.actor)


def _turns(text: str) -> tuple[time, ...]:
    try:
        return tuple(time.fromisoformat(each) for each in text.replace("，", " ").replace(",", " ").split())
    except ValueError:
        return ()


def _roster(box: ExchangeBox, request: Any, errors: dict[str, str] | None = None) -> dict[str, Any]:
    first = _month(request)
    following = (first + timedelta(days=32)).replace(day=1)
    people = [(each.id, f"{each.name} {each.post}") for each in policy.candidates(box, clock.now())]
    return {
        "title": _("值班表"),
        "crumbs": [(box.title, url(box, "waiting"))] if request.has_permission(P.BOX_VIEW, box) else [],
        "box": box,
        "here": url(box, "roster"),
        "first": first,
        "before": (first - timedelta(days=1)).strftime("%Y-%m"),
        "after": following.strftime("%Y-%m"),
        "days": _days(box, first, following),
        "ahead": policy.gaps_ahead(box, request.registry.govrepo_settings),
        "states": policy.STATES,
        "badges": BADGES,
        "url": url,
        "today": clock.today(),
        "may_keep": request.has_permission(P.DUTY_KEEP, box),
        "people": [("", _("请选择")), *people],
        "officers": people,
        "errors": errors or {},
        "values": _values(request, first),
    }


def _values(request: Any, first: date) -> dict[str, Any]:
    now = clock.now()
    known = {"starts": written(now), "ends": written(now + timedelta(hours=8)), "turns": "08:30 17:30"}
    known |= {"first": max(first, clock.today()).isoformat()}
    return known | dict(request.POST) | {"officers": request.POST.getall("officers") if request.POST else []}


def _month(request: Any) -> date:
    """The month asked for; the present one for anything that is none."""
    return (day_of(f"{request.GET.get('month', '')}-01") or clock.today()).replace(day=1)


def _days(box: ExchangeBox, first: date, following: date) -> list[Day]:
    begin, end = clock.day_start(first), clock.day_start(following)
    found, empty = policy.shifts(box, begin, end), policy.gaps(box, begin, end)
    days = [first + timedelta(days=number) for number in range((following - first).days)]
    return [
        Day(day, [each for each in found if _on(each.starts, day)], [each for each in empty if _on(each[0], day)])
        for day in days
    ]


def _on(instant: datetime, day: date) -> bool:
    return clock.local(instant).date() == day


@view_config(
    context=DutyShift, permission=P.DUTY_READ, request_method="GET", renderer="views:templates/duty_shift/page.pt"
)
def page(context: DutyShift, request: Any) -> dict[str, Any]:
    """One shift: who, when, what it leaves to the next, and for those who work the box its log, to be printed."""
    return _page(context, request)


def _page(shift: DutyShift, request: Any, errors: dict[str, str] | None = None) -> dict[str, Any]:
    sees = request.has_permission(P.BOX_VIEW, shift.box)
    return {
        "title": _("值班记录"),
        "crumbs": [(_("值班表"), url(shift.box, "roster"))],
        "shift": shift,
        "here": url(shift),
        "state": policy.STATES[shift.state],
        "badge": BADGES[shift.state],
        "buttons": buttons(request, shift),
        "log": log(shift, request) if sees else None,
        "errors": errors or {},
        "values": dict(request.POST),
        "url": url,
    }


def log(shift: DutyShift, request: Any) -> dict[str, Any]:
    """What happened in the office's boxes during a shift: what arrived and was signed for, who was called."""
    office = [each for each in boxes_of(request.actor, request.root) if each.owner is shift.box.owner]
    names = [str(each.__name__) for each in office if request.has_permission(P.BOX_VIEW, each)]
    deliveries, notices = (register(shift, name) for name in ("deliveries", "phone_notices"))
    span = (moment(shift.starts), moment(shift.ends) - 1)
    return {
        "arrived": deliveries.query(
            AnyOf("box", names) & Range("available", *span), sort="available", limit=MOST
        ).objects,
        "signed": deliveries.query(AnyOf("box", names) & Range("signed", *span), sort="signed", limit=MOST).objects,
        "notices": lines(notices.query(AnyOf("boxes", names) & Range("at", *span), sort="at", limit=MOST).objects),
    }


@view_config(
    context=DutyShift,
    name="act",
    permission=P.DUTY_READ,
    request_method="POST",
    renderer="views:templates/duty_shift/page.pt",
)
def try_act(context: DutyShift, request: Any) -> Any:
    """Write the note, confirm it, or cancel the shift."""
    name = request.POST.get("act", "")
    if name not in ACTS:
        raise HTTPBadRequest
    errors = attempt(request, context, name, note=request.POST.get("note", "").strip()[:LONGEST])
    return _page(context, request, errors) if errors else done(request, ACTS[name], url(context, ""))
