"""Two texts are compared in bounded time, whatever they are."""

import time

import pytest

from govrepo.extraction.difference import difference
from govrepo.sandbox import SandboxError


def test_what_is_the_same():
    assert difference(["甲。", "乙。"], ["甲。", "乙。"]).ratio == 1
    assert difference([], []) == difference(["甲。"], ["甲。"])


def test_where_they_differ():
    found = difference(["甲。", "五十万元。", "丙。"], ["甲。", "五百万元。", "丙。", "丁。"])
    assert found.passages == (("五十万元。", "五百万元。"), ("", "丁。"))
    assert found.count == 2
    assert found.ratio == pytest.approx(2 * 4 / (9 + 11))


def test_little_is_kept():
    found = difference(
        [f"{number}甲" for number in range(40)], [f"{number}乙" for number in range(40)], most=3, longest=5
    )
    assert [len(each) for each in found.passages[0]] == [6, 6]
    assert found.count == 1


def test_what_takes_too_long_is_given_up():
    """Sentences that are all alike but for every second one: quadratic, at every step anew."""
    one = ["同" if number % 2 else f"甲{number}" for number in range(60_000)]
    other = ["同" if number % 2 else f"乙{number}" for number in range(60_000)]
    started = time.monotonic()
    with pytest.raises(SandboxError, match="time"):
        difference(one, other)
    assert time.monotonic() - started < 40
