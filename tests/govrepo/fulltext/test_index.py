"""The writer of the text index: documents and progress in one commit, and what a crash leaves."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import tantivy

from govrepo.fulltext import Entry, Narrowed, Progress, Reader, Writer, parse
from govrepo.fulltext.index import opened, term


def entry(key: str, body: str, place: int) -> Entry:
    return Entry(key, "", body, ("all",), place)


def keys(folder: Path, typed: str) -> list[str]:
    return [hit.key for hit in Reader(folder).newest(parse(typed), Narrowed(), 50)]


@pytest.fixture
def writer(tmp_path: Path):
    made = Writer(tmp_path)
    yield made
    made.close()


def test_replaced_and_removed_in_one_commit_with_the_progress(writer: Writer, tmp_path: Path):
    writer.write([entry("a", "防汛", 1), entry("b", "防汛", 2)], (), Progress("r1", 1, 2))
    writer.write([entry("a", "换了", 1)], ["b"], Progress("r1", 7, 9))
    assert keys(tmp_path, "防汛") == []
    assert keys(tmp_path, "换了") == ["a"]
    assert writer.progress() == Reader(tmp_path).progress() == Progress("r1", 7, 9)


def test_an_empty_index_stands_nowhere(writer: Writer, tmp_path: Path):
    assert Reader(tmp_path).progress() == writer.progress() == Progress("", 0, 0)
    assert Progress("r", 1, 2).moved(3, 4) == Progress("r", 3, 4)


def test_an_index_of_another_version_stands_nowhere(writer: Writer, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("govrepo.fulltext.index.VERSION", 1)
    writer.write([], (), Progress("r", 5, 5))
    monkeypatch.undo()
    assert Reader(tmp_path).progress() == Progress()


def test_everything_is_forgotten_with_the_next_commit(writer: Writer, tmp_path: Path):
    writer.write([entry("a", "防汛", 1)], (), Progress("r", 5, 5))
    writer.clear()
    assert keys(tmp_path, "防汛") == ["a"]
    writer.write([entry("b", "防汛", 1)], (), Progress("r", 6, 0))
    assert keys(tmp_path, "防汛") == ["b"]


def test_an_index_of_another_schema_is_refused(tmp_path: Path):
    other = tantivy.SchemaBuilder().add_text_field("key").build()
    tantivy.Index(other, path=str(tmp_path))
    with pytest.raises(ValueError, match="schema"):
        opened(tmp_path)


def test_a_term_of_a_facet():
    assert term("year", 2013) == "year=2013"


def test_a_second_writer_is_refused(writer: Writer, tmp_path: Path):
    with pytest.raises(ValueError, match="Lock"):
        Writer(tmp_path)


def test_a_killed_writer_leaves_documents_and_position_of_its_last_commit(tmp_path: Path):
    script = (
        "import os, signal, sys; from pathlib import Path; from govrepo.fulltext.index import Entry, Progress, Writer, _document\n"
        "w = Writer(Path(sys.argv[1])); w.write([Entry('a', '', '防汛', (), 1)], (), Progress('r', 41, 0))\n"
        "w._writer.delete_documents_by_term('key', 'a'); w._writer.add_document(_document(Entry('b', '', '防汛', (), 2)))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert Reader(tmp_path).progress().position == 41
    assert keys(tmp_path, "防汛") == ["a"]
    again = Writer(tmp_path)
    again.write([entry("b", "防汛", 2)], (), Progress("r", 42, 0))
    again.close()
    assert keys(tmp_path, "防汛") == ["b", "a"]
