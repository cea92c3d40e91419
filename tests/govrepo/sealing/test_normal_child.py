"""The child's side of rewriting."""

import pikepdf

from govrepo.sealing.normal_child import main
from tests import hostile
from tests.sealing import slotted


def answer(folder, content):
    (folder / "a.pdf").write_bytes(content)
    return main({"source": str(folder / "a.pdf"), "target": str(folder / "b.pdf")})


def test_the_pages_stay(tmp_path):
    assert answer(tmp_path, slotted()) == ""
    with pikepdf.open(tmp_path / "b.pdf") as document:
        assert len(document.pages) == 4


def test_sealed_and_encrypted_files_are_named(tmp_path, one):
    assert answer(tmp_path, one.content) == "filled"
    assert answer(tmp_path, hostile.MAKERS["needs-password"]()) == "encrypted"
    assert answer(tmp_path, hostile.MAKERS["owner-password"]()) == "encrypted"
    assert not (tmp_path / "b.pdf").exists()
