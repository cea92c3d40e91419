"""The collector of benchmarks: what it takes for a result, and what it makes of a failure."""

import json
from pathlib import Path

import pytest

from benchmarks import run

GOOD = 'print("talk")\nprint(\'{"name": "n", "value": 12.5, "unit": "ms", "budget": 50}\')\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "benchmarks"
    here.mkdir()
    for name in ("run", "_helper"):
        (here / f"{name}.py").write_text("raise SystemExit('not a benchmark')")
    (here / "good.py").write_text(GOOD)
    monkeypatch.setattr(run, "HERE", here)
    return here


def test_results_are_collected_with_every_field(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert run.main([]) == 0
    assert json.loads((folder / "results.json").read_text()) == [
        {"name": "n", "value": 12.5, "unit": "ms", "budget": 50, "peer": None, "ratio": None}
    ]
    out = capsys.readouterr().out
    assert "--- good\ntalk\n" in out
    assert "12.5 ms" in out
    assert "budget 50" in out


def test_a_failing_benchmark_fails_the_run_but_not_the_others(folder: Path, capsys: pytest.CaptureFixture[str]):
    (folder / "bad.py").write_text("raise SystemExit(3)")
    assert run.main([]) == 1
    assert len(json.loads((folder / "results.json").read_text())) == 1
    assert "FAILED: bad" in capsys.readouterr().out


def test_benchmarks_can_be_chosen_by_name(folder: Path):
    (folder / "other.py").write_text(GOOD)
    assert [path.stem for path in run.scripts(folder)] == ["good", "other"]
    assert [path.stem for path in run.scripts(folder, ["other"])] == ["other"]
    with pytest.raises(SystemExit, match="No such benchmark: gone"):
        run.scripts(folder, ["gone"])


@pytest.mark.parametrize("line", ['{"name": "n", "value": 1}', '{"name": "n", "value": 1, "unit": "s", "extra": 2}'])
def test_a_result_with_wrong_fields_is_refused(line: str):
    with pytest.raises(ValueError, match="missing"):
        run.result(line)
