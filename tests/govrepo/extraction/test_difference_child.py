"""The child's comparison, called directly."""

from govrepo.extraction.difference_child import main


def compare(one, other, most=10, longest=10):
    return main({"one": one, "other": other, "most": most, "longest": longest})


def test_shares_are_of_characters_not_of_sentences():
    assert compare(["长长的一句话。", "短。"], ["长长的一句话。", "断。"]) == {
        "ratio": 14 / 18, "passages": [["短。", "断。"]], "count": 1,
    }  # fmt: skip


def test_nothing_against_nothing_is_the_same():
    assert compare([], [])["ratio"] == 1
    assert compare(["甲"], [])["ratio"] == 0


def test_passages_are_clipped():
    assert compare(["一二三四五六七八九十甲"], ["乙"])["passages"] == [["一二三四五六七八九十…", "乙"]]
    assert len(compare(["甲", "同", "乙"], ["丙", "同", "丁"], most=1)["passages"]) == 1
