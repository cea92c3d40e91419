"""Bars: where each stands, and what it says."""

import pytest

from views.charts import HEIGHT, WIDTH, Series, ceiling, chart, said


@pytest.mark.parametrize(
    ("value", "top"),
    [(0, 4), (3, 4), (4, 4), (5, 5), (10, 10), (11, 20), (21, 25), (99, 100), (101, 200), (2501, 5000)],
)
def test_the_axis_ends_at_a_round_number(value, top):
    assert ceiling(value) == top


def test_bars_are_as_high_as_their_values_and_stand_side_by_side():
    made = chart("c", "标题", ["1月", "2月"], [Series("收到", [10, 5]), Series("退文", [None, 2.5])])
    heights = {(bar.group, bar.name): bar.height for bar in made.bars}
    assert set(heights) == {("1月", "收到"), ("2月", "收到"), ("2月", "退文")}, "nothing is drawn for none"
    assert heights["1月", "收到"] == 2 * heights["2月", "收到"] == 4 * heights["2月", "退文"]
    assert all(bar.y + bar.height == made.base for bar in made.bars)
    first, second = (bar for bar in made.bars if bar.group == "2月")
    assert second.x >= first.x + first.width
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH and 0 <= bar.y <= HEIGHT for bar in made.bars)
    assert [words for _y, words in made.lines] == ["0", "2.5", "5", "7.5", "10"]


def test_a_chart_of_nothing_is_empty():
    made = chart("c", "标题", [], [Series("收到", [])])
    assert made.bars == []
    assert said(2.0) == "2"
    assert said(2.25) == "2.2"


def test_shares_end_at_a_hundred():
    made = chart("c", "标题", ["1月"], [Series("查收率", [1.2])], top=100)
    assert made.lines[-1][1] == "100"
