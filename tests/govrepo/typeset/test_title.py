"""Titles are broken where a reader would break them."""

import pytest

from govrepo.typeset.title import lines

BROKEN = [
    ("关于放假的通知",),
    ("广东省人民政府关于进一步", "加强全省电子公文交换工作的通知"),
    ("关于印发《广东省电子公文", "交换系统使用管理规定》的通知"),
    ("国务院办公厅关于转发", "《电子公文传输管理办法》", "《公文交换系统规范》的通知"),
    ("广东省人民政府办公厅", "转发省发展改革委关于2013年深化", "经济体制改革重点工作意见的通知"),
]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_title_is_broken_between_words(broken: tuple[str, ...]):
    assert lines("".join(broken)) == list(broken)


def test_a_typed_break_is_kept_and_blanks_go():
    assert lines(" 广东省人民政府 \n\n关于放假的通知") == ["广东省人民政府", "关于放假的通知"]
    assert lines("") == lines(" \n ") == []


@pytest.mark.parametrize(
    "title", ["题" * 500, "A" * 500, "《" * 30, "的" * 45, "2013" * 20, "关于印发《" + "办" * 60 + "》的通知"]
)
def test_no_line_is_wider_than_the_page_and_no_character_is_lost(title: str):
    broken = lines(title)
    assert "".join(broken) == title
    assert all(sum(0.6 if char.isascii() else 1 for char in line) <= 20.01 for line in broken)


@pytest.mark.parametrize("length", range(20, 70, 7))
def test_no_line_begins_or_ends_with_the_wrong_sign(length: int):
    title = ("关于《办法》、《规定》和“一事一办”的若干意见，" * 5)[:length]
    broken = lines(title)
    assert not [line for line in broken[1:] if line[0] in "》”、，"]
    assert not [line for line in broken[:-1] if line[-1] in "《“"]
