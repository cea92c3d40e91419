"""The search page: one box with facets, a document beside the list, saved searches and the latest ones (domain.md part 6; R-20).

What is found and by whom is decided in policies/search.py. The whole question stands in the address (policies/search_asked.py).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPBadRequest, HTTPServiceUnavailable
from pyramid.response import Response
from pyramid.view import view_config

from content_types.delivery import Delivery
from content_types.dispatch import Dispatch
from content_types.register_entry import RegisterEntry
from content_types.site import Site
from govrepo.files.streaming import disposition
from govrepo.fulltext import QueryError
from policies import saved_search
from policies.item_facts import facts_of
from policies.permissions import Permission as P
from policies.register_export import order
from policies.register_pages.export import FORMATS, MOST_AT_ONCE, at_once, filename
from policies.search import FACETS, Found, Hit, search
from policies.search_asked import FACET_WORDS, RESULTS, BadDayError, Results, SearchAsked, value_words
from policies.text_feed import UnreadableIndexError, sweep_state

from .acts import done, url
from .i18n import _
from .register_page import cells

PAGE = 50
PRINTED = 1_000
SHOWN = 8
"""Values of a facet shown at once; the others stand behind "more"."""
ORDERS = (("newest", _("按日期")), ("best", _("按相关程度")))
TEMPLATES = "views:templates/search/"
BLANKS = re.compile(r"\s+")


@view_config(context=Site, name="search", permission=P.SITE_VIEW, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: Site, request: Any) -> dict[str, Any]:
    """The results of the question in the address; without one, what was kept and searched before."""
    asked = SearchAsked.of(request.GET.items())
    own, shared = saved_search.searches_of(request.actor.person)
    unit = request.actor.person.unit
    return {
        "title": _("检索"),
        "active_area": "registers",
        "asked": asked,
        "values": {"since": asked.since, "until": asked.until, "q": asked.typed},
        "sweep": None,
        "own": own,
        "shared": [(each, saved_search.may_remove(each, unit, request.actor)) for each in shared],
        "lately": list(_lately(context, request)),
        "formats": list(FORMATS),
        "errors": {},
        "found": None,
        **(_answered(context, request, asked) if asked else {}),
    }


def _answered(context: Site, request: Any, asked: SearchAsked) -> dict[str, Any]:
    """What the question finds, or what in it must be mended."""
    after = request.GET.get("after") or None
    try:
        found = search(context, asked.wanted, request.actor, after=after, limit=PAGE)
    except QueryError as error:
        return _mistaken(request, "q", error.words)
    except BadDayError:
        return _mistaken(request, "since", _("请按年-月-日填写日期，止期不早于起期。"))
    except ValueError as error:
        raise HTTPBadRequest from error
    except UnreadableIndexError:
        return _mistaken(
            request, "q", _("全文索引正在修复，请过一会儿再检索；不写检索词、只选条件的检索不受影响。"), 503
        )
    if after is None:
        saved_search.note(asked.address, request.actor)
    return {
        "found": found,
        "sweep": sweep_state(context, request.registry) if asked.typed else None,
        "rows": [_row(hit) for hit in found.hits],
        "facets": [_facet(context, asked, name, found) for name in FACETS],
        "chosen": list(_chosen(context, asked)),
        "orders": [(words, replace(asked, order=name).address, None, asked.order == name) for name, words in ORDERS],
        "pager": _pager(asked, found, after),
    }


def _mistaken(request: Any, field: str, words: Any, status: int = 422) -> dict[str, Any]:
    request.response.status_int = status
    return {"errors": {field: words}}


def _row(hit: Hit) -> dict[str, Any]:
    """A line of the results."""
    first, *others = hit.places
    return {
        "facts": facts_of(hit.item),
        "url": url(first, ""),
        "beside": url(first, "beside"),
        "place": _place(first),
        "others": [(_place(each), url(each, "")) for each in others],
        "pieces": [(BLANKS.sub(" ", piece.text), piece.hit) for piece in hit.pieces],
        "waiting": hit.waiting,
    }


def _place(place: Any) -> Any:
    """Where something stands, in words."""
    if isinstance(place, Delivery):
        return _("收件：${box}", mapping={"box": place.box.title})
    if isinstance(place, Dispatch):
        return _("发文：${box}", mapping={"box": place.box.title})
    if isinstance(place, RegisterEntry):
        return _("登记：${number}", mapping={"number": place.number.title if place.number else place.box.title})
    return _("分办给我的")


def _facet(root: Site, asked: SearchAsked, name: str, found: Found) -> dict[str, Any]:
    """A facet's values with how many have each: chosen ones first, then the most frequent; years from the latest."""
    chosen = dict(asked.facets).get(name, ())
    counts = dict.fromkeys(chosen, 0) | {value: count for value, count in found.facets[name].items() if count}
    latest = sorted(counts, reverse=True) if name == "year" else sorted(counts)
    values = sorted(latest, key=lambda value: (value not in chosen, 0 if name == "year" else -counts[value]))
    lines = [
        (value_words(root, name, each), asked.toggled(name, each).address, counts[each], each in chosen)
        for each in values
    ]
    return {"name": name, "label": FACET_WORDS[name], "first": lines[:SHOWN], "more": lines[SHOWN:]}


def _chosen(root: Site, asked: SearchAsked) -> Iterator[tuple[Any, Any, str]]:
    """What narrows the question: label, value, and the address without it."""
    for name, values in asked.facets:
        for value in values:
            yield FACET_WORDS[name], value_words(root, name, value), asked.toggled(name, value).address
    if asked.since or asked.until:
        without = replace(asked, since="", until="")
        yield _("日期"), f"{asked.since or '…'} – {asked.until or '…'}", without.address


def _pager(asked: SearchAsked, found: Found, after: str | None) -> dict[str, Any]:
    following = f"{asked.address}&{urlencode({'after': found.next})}" if found.next else None
    previous = asked.address if after else None
    return {"previous": previous, "next": following, "shown": len(found.hits), "total": None}


def _lately(root: Site, request: Any) -> Iterator[tuple[str, str]]:
    """The latest searches: in words, and the address."""
    say = request.localizer.translate
    for address in saved_search.lately(request.actor):
        told = SearchAsked.of_address(address).in_words(root)
        yield "，".join(f"{say(label)}：{say(words)}" for label, words in told), address


@view_config(
    context=Site, name="search_print", permission=P.SITE_VIEW, request_method="GET", renderer="views:templates/register_page/print.pt"
)  # fmt: skip
def print_(context: Site, request: Any) -> dict[str, Any]:
    """The results for paper."""
    results = _results(context, request, request.GET)
    found = results.rows(PRINTED)
    return {
        "title": RESULTS.print_title,
        "crumbs": [(_("检索"), results.asked.address)],
        "register": RESULTS,
        "heads": RESULTS.columns,
        "rows": [cells(request, RESULTS, row) for row in found.rows],
        "used": results.in_words(),
        "shown": len(found.rows),
        "cut": found.next_key is not None,
    }


@view_config(context=Site, name="search_export", permission=P.SITE_VIEW, request_method="POST")
def export(context: Site, request: Any) -> Any:
    """All results as a file; what is long is made by the worker."""
    results, wanted = _results(context, request, request.POST), request.POST.get("format", "")
    if wanted not in FORMATS:
        raise HTTPBadRequest
    if results.count > MOST_AT_ONCE:
        made = order(results, wanted, request.locale_name)
        return done(request, _("行数较多，正在制作，做好后在这里下载。"), url(made, ""))
    say = request.localizer.translate
    return Response(
        at_once(results, wanted, say),
        content_type=FORMATS[wanted],
        content_disposition=disposition(filename(RESULTS, wanted, say)),
        cache_control="no-store, private",
    )


def _results(root: Site, request: Any, params: Any) -> Results:
    """What was asked; 400 for a question that cannot be read."""
    results = Results(root, request.actor, SearchAsked.of(params.items()))
    try:
        if results.asked and results.count >= 0:  # Counting reads the question.
            return results
    except ValueError as error:
        raise HTTPBadRequest from error
    except UnreadableIndexError as error:
        raise HTTPServiceUnavailable from error
    raise HTTPBadRequest


def includeme(config: Any) -> None:
    """Offer the search in the shell."""
    config.registry.shell_search_url = "/search"
