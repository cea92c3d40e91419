"""The index beside the database: what is found, who finds it, and what a crash leaves."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from govrepo.fulltext.index import Entry, Reader, Writer
from govrepo.fulltext.query import matches, parse

_WORDS = (
    "防汛 通知 关于 印发 管理 办法 的 广东省 人民政府 办公厅 2013 〔2013〕5号 report Office 、 。 档案 處理 工作 汛期"
)


def entry(key: str, body: str, place: int, tokens: tuple[str, ...] = ("all",), title: str = "") -> Entry:
    return Entry(key, title, body, tokens, place)


@pytest.fixture
def filled(tmp_path: Path):
    writer = Writer(tmp_path)
    entries = [
        entry("a", "关于做好防汛工作的通知 粤府办〔2013〕5号", 1),
        entry("b", "关于抗旱工作的批复，含防汛", 2, ("secret",)),
        entry("c", "Annual Report 2013", 3, title="防汛"),
    ]
    writer.write(entries, (), 7)
    yield writer
    writer.close()


def keys(folder: Path, typed: str, tokens: tuple[str, ...] | None = None, before: int | None = None) -> list[str]:
    return Reader(folder).newest(parse(typed), tokens, 50, before)


def test_newest_first_with_permission_and_pages_by_key(filled, tmp_path: Path):
    assert keys(tmp_path, "防汛") == ["c", "b", "a"]
    assert keys(tmp_path, "防汛", ("all",)) == ["c", "a"]
    assert keys(tmp_path, "防汛", ()) == []
    assert keys(tmp_path, "防汛", None, before=3) == ["b", "a"]


@pytest.mark.parametrize("typed", ["[2013]5号", "【2013】5號", "(2013)", "办（２０１３"])
def test_a_number_however_written(filled, tmp_path: Path, typed: str):
    """S-20."""
    assert keys(tmp_path, typed) == ["a"]


def test_one_character_prefix_phrase_and_not(filled, tmp_path: Path):
    assert keys(tmp_path, "旱") == ["b"]
    assert keys(tmp_path, "汛 -旱") == ["c", "a"]
    assert keys(tmp_path, "repo") == ["c"]
    assert keys(tmp_path, '"annual report"') == ["c"]
    assert keys(tmp_path, '"report annual"') == []


def test_a_title_weighs_more(filled, tmp_path: Path):
    assert Reader(tmp_path).best(parse("防汛"), None, 3)[0] == "c"


def test_replaced_removed_and_seen_after_reload(filled, tmp_path: Path):
    reader = Reader(tmp_path)
    filled.write([entry("a", "换了", 1)], ["b"], 8)
    reader.reload()
    assert reader.newest(parse("工作"), None, 9) == []
    assert reader.newest(parse("换了"), None, 9) == ["a"]
    assert reader.position() == 8


def test_a_second_writer_is_refused(filled, tmp_path: Path):
    with pytest.raises(ValueError, match="Lock"):
        Writer(tmp_path)


def test_a_killed_writer_leaves_documents_and_position_of_its_last_commit(tmp_path: Path):
    script = (
        "import os, signal, sys; from pathlib import Path; from govrepo.fulltext.index import Entry, Writer, _document\n"
        "w = Writer(Path(sys.argv[1])); w.write([Entry('a', '', '防汛', (), 1)], (), 41)\n"
        "w._writer.delete_documents_by_term('key', 'a'); w._writer.add_document(_document(Entry('b', '', '防汛', (), 2)))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert Reader(tmp_path).position() == 41
    assert keys(tmp_path, "防汛") == ["a"]
    again = Writer(tmp_path)
    again.write([entry("b", "防汛", 2)], (), 42)
    again.close()
    assert keys(tmp_path, "防汛") == ["b", "a"]


def test_every_substring_is_found_and_nothing_else(tmp_path: Path):
    """Recall and precision against plain comparison of texts, over generated documents."""
    chance = random.Random(5)  # noqa: S311 - repeatable texts, no secret
    texts = ["".join(chance.choices(_WORDS.split(), k=12)) for _ in range(300)]
    writer = Writer(tmp_path)
    writer.write([entry(str(at), text, at) for at, text in enumerate(texts)], (), 1)
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
        assert set(reader.newest(parse(typed), None, 300)) == expected, typed
        assert "-" in typed or str(texts.index(text)) in expected
