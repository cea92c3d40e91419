"""The search page: one box with facets, a document beside the list, saved searches and the latest ones (domain.md part 6; R-20, P-N3.3).

What is found and by whom is decided in policies/search.py. The whole question stands in the address, so that it can be kept and shared.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.delivery import Delivery
from content_types.dispatch import Dispatch
from content_types.official_document import OfficialDocument, Urgency
from content_types.register_entry import RegisterEntry
from content_types.site import Site
from govrepo import clock
from govrepo.fulltext import QueryError
from policies import official_document as documents
from policies import register_entry as entries
from policies import saved_search
from policies.permissions import Permission as P
from policies.search import FACETS, Wanted, search

from .acts import url
from .days import day_of
from .i18n import _
from .reading import KIND_WORDS

PAGE = 50
SHOWN = 8
"""Values of a facet shown at once; the others stand behind "more"."""

FACET_WORDS = {
    "register": _("登记簿"),
    "unit": _("发文单位"),
    "kind": _("文种"),
    "year": _("年度"),
    "urgency": _("紧急程度"),
    "state": _("状态"),
}
REGISTERS = {
    "outgoing": _("发文"),
    "incoming": _("收文"),
    "office": _("厅文登记"),
    "division": _("处文登记"),
}
STATES = documents.STATES | entries.STATES
URGENCIES = tuple(Urgency)
ORDERS = (("newest", _("按日期")), ("best", _("按相关程度")))


@dataclass(frozen=True)
class Asked:
    """The question as it stands in the address."""

    typed: str
    facets: dict[str, tuple[str, ...]]
    since: str
    until: str
    order: str

    @classmethod
    def of(cls, request: Any) -> "Asked":
        """Read the address; what is none of ours is left out."""
        given = request.GET
        facets = {name: tuple(dict.fromkeys(filter(None, given.getall(name)))) for name in FACET_WORDS}
        order = "best" if given.get("order") == "best" else "newest"
        since, until = (given.get(name, "").strip() for name in ("since", "until"))
        return cls(
            given.get("q", "").strip(), {name: each for name, each in facets.items() if each}, since, until, order
        )

    def __bool__(self) -> bool:
        return bool(self.typed or self.facets or self.since or self.until)

    def days(self) -> tuple[date | None, date | None]:
        """The range of days; raises ValueError for what is no day, or ends before it begins."""
        days = tuple(_day(text) for text in (self.since, self.until))
        since, until = days
        if since is not None and until is not None and until < since:
            raise ValueError(self.until)
        return since, until

    def pairs(self, **changed: Any) -> list[tuple[str, str]]:
        """The parts of the address, perhaps with something changed."""
        values = {"q": self.typed, "since": self.since, "until": self.until} | {"facets": self.facets} | changed
        order = values.get("order", self.order)
        pairs = [(name, value) for name, value in values.items() if name not in {"facets", "order"} and value]
        pairs += [(name, value) for name, several in values["facets"].items() for value in several]
        return [*pairs, ("order", order)] if order != "newest" else pairs

    def address(self, **changed: Any) -> str:
        """The address of this question, perhaps with something changed."""
        return "/search?" + urlencode(self.pairs(**changed))

    def toggled(self, name: str, value: str) -> str:
        """The address with a facet's value added, or taken away where it is chosen."""
        chosen = self.facets.get(name, ())
        several = tuple(each for each in chosen if each != value) if value in chosen else (*chosen, value)
        return self.address(facets={**self.facets, name: several})


def _day(text: str) -> date | None:
    day = day_of(text) if text else None
    if text and day is None:
        raise ValueError(text)
    return day


@view_config(
    context=Site, name="search", permission=P.SITE_VIEW, request_method="GET", renderer="views:templates/search/page.pt"
)
def page(context: Site, request: Any) -> dict[str, Any]:
    """The results of the question in the address; without one, what was kept and searched before."""
    asked = Asked.of(request)
    shown = _answered(context, request, asked) if asked else {"found": None}
    own, shared = saved_search.searches_of(request.actor.person)
    return {
        "title": _("检索"),
        "active_area": "records",
        "asked": asked,
        "here": asked.address(),
        "orders": [(label, asked.address(order=name), None, asked.order == name) for name, label in ORDERS],
        "own": own,
        "shared": [(each, saved_search.may_remove(each, request.actor.person.unit, request.actor)) for each in shared],
        "lately": [(_told(request, address), address) for address in saved_search.lately(request.actor)],
        "errors": {},
        **shown,
    }


def _answered(context: Site, request: Any, asked: Asked) -> dict[str, Any]:
    """What the question finds, or what in it must be mended."""
    try:
        wanted = Wanted(asked.typed, asked.facets, *asked.days(), asked.order)
        found = search(context, wanted, request.actor, after=request.GET.get("after") or None, limit=PAGE)
    except QueryError as error:
        return _mistaken(request, "q", error.words)
    except ValueError:
        if request.GET.get("after"):
            raise HTTPBadRequest from None
        return _mistaken(request, "since", _("请按年-月-日填写日期，止期不早于起期。"))
    if not request.GET.get("after"):
        saved_search.note(asked.address(), request.actor)
    return {
        "found": found,
        "rows": [_row(hit) for hit in found.hits],
        "facets": [_facet(request, asked, name, found.facets.get(name, {})) for name in FACETS],
        "chosen": list(_chosen(request, asked)),
        "pager": _pager(asked, found),
    }


def _mistaken(request: Any, field: str, words: Any) -> dict[str, Any]:
    request.response.status_int = 400
    return {"found": None, "errors": {field: words}}


def _row(hit: Any) -> dict[str, Any]:
    """A line of the results."""
    item, places = hit.item, hit.places
    return {
        **(_entry(item) if isinstance(item, RegisterEntry) else _document(item)),
        "title": item.title or _("（无标题）"),
        "url": url(places[0], ""),
        "beside": url(places[0], "beside"),
        "others": [(_place(each), url(each, "")) for each in places],
        "pieces": hit.pieces,
        "waiting": hit.waiting,
    }


def _document(document: OfficialDocument) -> dict[str, Any]:
    return {
        "number": document.number,
        "from": document.issuer,
        "date": document.date,
        "kind": KIND_WORDS.get(document.kind, ""),
        "urgency": str(document.urgency),
        "state": documents.STATES[document.state],
    }


def _entry(entry: RegisterEntry) -> dict[str, Any]:
    facts = entry.facts
    return {
        "number": facts.from_no,
        "from": facts.from_unit,
        "date": facts.dated or clock.local(facts.received).date(),
        "kind": KIND_WORDS.get(facts.kind, facts.kind),
        "urgency": str(facts.urgency),
        "state": entries.STATES[entry.state],
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


def _facet(request: Any, asked: Asked, name: str, counts: Any) -> dict[str, Any]:
    """A facet's values with how many have each, the most frequent first; chosen ones always stand there."""
    chosen = asked.facets.get(name, ())
    known = dict.fromkeys(chosen, 0) | dict(counts)
    values = sorted(known, key=lambda value: (value not in chosen, -known[value], value))
    if name == "year":
        values = sorted(values, key=lambda value: (value in chosen, value), reverse=True)
    lines = [(_value(request, name, each), asked.toggled(name, each), known[each], each in chosen) for each in values]
    return {"name": name, "label": FACET_WORDS[name], "first": lines[:SHOWN], "more": lines[SHOWN:]}


def _chosen(request: Any, asked: Asked) -> Iterator[tuple[Any, Any, str]]:
    """What narrows the question: label, value, and the address without it."""
    for name, values in asked.facets.items():
        for value in values:
            yield FACET_WORDS[name], _value(request, name, value), asked.toggled(name, value)
    if asked.since or asked.until:
        yield _("日期"), f"{asked.since or '…'} – {asked.until or '…'}", asked.address(since="", until="")


def _value(request: Any, name: str, value: str) -> Any:
    """A facet's value in words; one that is unknown stands as it is."""
    if name == "unit":
        unit = request.root["units"].get(value)
        return unit.short_name if unit is not None else value
    if name == "urgency":
        return request.fmt.urgency(value) if value in URGENCIES else value
    words = {"register": REGISTERS, "kind": KIND_WORDS, "state": STATES}.get(name, {})
    return words.get(value, value)


def _pager(asked: Asked, found: Any) -> dict[str, Any]:
    following = asked.address() + "&" + urlencode({"after": found.next}) if found.next else None
    total = found.total.count if found.total.exact else None
    return {"previous": None, "next": following, "shown": len(found.hits), "total": total}


def _told(request: Any, address: str) -> str:
    """A kept question in words, for the list of the latest."""
    pairs = parse_qsl(address.partition("?")[2])
    words = [
        value if name not in FACET_WORDS else _value(request, name, value) for name, value in pairs if name != "order"
    ]
    return "，".join(request.localizer.translate(each) for each in words)


def includeme(config: Any) -> None:
    """Offer the search in the shell."""
    config.registry.shell_search_url = "/search"
