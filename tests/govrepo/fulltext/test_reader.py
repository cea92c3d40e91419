"""The reader of the text index: what is found, who finds it, narrowed, counted, in order."""

import random
from collections import Counter
from pathlib import Path

import pytest

from govrepo.fulltext import Entry, Hit, Narrowed, Progress, Reader, Writer, matches, parse

_WORDS = (
    "防汛 通知 关于 印发 管理 办法 的 广东省 人民政府 办公厅 2013 〔2013〕5号 report Office 、 。 档案 處理 工作 汛期"
)


def entry(key: str, body: str, place: int, tokens: tuple[str, ...] = ("all",), title: str = "", **facets: str) -> Entry:
    return Entry(key, title, body, tokens, place, tuple(f"{name}={value}" for name, value in facets.items()))


@pytest.fixture
def reader(tmp_path: Path):
    writer = Writer(tmp_path)
    entries = [
        entry("a", "关于做好防汛工作的通知 粤府办〔2013〕5号", 1, kind="通知", year="2013"),
        entry("b", "关于抗旱工作的批复，含防汛", 2, ("secret", "few"), kind="批复", year="2013"),
        entry("c", "Annual Report 2013", 3, title="防汛", kind="通知", year="2014"),
    ]
    writer.write(entries, (), Progress("r", 7, 3))
    writer.close()
    return Reader(tmp_path)


def keys(reader: Reader, typed: str, before: int | None = None, **narrowed: object) -> list[str]:
    return [hit.key for hit in reader.newest(parse(typed), Narrowed(**narrowed), 50, before)]


def test_newest_first_with_permission_and_pages_by_place(reader: Reader):
    assert keys(reader, "防汛") == ["c", "b", "a"]
    assert keys(reader, "防汛", tokens=("all",)) == ["c", "a"]
    assert keys(reader, "防汛", tokens=("few", "other")) == ["b"]
    assert keys(reader, "防汛", tokens=()) == []
    assert keys(reader, "防汛", before=3) == ["b", "a"]
    assert reader.newest(parse("防汛"), Narrowed(), 1) == [Hit("c", 3)]


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({"groups": ({"facet": ("kind=通知",)},)}, ["c", "a"]),
        ({"groups": ({"facet": ("kind=通知", "kind=批复")}, {"facet": ("year=2013",)})}, ["b", "a"]),
        ({"groups": ({"facet": ("kind=通知",), "token": ("few",)},)}, ["c", "b", "a"]),
        ({"groups": ({"facet": (), "token": ()},)}, []),
        ({"low": 2}, ["c", "b"]),
        ({"high": 2}, ["b", "a"]),
        ({"low": 2, "high": 2}, ["b"]),
        ({"without": ("a", "x")}, ["c", "b"]),
    ],
)
def test_narrowed_by_facets_days_and_keys(reader: Reader, narrowed: dict[str, object], expected: list[str]):
    assert keys(reader, "防汛", **narrowed) == expected
    assert reader.count(parse("防汛"), Narrowed(**narrowed)) == len(expected)


def test_facets_count_what_is_found(reader: Reader):
    assert reader.facets(parse("防汛"), Narrowed()) == {"kind=通知": 2, "kind=批复": 1, "year=2013": 2, "year=2014": 1}
    assert reader.facets(parse("防汛"), Narrowed(tokens=("few",))) == {"kind=批复": 1, "year=2013": 1}
    assert reader.facets(parse("没有"), Narrowed()) == Counter()


@pytest.mark.parametrize("typed", ["[2013]5号", "【2013】5號", "(2013)", "办（２０１３"])
def test_a_number_however_written(reader: Reader, typed: str):
    """S-20."""
    assert keys(reader, typed) == ["a"]


def test_one_character_prefix_phrase_and_not(reader: Reader):
    assert keys(reader, "旱") == ["b"]
    assert keys(reader, "汛 -旱") == ["c", "a"]
    assert keys(reader, "repo") == ["c"]
    assert keys(reader, '"annual report"') == ["c"]
    assert keys(reader, '"report annual"') == []


def test_a_title_weighs_more_and_the_best_go_on_from_an_offset(reader: Reader):
    best = [hit.key for hit in reader.best(parse("防汛"), Narrowed(), 3)]
    assert best[0] == "c"
    assert [hit.key for hit in reader.best(parse("防汛"), Narrowed(), 3, offset=1)] == best[1:]
    assert [hit.key for hit in reader.best(parse("防汛"), Narrowed(tokens=("few",)), 3)] == ["b"]


def test_a_commit_is_seen_after_reload(tmp_path: Path):
    writer = Writer(tmp_path)
    reader = Reader(tmp_path)
    writer.write([entry("a", "防汛", 1)], (), Progress("r", 1, 1))
    assert keys(reader, "防汛") == []
    reader.reload()
    assert keys(reader, "防汛") == ["a"]
    assert reader.progress() == Progress("r", 1, 1)
    writer.close()


def test_every_substring_is_found_and_nothing_else(tmp_path: Path):
    """Recall and precision against plain comparison of texts, over generated documents."""
    chance = random.Random(5)  # noqa: S311 - repeatable texts, no secret
    texts = ["".join(chance.choices(_WORDS.split(), k=12)) for _ in range(300)]
    writer = Writer(tmp_path)
    writer.write([entry(str(at), text, at) for at, text in enumerate(texts)], (), Progress())
    writer.close()
    reader = Reader(tmp_path)
    for _ in range(200):
        text = chance.choice(texts)
        start = chance.randrange(len(text) - 4)
        part = text[start : start + chance.randint(2, 4)]
        typed = chance.choice(('"{}"', '"{}" -防汛', '"{}" 或 汛期')).format(part)
        if not any(character.isalnum() for character in part):
            continue
        expected = {str(at) for at, other in enumerate(texts) if matches(parse(typed), other)}
        assert {hit.key for hit in reader.newest(parse(typed), Narrowed(), 300)} == expected, typed
        assert "-" in typed or str(texts.index(text)) in expected
