"""Numbers of a box (编号管理): its series, reserving, voiding, the gap report and closing a year (S-20 to S-27; part 6, 字号空号)."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound
from pyramid.view import view_config

from content_types.exchange_box import ExchangeBox
from content_types.number_series import NumberSeries, SeriesKind
from govrepo import clock
from govrepo.numbering import DocumentNumber
from policies import number as numbers
from policies import number_series as policy
from policies.engine import Refused
from policies.permissions import Permission as P

from .acts import attempt, done, mend, url
from .days import day_of
from .i18n import _

TEMPLATES = "views:templates/number_series/"
GAPS = {"reserved": _("预留"), "void": _("作废"), "missing": _("缺失")}
BADGES = {"reserved": "wait", "void": "stop", "missing": "bad"}


@view_config(
    context=ExchangeBox,
    name="series",
    permission=P.NUMBER_KEEP,
    request_method=("GET", "POST"),
    renderer=TEMPLATES + "list.pt",
)
def list_(context: ExchangeBox, request: Any) -> Any:
    """The series of a box; the POST begins another one."""
    errors: dict[str, Any] = {}
    if request.method == "POST":
        try:
            made = policy.found_series(
                context,
                request.POST.get("code", ""),
                request.POST.get("kind", ""),
                request.actor,
                leader_recheck="leader_recheck" in request.POST,
            )
            return done(request, _("已建立序列“${code}”。", mapping={"code": made.code}), url(made, ""))
        except Refused as refused:
            errors = mend(request, refused)
    return {
        "title": _("编号管理"),
        "crumbs": [(context.title, url(context, ""))],
        "box": context,
        "rows": [row(each) for each in policy.series_of(context)],
        "kinds": [("", _("请选择")), *policy.KINDS.items()],
        "values": dict(request.POST),
        "errors": errors,
    }


def row(series: NumberSeries) -> dict[str, Any]:
    """A line of the list: what was last given this year."""
    year = clock.today().year
    last = series.number(year, int(series.last.get(year, 0)))
    return {
        "series": series,
        "url": url(series, ""),
        "kind": policy.KINDS[series.kind],
        "leader": series.leader_recheck,
        "last": last.title if last is not None else "—",
        "gaps": len(policy.gaps(series, year)),
        "state": policy.STATES[series.state],
    }


@view_config(context=NumberSeries, permission=P.NUMBER_KEEP, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: NumberSeries, request: Any) -> dict[str, Any]:
    """A series in one year: what stands there, the numbers that nothing bears, and what may be done."""
    return page_data(context, request, {})


def page_data(series: NumberSeries, request: Any, errors: dict[str, Any]) -> dict[str, Any]:
    """Everything the page shows; the year stands in the address."""
    years = policy.years(series)
    wanted = request.params.get("year", "")
    year = int(wanted) if wanted.isdecimal() and int(wanted) in years else next(iter(years), clock.today().year)
    found = policy.gaps(series, year)
    last = int(series.last.get(year, 0))
    return {
        "title": series.code,
        "crumbs": [(_("编号管理"), url(series.__parent__.__parent__, "series"))],
        "series": series,
        "here": url(series),
        "tabs": [(str(each), f"{url(series, '')}?year={each}", None, each == year) for each in years],
        "year": year,
        "last": last,
        "taken": last - len(found),
        "closing": series.closings.get(year),
        "leader": series.kind is SeriesKind.DOCUMENT,
        "may_close": year < clock.today().year and year not in series.closings,
        "gaps": [gap_line(series, year, each) for each in found],
        "state": policy.STATES[series.state],
        "values": dict(request.POST),
        "errors": errors,
    }


def gap_line(series: NumberSeries, year: int, gap: policy.Gap) -> dict[str, Any]:
    """A line of the gap report."""
    return {
        "gap": gap,
        "title": str(DocumentNumber(series.code, year, gap.sequence)),
        "state": GAPS[gap.state],
        "badge": BADGES[gap.state],
        "reason": gap.number.reason if gap.number is not None else "",
        "until": gap.number.until if gap.number is not None else None,
    }


@view_config(
    context=NumberSeries, name="act", permission=P.NUMBER_KEEP, request_method="POST", renderer=TEMPLATES + "page.pt"
)
def try_act(context: NumberSeries, request: Any) -> Any:
    """Reserve a number, make one void, close a year, end or resume the series."""
    name = request.POST.get("act", "")
    if name not in ACTS:
        raise HTTPBadRequest
    try:
        errors = ACTS[name](context, request)
    except Refused as refused:
        errors = mend(request, refused)
    if errors:
        return page_data(context, request, errors)
    return done(request, _("已办理。"), url(context, "") + f"?year={request.POST.get('year', '')}")


def _reserve(series: NumberSeries, request: Any) -> dict[str, Any]:
    numbers.reserve(series, day_of(request.POST.get("until", "")), request.POST.get("note", ""), request.actor)
    return {}


def _void(series: NumberSeries, request: Any) -> dict[str, Any]:
    year, sequence = request.POST.get("year", ""), request.POST.get("sequence", "")
    number = series.number(int(year), int(sequence)) if year.isdecimal() and sequence.isdecimal() else None
    if number is None:
        raise HTTPNotFound
    found = attempt(request, number, "void", note=request.POST.get("reason", "").strip())
    return {"reason": found["note"]} if found else {}


def _close_year(series: NumberSeries, request: Any) -> dict[str, Any]:
    year = request.POST.get("year", "")
    return attempt(request, series, "close_year", year=int(year) if year.isdecimal() else None)


def _waive(series: NumberSeries, request: Any) -> dict[str, Any]:
    return attempt(request, series, "waive_leader", note=request.POST.get("waiver", "").strip())


def _plain(name: str) -> Any:
    return lambda series, request: attempt(request, series, name)


ACTS = {
    "reserve": _reserve,
    "void": _void,
    "close_year": _close_year,
    "end": _plain("end"),
    "resume": _plain("resume"),
    "ask_leader": _plain("ask_leader"),
    "waive_leader": _waive,
}
