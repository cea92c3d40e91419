"""The levels of a plain text."""

import pytest

from govrepo.typeset.body import heading, is_chapter, levels


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
        (2, "（一）指定专人；", ("", "（一）指定专人；")),
        (0, "第一条 为了示例。", ("第一条", "为了示例。")),
        (0, "第二十条　为了示例。", ("第二十条", "为了示例。")),
        (0, "第一条规定的情形。", ("", "第一条规定的情形。")),
        (1, "一、" + "长" * 60 + "。", ("", "一、" + "长" * 60 + "。")),
    ],
)
def test_a_heading_ends_with_its_line_or_its_first_sentence(level, words, split):
    assert heading(level, words) == split


@pytest.mark.parametrize(
    ("words", "chapter"),
    [
        ("第一章 总则", True),
        ("第二节　附则", True),
        ("第一章规定的情形", False),
        ("第一章 按规定办理。", False),
        ("总则", False),
    ],
)
def test_a_chapter_is_told_by_its_number(words: str, chapter: bool):
    assert is_chapter(words) is chapter
