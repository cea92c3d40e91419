"""Every register on the screen, on paper and as a file, from its declaration (policies/register_pages; domain.md part 6; design.md sect. 10).

Filters and order stand in the address. A page is found by key: the address of the next one names where this one ends.
"""

import re
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPBadRequest, HTTPForbidden, HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config

from content_types.site import Site
from govrepo.files.streaming import disposition
from policies.permissions import Permission as P
from policies.register_export import STATES, exports_of, order
from policies.register_pages import GROUPS, PAGES
from policies.register_pages.asked import Asked, Key, UnknownSortError, ask
from policies.register_pages.declaration import Column, RegisterPage
from policies.register_pages.export import FORMATS, MOST_AT_ONCE, at_once, filename
from policies.search_asked import page_named
from policies.statistics import sees_figures

from .acts import done, url
from .i18n import _

TEMPLATES = "views:templates/register_page/"
SHOWN = 50
PRINTED = 2_000
PAGE_KEY = re.compile(r"(?P<row>[0-9]{1,10})\.(?P<kind>[int])(?P<value>.{0,200})")
LOOKS = {"number": "gr-no", "opens": "gr-no", "time": "gr-when", "main": "gr-main-cell", "urgency": ""}


class Cell(NamedTuple):
    """A cell as the table draws it: its text, its class, and the address it opens, if it is the one that does."""

    text: Any
    css: str
    url: str | None
    urgency: str


@view_config(route_name="registers", permission=P.SITE_VIEW, request_method="GET", renderer=TEMPLATES + "index.pt")
def index(context: Site, request: Any) -> dict[str, Any]:
    """The registers that this person may see."""
    shown = [
        (title, [page for page in pages if page.query(request.actor, context) is not None]) for title, pages in GROUPS
    ]
    return {
        "title": _("登记簿"),
        "active_area": "registers",
        "groups": [(title, pages) for title, pages in shown if pages],
        "exports": [
            (each, url(each, ""), page_named(each.register).title, STATES[each.state])
            for each in exports_of(request.actor, context)
        ],
        "journal": request.has_permission(P.JOURNAL_READ, context),
        "statistics": sees_figures(request.actor, context),
    }


@view_config(route_name="register", permission=P.SITE_VIEW, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: Site, request: Any) -> dict[str, Any]:
    """One register: a page of its rows, with filters and their counts."""
    asked = _asked(context, request, request.GET)
    try:
        found = asked.rows(SHOWN, page_key(request.GET.get("after")))
    except ValueError as error:
        raise HTTPBadRequest from error
    if asked.errors:
        request.response.status_int = 422
    kept = dict(asked.given) | ({"sort": asked.sort} if asked.sort != asked.page.sort else {})
    following = f"?{urlencode(kept | {'after': key_words(found.next_key)})}" if found.next_key else None
    return {
        "title": asked.page.title,
        "active_area": "registers",
        "crumbs": [(_("登记簿"), "/registers")],
        "here": f"/registers/{asked.page.name}",
        "register": asked.page,
        "heads": [_head(asked, column, kept) for column in asked.page.columns],
        "rows": [cells(request, asked.page, row) for row in found.rows],
        "pager": {"previous": f"?{urlencode(kept)}" if request.GET.get("after") else None, "next": following, "shown": len(found.rows)},
        "total": asked.total,
        "values": asked.values(),
        "given": asked.given,
        "kept": kept,
        "errors": asked.errors,
        "filtered": asked.filtered,
        "query": f"?{urlencode(kept)}" if kept else "",
        "formats": list(FORMATS),
    }  # fmt: skip


@view_config(route_name="register_print", permission=P.SITE_VIEW, request_method="GET", renderer=TEMPLATES + "print.pt")
def print_(context: Site, request: Any) -> dict[str, Any]:
    """The same rows for paper: print title, filters in words, number of rows; the sheets are numbered by the style sheet."""
    asked = _asked(context, request, request.GET)
    if asked.errors:
        raise HTTPBadRequest
    found = asked.rows(PRINTED)
    return {
        "title": asked.page.print_title,
        "crumbs": [
            (_("登记簿"), "/registers"),
            (asked.page.title, f"/registers/{asked.page.name}?{request.query_string}".rstrip("?")),
        ],
        "register": asked.page,
        "heads": asked.page.columns,
        "rows": [cells(request, asked.page, row) for row in found.rows],
        "used": asked.in_words(),
        "shown": len(found.rows),
        "cut": found.next_key is not None,
    }


@view_config(route_name="register_export", permission=P.SITE_VIEW, request_method="POST")
def export(context: Site, request: Any) -> Any:
    """The whole register, as far as the filters go, as a file; what is long is made by the worker."""
    asked = _asked(context, request, request.POST)
    wanted = request.POST.get("format", "")
    if asked.errors or wanted not in FORMATS:
        raise HTTPBadRequest
    if asked.count > MOST_AT_ONCE:
        made = order(asked, wanted, request.locale_name)
        return done(request, _("行数较多，正在制作，做好后在这里下载。"), url(made, ""))
    say = request.localizer.translate
    return Response(
        at_once(asked, wanted, say),
        content_type=FORMATS[wanted],
        content_disposition=disposition(filename(asked.page, wanted, say)),
        cache_control="no-store, private",
    )


def _asked(root: Site, request: Any, params: Any) -> Asked:
    """What was asked; 404 for a register that is not there, 403 for who may not see it, 400 for an order it has not."""
    declared = PAGES.get(request.matchdict["register"])
    if declared is None:
        raise HTTPNotFound
    try:
        found = ask(declared, request.actor, root, params)
    except UnknownSortError as error:
        raise HTTPBadRequest from error
    if found is None:
        raise HTTPForbidden
    return found


def page_key(text: str | None) -> Key | None:
    """The key of a page as an address has it: row, kind and value; raises ValueError for anything that is none."""
    if not text:
        return None
    found = PAGE_KEY.fullmatch(text)
    if not found:
        raise ValueError(text)
    kind, value = found["kind"], found["value"]
    if kind == "n":
        return None, int(found["row"])
    return (int(value) if kind == "i" else value), int(found["row"])


def key_words(key: Key) -> str:
    """A page's key for an address."""
    value, row = key
    if value is None:
        return f"{row}.n"
    return f"{row}.{'i' if isinstance(value, int) else 't'}{value}"


def _head(asked: Asked, column: Column, kept: dict[str, Any]) -> dict[str, Any]:
    """A column's head: its label, and where a click on it leads: up first, then down."""
    if not column.sort:
        return {"label": column.label, "url": None, "order": None}
    order = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(asked.sort)
    wanted = f"-{column.sort}" if order == "ascending" else column.sort
    return {"label": column.label, "url": f"?{urlencode(kept | {'sort': wanted})}", "order": order}


def cells(request: Any, register: RegisterPage, row: Any) -> list[Cell]:
    """A row as the table draws it."""
    opens = _opens(request, register, row)
    columns = register.columns
    opener = next((place for place, column in enumerate(columns) if column.look in ("main", "opens")), 0)
    return [_cell(request, column, row, opens if place == opener else None) for place, column in enumerate(columns)]


def _cell(request: Any, column: Column, row: Any, opens: str | None) -> Cell:
    value = column.read(row)
    urgency = value if column.look == "urgency" else ""
    return Cell(shown(request.fmt, column.said(row)), LOOKS.get(column.look, ""), opens, urgency)


def shown(fmt: Any, value: Any) -> Any:
    """A value as people read it; nothing for None."""
    if isinstance(value, datetime):
        return fmt.instant(value)
    if isinstance(value, date):
        return fmt.day(value)
    return "" if value is None else value


def _opens(request: Any, register: RegisterPage, row: Any) -> str | None:
    """The first of what a row leads to that the person may see."""
    for target, permission in register.opens:
        found = target(row)
        if found is not None and request.has_permission(permission, found):
            return url(found, "")
    return None


def includeme(config: Any) -> None:
    """The addresses of registers."""
    config.add_route("registers", "/registers")
    config.add_route("register", "/registers/{register}")
    config.add_route("register_print", "/registers/{register}/print")
    config.add_route("register_export", "/registers/{register}/export")
