"""The work calendar: a year at a glance, and setting days as holidays or as worked in exchange (R-20.2)."""

import calendar as months
from datetime import date
from typing import Any, NamedTuple

from pyramid.view import view_config

from content_types.site import Site
from content_types.work_calendar import by_rule
from govrepo import clock
from policies import work_calendar as policy
from policies.engine import Refused
from policies.permissions import Permission as P
from policies.work_calendar import DayKind
from views.acts import done, mend
from views.days import day_of
from views.i18n import _
from views.manage import site_page

TEMPLATE = "views:templates/manage/calendar.pt"
FIRST_YEAR, LAST_YEAR = 2000, 2199
KINDS = {DayKind.HOLIDAY: _("休息"), DayKind.WORKED: _("上班"), DayKind.RULE: _("恢复按周一至周五上班")}
WEEKDAYS = (_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), _("日"))


class Cell(NamedTuple):
    """One day of a month's table; ``kind`` is worked, rest, holiday, shifted, or empty outside the month."""

    day: date
    kind: str
    word: Any
    note: str


@view_config(context=Site, name="calendar", permission=P.MANAGE_VIEW, request_method="GET", renderer=TEMPLATE)
def page(context: Site, request: Any) -> dict[str, Any]:
    """A year."""
    return _page(context, request)


@view_config(context=Site, name="calendar", permission=P.CALENDAR_CHANGE, request_method="POST", renderer=TEMPLATE)
def set_days(context: Site, request: Any) -> Any:
    """Set a day, or a span of days."""
    post = request.POST
    first, last = day_of(post.get("first", "")), day_of(post.get("last", ""))
    try:
        days = policy.set_days(context, first, last, post.get("kind", ""), post.get("note", ""), request.actor)
    except Refused as refused:
        return _page(context, request, mend(request, refused))
    message = _("已设定 ${count} 天。", mapping={"count": len(days)}) if days else _("日历本来就是这样，没有改动。")
    return done(request, message, f"/@@calendar?year={(first or clock.today()).year}")


def _page(root: Site, request: Any, errors: dict[str, str] | None = None) -> dict[str, Any]:
    year = _year(request)
    days = [(day, root.calendar.is_worked(day), root.calendar.note(day)) for day in exceptions(root, year)]
    return site_page(
        _("工作日历"),
        year=year,
        years=(max(FIRST_YEAR, year - 1), min(LAST_YEAR, year + 1)),
        months=[month(root, year, number) for number in range(1, 13)],
        weekdays=WEEKDAYS,
        exceptions=days,
        kinds=[(str(kind), words) for kind, words in KINDS.items()],
        may_change=request.has_permission(P.CALENDAR_CHANGE),
        errors=errors or {},
        values={"kind": "holiday", **request.POST},
        today=clock.today(),
    )


def _year(request: Any) -> int:
    """The year asked for; this year for anything that is none."""
    posted = day_of(request.POST.get("first", ""))
    text = request.GET.get("year", "")
    asked = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
    year = posted.year if posted else asked
    return year if FIRST_YEAR <= year <= LAST_YEAR else clock.today().year


def exceptions(root: Site, year: int) -> list[date]:
    """The days of a year that were set otherwise than the rule."""
    return [date.fromisoformat(day) for day in root.calendar.exceptions.keys(min=f"{year}-01-01", max=f"{year}-12-31")]


def month(root: Site, year: int, number: int) -> tuple[date, list[list[Cell]]]:
    """A month as its first day and its weeks, from Monday."""
    weeks = months.Calendar().monthdatescalendar(year, number)
    return date(year, number, 1), [[_cell(root, day, number) for day in week] for week in weeks]


def _cell(root: Site, day: date, number: int) -> Cell:
    if day.month != number:
        return Cell(day, "", "", "")
    worked = root.calendar.is_worked(day)
    if worked == by_rule(day):
        return Cell(day, "worked" if worked else "rest", "", "")
    return Cell(day, "shifted" if worked else "holiday", _("班") if worked else _("休"), root.calendar.note(day))
