"""A search as it stands in an address: read, changed, told in words, and gone through as a register page is (design.md sect. 10).

An address keeps the whole question, so that it can be saved, shared, exported and asked again with the rights of then.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode

from govrepo.i18n import _, listed
from policies.actor import Actor
from policies.item_facts import STATES, facts_of
from policies.question import Wanted
from policies.register_pages import PAGES, words
from policies.register_pages.asked import Asked, Rows, ask
from policies.register_pages.declaration import Column, RegisterPage
from policies.search import search
from policies.search_words import FURTHEST
from policies.vocabulary import URGENCIES

HERE = "/search"
BATCH = 500
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
    "assigned": _("分办给我的"),
    "office": _("厅文登记簿"),
    "division": _("处文登记簿"),
}


class BadDayError(ValueError):
    """A day that is none, or a range that ends before it begins."""


@dataclass(frozen=True)
class SearchAsked:
    """The question of an address: words as typed, facets, days as typed, the order, and whether only the head is looked at."""

    typed: str = ""
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: str = ""
    until: str = ""
    order: str = "newest"
    head: bool = False

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "SearchAsked":
        """Read the pairs of an address; what is none of ours is left out."""
        given: dict[str, list[str]] = {}
        for name, value in pairs:
            if value.strip():
                given.setdefault(name, []).append(value.strip())
        facets = tuple((name, tuple(dict.fromkeys(given[name]))) for name in FACET_WORDS if name in given)
        single = {name: given.get(name, [""])[0] for name in ("q", "since", "until", "order")}
        order = "best" if single["order"] == "best" else "newest"
        return cls(single["q"], facets, single["since"], single["until"], order, "head" in given)

    @classmethod
    def of_address(cls, address: str) -> "SearchAsked":
        """Read an address."""
        return cls.of(parse_qsl(address.partition("?")[2]))

    def __bool__(self) -> bool:
        return bool(self.typed or self.facets or self.since or self.until)

    @property
    def wanted(self) -> Wanted:
        """The question; raises BadDayError."""
        since, until = _day(self.since), _day(self.until)
        if since is not None and until is not None and until < since:
            raise BadDayError(self.until)
        return Wanted(self.typed, dict(self.facets), since, until, self.order, self.head)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The pairs of the address."""
        found = [("q", self.typed), *((name, value) for name, values in self.facets for value in values)]
        found += [("since", self.since), ("until", self.until), ("order", self.order if self.order != "newest" else "")]
        found.append(("head", "yes" if self.head else ""))
        return [(name, value) for name, value in found if value]

    @property
    def address(self) -> str:
        """The address."""
        return f"{HERE}?{urlencode(self.pairs)}"

    def toggled(self, name: str, value: str) -> "SearchAsked":
        """The same with a facet's value added, or taken away where it is chosen."""
        facets = dict(self.facets)
        chosen = facets.get(name, ())
        facets[name] = tuple(each for each in chosen if each != value) if value in chosen else (*chosen, value)
        return replace(self, facets=tuple((each, facets[each]) for each in FACET_WORDS if facets.get(each)))

    def in_words(self, root: Any) -> list[tuple[Any, Any]]:
        """What is asked: label and words."""
        told = [(_("检索词"), self.typed)] if self.typed else []
        told += [(_("范围"), _("只找标题、文号和单位"))] if self.typed and self.head else []
        told += [
            (FACET_WORDS[name], listed(value_words(root, name, each) for each in several))
            for name, several in self.facets
        ]
        if self.since or self.until:
            told.append((_("日期"), f"{self.since or '…'} – {self.until or '…'}"))
        return told


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadDayError(text) from error


def value_words(root: Any, name: str, value: str) -> Any:
    """A facet's value in words; one that is unknown stands as it is."""
    if name == "unit":
        return words.unit_title(root, value)
    known = {"register": REGISTERS, "state": STATES, "urgency": URGENCIES.terms}.get(name, {})
    return known.get(value, value)


def _said(name: str) -> Any:
    return lambda hit: getattr(facts_of(hit.item), name)


RESULTS = RegisterPage(
    name="search",
    title=_("检索结果"),
    print_title=_("检索结果"),
    columns=(
        Column(_("字号"), _said("number"), look="number"),
        Column(_("标题"), _said("title"), look="main"),
        Column(_("发文单位"), _said("issuer")),
        Column(_("日期"), _said("day"), look="time"),
        Column(_("文种"), _said("kind")),
        Column(_("紧急程度"), _said("urgency"), look="urgency"),
        Column(_("状态"), _said("state")),
    ),
    filters=(),
    sort="newest",
    visible=(),
)
"""The results of a search as a register of its own, for paper and files."""


@dataclass(frozen=True)
class Results:
    """What a search finds for one person, gone through as :class:`Asked` goes through a register."""

    root: Any
    actor: Actor
    asked: SearchAsked
    page: RegisterPage = RESULTS

    @property
    def given(self) -> Mapping[str, str]:
        """What must be kept to ask again."""
        return {"address": self.asked.address}

    @property
    def sort(self) -> str:
        """The order."""
        return self.asked.order

    @cached_property
    def count(self) -> int:
        """How many there are, or at least; raises QueryError, BadDayError."""
        return search(self.root, self.asked.wanted, self.actor, limit=1).total.count

    @property
    def _wanted(self) -> Wanted:
        """The question; what is too much for the order of relevance comes in the order of days."""
        return replace(self.asked.wanted, order="newest") if self.count > FURTHEST else self.asked.wanted

    def rows(self, limit: int, after: Any = None) -> Rows:
        """Some of them in order."""
        found = search(self.root, self._wanted, self.actor, after=after, limit=limit)
        return Rows(found.hits, found.next)  # type: ignore[arg-type]  # A search's key is a text.

    def all_rows(self) -> Iterator[Any]:
        """All of them, in pieces."""
        found = self.rows(BATCH)
        yield from found.rows
        while found.next_key is not None:
            found = self.rows(BATCH, found.next_key)
            yield from found.rows

    def in_words(self) -> list[tuple[Any, Any]]:
        """What was asked: label and words."""
        return self.asked.in_words(self.root)


def page_named(name: str) -> RegisterPage:
    """A register page, or the results of a search; raises KeyError."""
    return RESULTS if name == RESULTS.name else PAGES[name]


def ask_again(name: str, actor: Actor, root: Any, given: Mapping[str, str]) -> Asked | Results | None:
    """What was asked of a page once, with the rights of now; None for one who may not see it any longer."""
    if name == RESULTS.name:
        return Results(root, actor, SearchAsked.of_address(given["address"]))
    page = PAGES.get(name)
    return ask(page, actor, root, given) if page is not None else None
