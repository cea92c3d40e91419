"""The registers' indexes: sizes, times, slow queries, agreement; check and rebuild with their progress (design.md sect. 6, R-8.1).

Nothing typed by anybody stands here: queries are shown by the kinds and index names of their terms only (R-8.3).
"""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from content_types.site import Site
from govrepo.catalog import Register, register, registers_of
from govrepo.catalog import run as runs
from govrepo.catalog.run import Run
from govrepo.catalog.sizes import index_sizes
from policies import catalog as policy
from policies.engine import Refused
from policies.permissions import Permission as P
from views.acts import done, mend
from views.i18n import _
from views.manage import CRUMBS, site_page

TEMPLATE = "views:templates/manage/catalog_register.pt"
ACTS = {"query": _("一页"), "count": _("计数"), "total": _("总数"), "facets": _("分面")}
RUNS = {runs.CHECK: _("核对"), runs.REBUILD: _("重建")}
ERRORS = {"broken off": _("已中止"), "overtaken": _("被另一次重建取代")}
STARTED = {
    runs.CHECK: _("已排入工作队列，核对由后台办理。"),
    runs.REBUILD: _("已排入工作队列，重建由后台办理。"),
    policy.BREAK_OFF: _("已中止。"),
}


@view_config(
    context=Site,
    name="catalog",
    permission=P.MANAGE_VIEW,
    request_method="GET",
    renderer="views:templates/manage/catalog.pt",
)
def catalog(context: Site, request: Any) -> dict[str, Any]:
    """Every register in one line."""
    lines = [_line(each) for each in registers_of(context, request.registry)]
    return site_page(
        _("登记簿索引"), lines=lines, run_words=RUNS, slow_ms=request.registry.govrepo_settings.slow_query_ms
    )


def _line(found: Register) -> dict[str, Any]:
    data, times = found.data, found.timing.times() if found.timing else []
    return {
        "name": found.declaration.name,
        "size": data.main.size,
        "pending": found.pending_count(),
        "indexes": len(data.main.catalog),
        "agrees": _agrees(found),
        "asked": sum(each.number for each in times),
        "page": next((each for each in times if each.act == "query"), None),
        "slow": len(found.timing.slow) if found.timing else 0,
        "checked": runs.last(found, runs.CHECK),
        "rebuilt": runs.last(found, runs.REBUILD),
        "running": runs.running(found),
    }


def _agrees(found: Register) -> bool:
    """Whether a register was built from its present declaration."""
    return bool(found.data.fingerprint == found.declaration.fingerprint)


@view_config(context=Site, name="catalog_register", permission=P.MANAGE_VIEW, request_method="GET", renderer=TEMPLATE)
def page(context: Site, request: Any) -> dict[str, Any]:
    """One register: indexes, times, slow queries, checks and rebuilds."""
    return _page(context, request)


@view_config(
    context=Site, name="catalog_register", permission=P.CATALOG_REBUILD, request_method="POST", renderer=TEMPLATE
)
def act(context: Site, request: Any) -> Any:
    """Ask for a check or a rebuild, or break off the one under way."""
    found, wanted = _named(context, request), request.POST.get("act", "")
    if wanted not in STARTED:
        raise HTTPNotFound
    try:
        policy.ask(context, found.declaration.name, wanted, request.actor)
    except Refused as refused:
        return _page(context, request, mend(request, refused))
    return done(request, STARTED[wanted], f"/@@catalog_register?name={found.declaration.name}")


@view_config(
    context=Site,
    name="catalog_progress",
    permission=P.MANAGE_VIEW,
    request_method="GET",
    renderer="views:templates/manage/catalog_progress.pt",
)
def progress(context: Site, request: Any) -> dict[str, Any]:
    """How far the check or rebuild is; once it is over, the page is asked to load itself anew."""
    found = _named(context, request)
    if runs.running(found) is None:
        request.response.headers["HX-Refresh"] = "true"
    return _progress(found)


def _named(root: Site, request: Any) -> Register:
    try:
        return register(root, request.params.get("name", ""), request.registry)
    except LookupError as error:
        raise HTTPNotFound from error


def _page(root: Site, request: Any, errors: dict[str, str] | None = None) -> dict[str, Any]:
    found = _named(root, request)
    data, name = found.data, found.declaration.name
    facts = [
        (_("件数"), request.fmt.number(data.main.size)),
        (_("待并入的变更"), request.fmt.number(found.pending_count())),
        (_("与声明"), _("一致") if _agrees(found) else _("不一致，须重建")),
    ]
    shown = {
        "title": _("登记簿索引：${name}", mapping={"name": name}),
        "crumbs": [*CRUMBS, (_("登记簿索引"), "/@@catalog")],
        "facts": facts,
        "sizes": index_sizes(data.main),
        "times": found.timing.times() if found.timing else [],
        "slow": found.timing.slowest() if found.timing else [],
        "act_words": ACTS,
        "may_rebuild": request.has_permission(P.CATALOG_REBUILD),
        "runs": [(each, _result(each)) for each in reversed(data.runs) if each.ended],
        "errors": errors or {},
    }
    return site_page(**shown) | {"crumbs": shown["crumbs"]} | _progress(found)


def _progress(found: Register) -> dict[str, Any]:
    running = runs.running(found)
    percent = runs.percent(found, running) if running else 100
    return {"name": found.declaration.name, "running": running, "percent": percent, "run_words": RUNS}


def _result(run: Run) -> Any:
    """What came of a check or a rebuild, in words."""
    if run.error:
        return ERRORS[run.error]
    if run.act == runs.REBUILD:
        return _("列入 ${number} 件", mapping={"number": run.found})
    return _("${number} 处不符", mapping={"number": run.number}) if run.number else _("全部相符")
