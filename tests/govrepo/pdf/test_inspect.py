"""A PDF is looked through in the sandbox, and whatever it is, there is a result in time."""

import sys
import time

import pytest

from govrepo.pdf import Inspection, inspect
from govrepo.sandbox import SandboxError
from tests import hostile

inspecting = sys.modules["govrepo.pdf.inspect"]

FOUND = {
    "plain": Inspection(ok=True, pages=1, has_text=True),
    "javascript": Inspection(
        ok=True,
        pages=1,
        has_text=True,
        active_content=("additional-actions", "javascript", "launch", "open-action"),
    ),
    "embedded-file": Inspection(ok=True, pages=1, has_text=True, active_content=("embedded-file",)),
    "signature-fields": Inspection(ok=True, pages=1, has_text=True, signatures=("Seal",)),
    "owner-password": Inspection(ok=True, pages=1, has_text=True, encrypted=True),
    "needs-password": Inspection(ok=False, encrypted=True, error="needs-password"),
    "huge-page": Inspection(ok=True, pages=1, has_text=True),
    "image-bomb": Inspection(ok=True, pages=1),
    "flate-bomb": Inspection(ok=True, pages=1),
    "double-flate-bomb": Inspection(ok=True, pages=1),
    "cyclic-tree": Inspection(ok=False, error="failed"),
    "amplified-tree": Inspection(ok=False, error="failed"),
    "truncated": Inspection(ok=False, error="failed"),
    "garbage": Inspection(ok=False, error="failed"),
    "empty": Inspection(ok=False, error="failed"),
    "html-as-pdf": Inspection(ok=False, error="failed"),
}


@pytest.mark.parametrize("name", FOUND)
def test_each_sample_gives_its_result_in_time(tmp_path, name):
    started = time.monotonic()
    assert inspect(hostile.make(name, tmp_path)) == FOUND[name]
    assert time.monotonic() - started < 25


def test_a_scan_has_no_text(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(hostile.pdf("", ""))
    assert inspect(path) == Inspection(ok=True, pages=2)


def answers(monkeypatch, function: str, kind: str):
    def fails(*_arguments, **_options):
        raise SandboxError(kind)

    monkeypatch.setattr(inspecting, function, fails)


def test_a_file_beyond_the_limits_is_a_result(tmp_path, monkeypatch):
    answers(monkeypatch, "run", "memory")
    assert inspect(tmp_path / "a.pdf") == Inspection(ok=False, error="memory")


def test_text_beyond_the_limits_is_no_text(tmp_path, monkeypatch):
    answers(monkeypatch, "text", "time")
    assert inspect(hostile.make("plain", tmp_path)) == Inspection(ok=True, pages=1, has_text=False)


@pytest.mark.parametrize("function", ["run", "text"])
def test_a_busy_machine_is_no_result(tmp_path, monkeypatch, function):
    answers(monkeypatch, function, "busy")
    with pytest.raises(SandboxError):
        inspect(hostile.make("plain", tmp_path))
