"""Two texts are compared by paragraphs and inside them; nothing is lost in the comparison, and no text makes it slow."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govrepo.differences import MOST_CHARACTERS, Line, Piece, differences, same

TEXTS = st.text(alphabet="甲乙丙丁。\n", max_size=60)


def of(lines, *kinds):
    """One side of a comparison, put together again."""
    paragraphs = (
        "".join(piece.text for piece in line.pieces if piece.kind in kinds)
        for line in lines
        if line.kind in (*kinds, "changed")
    )
    return list(paragraphs)


def test_what_changed_inside_a_paragraph_is_marked_by_characters():
    lines = differences("各地要加强领导。\n落实责任。", "各地要切实加强领导。\n落实责任。")
    assert lines == [
        Line("changed", (Piece("same", "各地要"), Piece("in", "切实"), Piece("same", "加强领导。"))),
        Line("same", (Piece("same", "落实责任。"),)),
    ]


def test_a_paragraph_more_and_one_less():
    assert [line.kind for line in differences("甲\n乙", "甲\n丙丁\n乙")] == ["same", "in", "same"]
    assert [line.kind for line in differences("甲\n丙丁\n乙", "甲\n乙")] == ["same", "out", "same"]


def test_paragraphs_with_little_in_common_are_two_paragraphs():
    assert [line.kind for line in differences("加强组织领导", "明确时间安排")] == ["out", "in"]


def test_the_same():
    assert same(differences("甲\n乙", "甲\n乙"))
    assert same(differences("", ""))
    assert not same(differences("甲", "乙"))


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_a_comparison(old, new):
    lines = differences(old, new)
    assert of(lines, "same", "out") == old.splitlines()
    assert of(lines, "same", "in") == new.splitlines()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n" * 5_000, "\n" * 5_001),
        ("甲\n乙\n" * 220, "乙\n甲\n甲\n" * 150),
        ("\n".join("甲乙" * 500 for _ in range(60)), "\n".join("乙甲" * 500 for _ in range(60))),
        ("甲" * MOST_CHARACTERS + "乙", "甲" * MOST_CHARACTERS + "丙"),
    ],
)
def test_no_text_makes_a_comparison_slow(old, new):
    started = time.process_time()
    lines = differences(old, new)
    assert time.process_time() - started < 3
    assert of(lines, "same", "out") == old.splitlines()
    assert of(lines, "same", "in") == new.splitlines()
