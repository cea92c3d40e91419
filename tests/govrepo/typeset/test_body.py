"""The levels of a plain text."""

import pytest

from govrepo.typeset.body import heading, levels


def test_the_four_levels_are_told_by_their_numbering():
    text = "为此通知如下：\n一、总则\n（一）分则\n(十二)分则\n1. 事项\n（1）小项\n\n　　1.5万人参加。\n一是抓紧。"
    assert [level for level, _ in levels(text)] == [0, 1, 2, 2, 3, 4, 0, 0]


def test_lines_lose_their_margins_and_empty_ones_go():
    assert levels("　　一、总则 \r\n\n \n正文") == [(1, "一、总则"), (0, "正文")]


@pytest.mark.parametrize(
    ("level", "words", "split"),
    [
        (1, "一、总则", ("一、总则", "")),
        (1, "一、总则。", ("一、总则。", "")),
        (1, "一、总则。各单位要落实。", ("一、总则。", "各单位要落实。")),
        (0, "各单位。要落实。", ("", "各单位。要落实。")),
        (1, "一、" + "长" * 60 + "。", ("", "一、" + "长" * 60 + "。")),
    ],
)
def test_a_heading_ends_with_its_line_or_its_first_sentence(level, words, split):
    assert heading(level, words) == split
