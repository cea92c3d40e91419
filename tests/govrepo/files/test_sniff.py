"""What a file is, is told by its content; the name is only compared."""

import builtins
import importlib
import sys

import pytest

from govrepo.files.sniff import EDITABLE, FileType, require_libmagic, sniff
from govrepo.sandbox import SandboxError
from tests import hostile


def test_a_file_is_looked_at_in_the_sandbox(tmp_path):
    found = sniff(hostile.make("plain", tmp_path), "扫描件.PDF")
    assert found == FileType("pdf")
    assert (found.mime, found.label_zh, found.editable, found.refusal_zh) == ("application/pdf", "PDF 文件", False, "")


def test_a_name_that_lies_is_reported(tmp_path):
    assert sniff(hostile.make("plain", tmp_path), "a.docx") == FileType("pdf", mismatch=True)
    assert sniff(hostile.make("plain", tmp_path), "pdf").mismatch is False
    assert sniff(hostile.make("plain", tmp_path), "noname").mismatch


def test_a_refused_file_says_why(tmp_path):
    found = sniff(hostile.make("zip-bomb", tmp_path), "a.docx")
    assert (found.code, found.refusal, found.refusal_zh) == ("unknown", "bomb", "压缩内容异常膨胀")
    assert found.mime == "application/octet-stream"


@pytest.mark.parametrize("kind", ["time", "memory", "crash", "failed"])
def test_a_file_that_cannot_be_looked_at_is_refused(tmp_path, monkeypatch, kind):
    def fails(_module, _arguments):
        raise SandboxError(kind)

    monkeypatch.setattr(sys.modules["govrepo.files.sniff"], "run", fails)
    assert sniff(tmp_path / "a", "a.txt").refusal == "unreadable"


def test_a_busy_machine_says_nothing_about_the_file(tmp_path, monkeypatch):
    def fails(_module, _arguments):
        raise SandboxError("busy")

    monkeypatch.setattr(sys.modules["govrepo.files.sniff"], "run", fails)
    with pytest.raises(SandboxError):
        sniff(tmp_path / "a", "a.txt")


def test_a_finding_can_be_kept():
    for found in (FileType("doc", macros=True), FileType("unknown", mismatch=True, refusal="html"), FileType("txt")):
        name = "a" if found.mismatch else f"a.{found.code}"
        assert FileType.of(found.encoded, name) == found


def test_the_editable_types_are_those_of_the_notice():
    assert {"txt", "doc", "docx", "wps", "odt", "rtf"} == EDITABLE
    assert FileType("wps").editable


def test_libmagic_is_there():
    require_libmagic()


def test_without_libmagic_the_start_names_the_package(monkeypatch):
    real = builtins.__import__

    def missing(name, *rest):
        if name == "magic":
            raise ImportError("failed to find libmagic")
        return real(name, *rest)

    monkeypatch.delitem(sys.modules, "magic", raising=False)
    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(RuntimeError, match="libmagic1"):
        require_libmagic()
