"""Titles in lines."""

from govrepo.typeset.title import lines


def test_a_short_title_is_one_line():
    assert lines("关于放假的通知") == ["关于放假的通知"]


def test_a_typed_break_is_kept():
    assert lines("广东省人民政府\n关于放假的通知") == ["广东省人民政府", "关于放假的通知"]
