"""How a query is answered, in words for administrators: the way, the size of each term, why, and what it cost.

The way is the planner's own decision (:func:`govrepo.catalog.planner.decide`) and the cost is that of a real run, so what is
explained is what is done. Values are never told, since they may be words of a title: names and kinds of the terms only.
"""

from collections.abc import Container
from dataclasses import dataclass
from functools import singledispatch
from typing import Any as Anything

from govrepo.catalog import planner, sets
from govrepo.catalog.counting import CountedBy, counted_by
from govrepo.catalog.main import Main
from govrepo.catalog.planner import Decision, Found, Order, Way
from govrepo.catalog.query import All, And, Any, Eq, Not, Or, Query, Range, conjuncts
from govrepo.i18n import _

LARGEST_GUESS = 10_000
"""Sizes of terms are told up to this."""

WAYS = {
    Way.TEST: _("逐行核对最小的条件"),
    Way.WALK: _("沿排序索引走"),
    Way.ZONES: _("按位图逐块查找"),
    Way.SORT: _("求出全部再排序"),
}
COUNTS = {
    CountedBy.SIZE: _("登记簿自己的件数"),
    CountedBy.SET: _("行的集合"),
    CountedBy.BITMAP: _("位图"),
    CountedBy.MIXED: _("位图，没有位图的条件先化为位图"),
}


@dataclass(frozen=True)
class Term:
    """One term: its kind and index (``Eq state``) and how many rows it has; None if that cannot be guessed."""

    words: str
    size: int | None
    exact: bool


@dataclass(frozen=True)
class Plan:
    """How a page was found; ``why`` is a text. ``tested`` rows were looked at for ``shown`` of them."""

    sort: str
    reverse: bool
    decided: Way
    taken: Way
    terms: tuple[Term, ...]
    why: Anything
    tested: int
    shown: int
    counted: CountedBy

    @property
    def way_words(self) -> Anything:
        """The way taken, in words."""
        return WAYS.get(self.taken, str(self.taken))

    @property
    def counted_words(self) -> Anything:
        """What a count of the same query rests on, in words."""
        return COUNTS[self.counted]


def explain(main: Main, query: Query, order: Order, hidden: Container[int]) -> Plan:
    """Find a page and tell how."""
    decision = planner.decide(main, query, order)
    return plan(main, query, order, decision, planner.page(main, query, order, hidden))


def plan(main: Main, query: Query, order: Order, decision: Decision, found: Found) -> Plan:
    """What became of a decision."""
    return Plan(
        sort=order.sort,
        reverse=order.reverse,
        decided=decision.way,
        taken=found.way,
        terms=tuple(_term(each, main) for each in conjuncts(query)),
        why=_why(decision, found),
        tested=found.tested,
        shown=min(len(found.keys), order.limit),
        counted=counted_by(main, query),
    )


def _term(query: Query, main: Main) -> Term:
    size = sets.size(query, main, LARGEST_GUESS)
    if size >= sets.UNKNOWN:
        return Term(words(query), None, exact=False)
    return Term(words(query), min(size, LARGEST_GUESS), exact=size <= LARGEST_GUESS)


def _why(decision: Decision, found: Found) -> Anything:
    if decision.way is Way.TEST:
        return _(
            "最小的条件只有 ${rows} 行，不多于 ${bound} 行：逐行核对再排序最省。",
            mapping={"rows": decision.smallest, "bound": sets.SMALL},
        )
    if found.way is Way.ZONES:
        return _(
            "沿排序索引核对了 ${patience} 行还凑不满一页：改为从位图中，按排序所及最远的行块逐块查找。",
            mapping={"patience": decision.patience},
        )
    if found.way is Way.SORT and decision.way is Way.WALK:
        return _(
            "沿排序索引核对了 ${patience} 行还凑不满一页，说明符合的很少：改为求出全部再排序。",
            mapping={"patience": decision.patience},
        )
    if decision.smallest >= sets.UNKNOWN:
        return _("没有能估计行数的条件：沿排序索引走，凑满一页即止。")
    return _("每个条件都多于 ${bound} 行：沿排序索引走，凑满一页即止。", mapping={"bound": sets.SMALL})


@singledispatch
def words(query: Query) -> str:
    """A query by the kinds and index names of its terms, without values."""
    return type(query).__name__


@words.register(Eq)
@words.register(Any)
@words.register(All)
@words.register(Range)
def _leaf(query: Eq | Any | All | Range) -> str:
    return f"{type(query).__name__} {query.name}"


@words.register
def _not(query: Not) -> str:
    return f"Not ({words(query.query)})"


@words.register
def _several(query: And | Or) -> str:
    return f"{type(query).__name__} ({', '.join(words(term) for term in query.terms)})"
