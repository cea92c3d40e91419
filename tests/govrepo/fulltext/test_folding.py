"""One written form for texts and searches (S-20)."""

import pytest

from govrepo.fulltext.folding import fold, pairs


@pytest.mark.parametrize("number", ["粤府办[2013]5号", "粤府办【2013】5号", "粤府办(2013)5号", "粤府办（２０１３）5號"])
def test_brackets_width_and_traditional_characters_of_a_number_are_one(number: str):
    assert fold(number) == fold("粤府办〔2013〕5号")


def test_each_bracket_keeps_its_side():
    assert fold("[【({〔「") == "〔" * 6
    assert fold("]】)}〕」］") == "〕" * 7


def test_broken_lines_join_chinese_and_part_latin():
    assert fold("关于\n防汛 工作") == "关于防汛工作"
    assert fold("Annual  Report") == "annual␣report"
    assert fold("Annual  Report") != fold("AnnualReport")


def test_what_is_not_written_goes():
    assert fold("防\u200b汛\x00") == "防汛"


def test_pairs_end_with_the_last_character():
    assert pairs("防汛通") == ["防汛", "汛通", "通"]
    assert pairs("") == []
