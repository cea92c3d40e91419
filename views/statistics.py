"""The page of statistics (统计, domain.md part 6): figures of a year by month and by unit, with charts, a table behind each, print and xlsx."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from pyramid.httpexceptions import HTTPBadRequest, HTTPForbidden
from pyramid.response import Response
from pyramid.view import view_config

from content_types.site import Site
from govrepo import clock, rules
from govrepo.files.streaming import disposition
from govrepo.spreadsheet import XLSX, as_xlsx
from policies import statistics as policy
from policies.permissions import Permission as P
from policies.statistics import Cells, Figures, figures, readable_units, total

from .charts import Chart, Series, chart
from .i18n import _

MONTHS = range(1, 13)


class Column(NamedTuple):
    """A column of the tables: its label and its figure, which may be none."""

    label: Any
    figure: Callable[[Figures], float | None]


COLUMNS = (
    Column(_("发出（件次）"), lambda each: each.sent),
    Column(_("收到（件次）"), lambda each: each.received),
    Column(_("其中紧急"), lambda each: each.urgent),
    Column(_("退文"), lambda each: each.returned),
    Column(_("签收"), lambda each: each.signed),
    Column(_("平均签收用时（小时）"), lambda each: each.latency),
    Column(_("逾期签收"), lambda each: each.late),
    Column(_("查收率（%）"), lambda each: each.check_in_rate),
    Column(_("登记"), lambda each: each.registered),
    Column(_("办结"), lambda each: each.concluded),
    Column(_("归档率（%）"), lambda each: each.filed_rate),
)


class Asked(NamedTuple):
    """What is asked for: a year, one unit or None for all, and the units it is about."""

    year: int
    unit: Any
    units: list[Any]
    readable: list[Any]
    years: list[int]


@view_config(
    context=Site,
    name="statistics",
    permission=P.SITE_VIEW,
    request_method="GET",
    renderer="views:templates/statistics/page.pt",
)
def page(context: Site, request: Any) -> dict[str, Any]:
    """The year by month, and where it is about several units by unit."""
    asked = _asked(context, request, request.GET)
    cells = figures(context, asked.units, asked.year)
    by_month = [(month, total(_of(cells, asked.units, [month]))) for month in _months(asked.year)]
    by_unit = [(unit, total(_of(cells, [unit], MONTHS))) for unit in asked.units] if len(asked.units) > 1 else []
    return {
        "title": _("统计"),
        "active_area": "registers",
        "crumbs": [(_("登记簿"), "/registers")],
        "asked": asked,
        "columns": COLUMNS,
        "by_month": [(month_words(month), _line(each)) for month, each in by_month],
        "by_unit": [(unit.short_name, _line(each)) for unit, each in by_unit],
        "whole": _line(total(each for _month, each in by_month)),
        "charts": charts([month_words(month) for month, _each in by_month], [each for _month, each in by_month]),
    }


@view_config(context=Site, name="statistics", permission=P.SITE_VIEW, request_method="POST")
def export(context: Site, request: Any) -> Response:
    """Every unit and month as a sheet; who took it stands in the journal."""
    asked = _asked(context, request, request.POST)
    cells, say = figures(context, asked.units, asked.year), request.localizer.translate
    header = [say(_("单位")), say(_("月份")), *(say(column.label) for column in COLUMNS)]
    rows = [
        [unit.short_name, f"{asked.year}-{month:02}", *_numbers(cells.get((unit.code, month), Figures()))]
        for unit in asked.units
        for month in _months(asked.year)
    ]
    policy.told(context, request.actor, asked.year, asked.units)
    return Response(
        as_xlsx(say(_("统计")), header, rows),
        content_type=XLSX,
        content_disposition=disposition(f"{say(_('统计'))}-{asked.year}.xlsx"),
        cache_control="no-store, private",
    )


def _asked(root: Site, request: Any, given: Any) -> Asked:
    """What was asked for; 400 for a year without figures, 403 for a unit that is not the person's to see."""
    readable = readable_units(request.actor, root)
    first_day = rules.value(root, request.registry.govrepo_settings, "effective_date")
    years = policy.years(date.fromisoformat(first_day))
    year = given.get("year", "") or str(years[0])
    if year not in map(str, years):
        raise HTTPBadRequest
    code = given.get("unit", "")
    unit = next((each for each in readable if each.code == code), None)
    if code and unit is None:
        raise HTTPForbidden
    return Asked(int(year), unit, [unit] if unit else readable, readable, years)


def _months(year: int) -> range:
    """The months of a year up to the present one."""
    today = clock.today()
    return range(1, today.month + 1) if year == today.year else MONTHS


def _of(cells: Cells, units: list[Any], months: Any) -> list[Figures]:
    return [found for unit in units for month in months if (found := cells.get((unit.code, month)))]


def month_words(month: int) -> Any:
    """A month of the year in words."""
    return _("${month}月", mapping={"month": month})


def _numbers(each: Figures) -> list[float | None]:
    """The figures of a line, rounded to one place."""
    values = [column.figure(each) for column in COLUMNS]
    return [round(value, 1) if isinstance(value, float) else value for value in values]


def _line(each: Figures) -> list[str]:
    """The figures of a line as they are shown."""
    return ["—" if value is None else f"{value:,}" for value in _numbers(each)]


def charts(labels: list[Any], months: list[Figures]) -> list[Chart]:
    """The charts of a year: how many, how fast, how well looked after."""
    return [
        chart(
            "traffic",
            _("发出、收到、退文（件次）"),
            labels,
            [
                Series(_("发出"), [each.sent for each in months]),
                Series(_("收到"), [each.received for each in months]),
                Series(_("退文"), [each.returned for each in months]),
            ],
        ),
        chart(
            "latency", _("平均签收用时（小时）"), labels, [Series(_("平均签收用时"), [each.latency for each in months])]
        ),
        chart(
            "entries",
            _("登记、办结（件）"),
            labels,
            [
                Series(_("登记"), [each.registered for each in months]),
                Series(_("办结"), [each.concluded for each in months]),
            ],
        ),
        chart(
            "shares",
            _("查收率、归档率（%）"),
            labels,
            [
                Series(_("查收率"), [each.check_in_rate for each in months]),
                Series(_("归档率"), [each.filed_rate for each in months]),
            ],
            top=100,
        ),
    ]
