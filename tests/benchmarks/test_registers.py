"""The benchmark of registers at a tiny size: govrepo and SQLite alone, as nothing must be installed; all questions, warm and cold."""

import json
from pathlib import Path

import pytest

from benchmarks import registers, run
from benchmarks._registers_entries import KINDS_OF_QUESTIONS, before, entries, is_late, is_new, questions


def test_both_answer_every_question_alike_and_every_figure_is_a_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("REGISTERS_SIZES", "300")
    monkeypatch.setenv("REGISTERS_SYSTEMS", "govrepo,sqlite")
    monkeypatch.setenv("REGISTERS_FOLDER", str(tmp_path / "kept"))
    registers.main()
    found = [each for each in map(run.result, capsys.readouterr().out.splitlines()) if each]
    names = {each["name"] for each in found}
    for words in KINDS_OF_QUESTIONS.values():
        assert {f"registers 300: {words}, warm", f"registers 300: {words}, cold"} <= names
    assert all(each["ratio"] is not None for each in found if each["name"].endswith(("warm", "cold")))
    assert (tmp_path / "kept/sqlite-300/built").exists()


def test_systems_that_answer_differently_end_the_run():
    registers.compare("number", {"govrepo": [[1], [2]], "sqlite": [[1], [2]]})
    with pytest.raises(AssertionError, match="number, set 1: govrepo and sqlite"):
        registers.compare("number", {"govrepo": [[1], [2]], "sqlite": [[1], [3]]})


def test_entries_are_the_same_every_time_and_rise_in_time():
    made = list(entries(200))
    assert made == list(entries(200))
    assert [each.at for each in made] == sorted({each.at for each in made})
    assert all(len(each.allowed) + 3 >= 7 and len(each.allowed) <= 13 for each in made)
    assert json.dumps([question.number for question in questions(200)], ensure_ascii=False).count("〔") == 12


def test_some_entries_are_late_and_were_otherwise_before():
    late = [each for each in entries(200) if is_late(each, 200)]
    changed = [each for each in late if not is_new(each, 200)]
    assert 15 <= len(changed) <= 20
    assert len(late) - len(changed) == 20
    assert all(before(each)["state"] != each.state for each in changed)
