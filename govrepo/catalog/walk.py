"""Walking a sort index in order from any place, in either direction, without building the result first.

A walk yields *keys*: pairs of sort value and row number. It costs what it yields, whatever the size of the register:
the stock sort of repoze.catalog takes 150 ms for the newest 50 of 100,000 entries, a walk about 0.02 ms.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govrepo.catalog.declaration import LAST_CHARACTER
from govrepo.catalog.query import Range

Key = tuple[Any, int]
"""A sort value (int, str or None) and a row."""

MAX_ROW = 2**31 - 1
WINDOW = 64


@dataclass(frozen=True)
class Span:
    """The part of a sort index that a walk may visit: both ends belong to it, None leaves an end open."""

    low: Any = None
    high: Any = None
    missing: bool = True

    def holds(self, value: Any) -> bool:
        """Whether a sort value lies in the span."""
        return self.missing if value is None else Range("", self.low, self.high).holds(value)


def rank(key: Key) -> tuple[bool, Any, int]:
    """What orders keys: missing values first, then by value, then by row."""
    value, row = key
    return (value is not None, value, row)


def ascending(forward: Any, span: Span, after: Key | None) -> Iterator[Key]:
    """Keys of a forward index from the smallest on, beyond ``after``."""
    value, row = after or (None, 0)
    if span.holds(value):
        yield from ((value, each) for each in forward.get(value, _NO_ROWS).keys(row, None, excludemin=True))
    begun = value is not None and (span.low is None or value >= span.low)
    for above, rows in forward.items(value if begun else span.low, span.high, excludemin=begun):
        if above is not None:
            yield from ((above, each) for each in rows)


def descending(forward: Any, span: Span, after: Key | None) -> Iterator[Key]:
    """Keys of a forward index from the largest on, beyond ``after``."""
    top = _highest(forward, span.high)
    if after is not None and span.holds(after[0]):
        yield from _down(forward.get(after[0]), *after)
    if after is not None and after[0] is not None and top is not None and after[0] <= top:
        top = _next_below(forward, after[0])
    if after is None or after[0] is not None:
        for value, rows in _postings_down(forward, span.low, top):
            last = rows.maxKey()
            yield value, last
            if rows.minKey() != last:
                yield from _down(rows, value, last)
        if span.missing:
            yield from _down(forward.get(None), None, MAX_ROW)


class _NoRows:
    """The empty posting."""

    def keys(self, *_args: Any, **_options: Any) -> tuple[int, ...]:
        return ()


_NO_ROWS = _NoRows()


def _down(rows: Any, value: Any, below: int) -> Iterator[Key]:
    """One value's keys with smaller rows than ``below``, from the largest on. A BTree has no backward iteration."""
    while rows is not None:
        try:
            below = rows.maxKey(below - 1)
        except ValueError:
            return
        yield value, below


def _postings_down(forward: Any, low: Any, top: Any) -> Iterator[tuple[Any, Any]]:
    """Values and their rows from ``top`` down to ``low``, without the missing ones.

    Whole numbers come in windows, each read forwards at a stroke: four times as fast as value by value.
    """
    width = WINDOW
    while top is not None and (low is None or top >= low):
        if isinstance(top, int):
            window, width = _window(forward, low, top, width)
            yield from reversed(window)
            top = _highest(forward, window[0][0] - 1)
        else:
            yield top, forward[top]
            top = _next_below(forward, top)


def _window(forward: Any, low: int | None, top: int, width: int) -> tuple[list[tuple[int, Any]], int]:
    """The values from ``top`` down over about ``width`` numbers, and the width that suits the next window."""
    bottom = top - width if low is None else max(low, top - width)
    items = forward.items(bottom, top)
    while _exceeds(items, 4 * WINDOW):
        width //= 4
        bottom = top - width
        items = forward.items(bottom, top)
    window = list(items)
    return window, width * 4 if len(window) < WINDOW // 2 else width


def _exceeds(items: Any, bound: int) -> bool:
    """Whether there are more than ``bound`` items, without counting further."""
    try:
        items[bound]
    except IndexError:
        return False
    return True


def _highest(forward: Any, bound: Any) -> Any:
    """The largest value not above a bound; None if only missing values are left."""
    try:
        return forward.maxKey() if bound is None else forward.maxKey(bound)
    except ValueError:
        return None


def _next_below(forward: Any, value: int | str) -> Any:
    """The largest value below another; None if only missing values are left."""
    if isinstance(value, int):
        return _highest(forward, value - 1)
    if not value:
        return None
    last = ord(value[-1])
    return _highest(forward, value[:-1] + (chr(last - 1) + LAST_CHARACTER * 8 if last else ""))
