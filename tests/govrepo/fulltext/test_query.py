"""What may be typed into the search box."""

import pytest

from govrepo.fulltext.query import Branch, QueryError, matches, parse


def test_words_must_all_occur():
    assert parse("防汛 通知").branches == (Branch(("防汛", "通知"), ()),)
    assert parse("防汛 AND 通知") == parse("防汛 且 通知") == parse("防汛 通知")


@pytest.mark.parametrize(
    "typed", ["防汛 NOT 通知", "防汛 非 通知", "防汛 -通知", "防汛 AND NOT 通知", "防汛 NOT -通知"]
)
def test_excluded(typed: str):
    assert parse(typed).branches == (Branch(("防汛",), ("通知",)),)


def test_alternatives():
    assert parse("防汛 或 抗旱 -通知").branches == (Branch(("防汛",), ()), Branch(("抗旱",), ("通知",)))


def test_quotes_keep_words_and_operators_together():
    assert parse('"Annual NOT Report"').branches == (Branch(("annual␣not␣report",), ()),)
    assert parse("“防汛 通知”").branches == (Branch(("防汛通知",), ()),)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "请输入"),
        ("   ", "请输入"),
        ('"防汛', "引号"),
        ("防汛 OR", "两边"),
        ("OR 防汛", "两边"),
        ("防汛 NOT", "后面"),
        ("-防汛", "排除"),
        ("防汛 ，", "至少"),
        ('""', "至少"),
        ("汛" * 201, "超过"),
        ("汛 " * 21, "超过"),
    ],
)
def test_refused_with_words(typed: str, why: str):
    with pytest.raises(QueryError) as refused:
        parse(typed)
    assert why in refused.value.words


@pytest.mark.parametrize("typed", ["title:防汛", "body:*", "[a TO b]", "防汛^9", "a\\", "(((", "+防汛"])
def test_no_engine_syntax(typed: str):
    """Marks of engines' languages are characters like others, or refused."""
    try:
        query = parse(typed)
    except QueryError:
        return
    assert matches(query, f"前{typed}后")


def test_matches_without_an_index():
    query = parse("防汛 -通知 或 [2013]5号")
    assert matches(query, "关于防\n汛工作")
    assert not matches(query, "关于防汛工作的通知")
    assert matches(query, "粤府办〔2013〕5号通知")
    assert not matches(query, "粤府办〔2013〕15号")
