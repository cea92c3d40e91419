"""Bar charts drawn by the server: plain SVG without script, style or any colour of its own (strict CSP); the table behind says the same."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

WIDTH, HEIGHT = 720, 200
LEFT, RIGHT, TOP, BASE = 44, 8, 12, 176
GAP = 0.25
"""The share of a group's width that stays empty."""
LINES = 4
"""Lines across, above the base."""
STEPS = (1, 2, 2.5, 5, 10)


class Series(NamedTuple):
    """One row of bars: its name, and a value a group; None draws nothing."""

    words: Any
    values: Sequence[float | None]


class Bar(NamedTuple):
    """A rectangle; ``series`` is the number of its row from 1, ``words`` what it stands for."""

    x: float
    y: float
    width: float
    height: float
    series: int
    group: Any
    name: Any
    value: str


class Chart(NamedTuple):
    """Everything the template draws; ``key`` is the element's id."""

    key: str
    title: Any
    width: int
    height: int
    left: int
    right: int
    base: float
    bars: list[Bar]
    lines: list[tuple[float, str]]
    groups: list[tuple[float, Any]]
    names: list[tuple[int, Any]]


class Plot(NamedTuple):
    """Where values lie: so many groups of so many bars, up to a value at the top."""

    groups: int
    bars: int
    top: float

    @property
    def room(self) -> float:
        """The width of a group."""
        return (WIDTH - LEFT - RIGHT) / max(self.groups, 1)

    @property
    def width(self) -> float:
        """The width of a bar."""
        return self.room * (1 - GAP) / max(self.bars, 1)

    def x(self, group: int, bar: int) -> float:
        """Where a bar begins."""
        return LEFT + (group + GAP / 2) * self.room + bar * self.width

    def middle(self, group: int) -> float:
        """The middle of a group."""
        return LEFT + (group + 0.5) * self.room

    def height(self, value: float) -> float:
        """How high a value stands."""
        return (BASE - TOP) * value / self.top


def chart(key: str, title: Any, groups: Sequence[Any], series: Sequence[Series], top: float = 0) -> Chart:
    """A chart of one group of bars for each label, one bar for each series in it; it ends at ``top``, or where its values want it."""
    top = top or ceiling(max((value or 0 for each in series for value in each.values), default=0))
    plot = Plot(len(groups), len(series), top)
    marks = [top * line / LINES for line in range(LINES + 1)]
    return Chart(
        key=key,
        title=title,
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        base=BASE,
        bars=list(_bars(plot, groups, series)),
        lines=[(BASE - plot.height(mark), said(mark)) for mark in marks],
        groups=[(plot.middle(place), label) for place, label in enumerate(groups)],
        names=[(number, each.words) for number, each in enumerate(series, 1)],
    )


def _bars(plot: Plot, groups: Sequence[Any], series: Sequence[Series]) -> Iterator[Bar]:
    for place, label in enumerate(groups):
        for number, each in enumerate(series):
            value = each.values[place]
            if value:
                x, height = round(plot.x(place, number), 1), round(plot.height(value), 1)
                yield Bar(x, BASE - height, round(plot.width, 1), height, number + 1, label, each.words, said(value))


def ceiling(value: float) -> float:
    """A round number not below a value, which the lines divide well; 4 for nothing."""
    if value <= LINES:
        return LINES
    power = 10 ** (len(str(int(value))) - 1)
    return next(step * power for step in STEPS if step * power >= value)


def said(value: float) -> str:
    """A number as it stands at a line or a bar: whole, or with one place."""
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"
