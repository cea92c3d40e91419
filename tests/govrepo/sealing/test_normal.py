"""A scanner's file is rewritten before its first seal, and never after."""

import io
import sys

import pikepdf
import pytest
from PIL import Image

from govrepo import clock
from govrepo.sandbox import SandboxError
from govrepo.sealing import SealingError, normalised, seal, verify
from tests import hostile
from tests.sealing import digest, slotted

normalising = sys.modules["govrepo.sealing.normal"]


def scanned():
    """A page as scanners write it: its table of objects is one that a strict reader refuses."""
    body = io.BytesIO()
    Image.new("L", (200, 300), 255).save(body, "PDF")
    return body.getvalue()


def refused(folder, content):
    (folder / "a.pdf").write_bytes(content)
    with pytest.raises(SealingError) as caught:
        normalised(folder / "a.pdf", folder / "b.pdf")
    assert [each.name for each in folder.iterdir()] == ["a.pdf"]
    return caught.value.kind


def test_a_file_that_strictness_refuses_is_sealed_after_it_was_rewritten(office, tmp_path):
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    with pikepdf.open(io.BytesIO(scanned())) as scan, pikepdf.open(io.BytesIO(slotted(pages=1))) as places:
        assert len(scan.pages) == len(places.pages)
    spoilt = slotted().replace(b"0000000000 65535 f", b"0000000000 65536 f")
    source.write_bytes(spoilt)
    with pytest.raises(SealingError) as caught:
        seal(source, tmp_path / "c.pdf", office.hand(), 0, 1, sha256=digest(source))
    assert caught.value.kind == "unreadable"
    normalised(source, target)
    seal(target, tmp_path / "c.pdf", office.hand(), 0, 1, sha256=digest(target))
    assert verify(tmp_path / "c.pdf", office.trust(), clock.now()).verdict == "good"


def test_the_same_file_is_rewritten_alike(tmp_path):
    (tmp_path / "a.pdf").write_bytes(scanned())
    normalised(tmp_path / "a.pdf", tmp_path / "b.pdf")
    normalised(tmp_path / "a.pdf", tmp_path / "c.pdf")
    assert digest(tmp_path / "b.pdf") == digest(tmp_path / "c.pdf")


def test_a_sealed_file_is_left_alone(one, tmp_path):
    assert refused(tmp_path, one.content) == "filled"


@pytest.mark.parametrize(
    ("name", "kind"), [("needs-password", "encrypted"), ("owner-password", "encrypted"), ("garbage", "unreadable")]
)
def test_what_cannot_be_rewritten_is_refused(tmp_path, name, kind):
    assert refused(tmp_path, hostile.MAKERS[name]()) == kind


def test_a_busy_machine_is_no_answer(tmp_path, monkeypatch):
    def busy(*_arguments):
        raise SandboxError("busy")

    monkeypatch.setattr(normalising, "run", busy)
    with pytest.raises(SandboxError):
        normalised(tmp_path / "a.pdf", tmp_path / "b.pdf")
