"""The child's walk through a PDF, called directly on samples that do no harm."""

import io

import pikepdf
import pytest
from pypdf import PdfReader
from pypdf.errors import PdfReadError, PyPdfError

from govrepo.pdf import inspect_child
from tests import hostile


def look(path) -> dict:
    return inspect_child.main({"path": str(path)})


def test_a_plain_file(tmp_path):
    assert look(hostile.make("plain", tmp_path)) == {
        "pages": 1,
        "encrypted": False,
        "active_content": [],
        "signatures": [],
        "error": "",
    }


def test_active_content_and_signatures_are_named(tmp_path):
    assert look(hostile.make("javascript", tmp_path))["active_content"][1] == "javascript"
    assert look(hostile.make("signature-fields", tmp_path))["signatures"] == ["Seal"]


def test_active_content_deep_inside_an_object_and_in_object_streams(tmp_path):
    path = tmp_path / "deep.pdf"
    with pikepdf.open(io.BytesIO(hostile.pdf())) as document:
        action = pikepdf.Dictionary(S=pikepdf.Name.Launch)
        document.Root.Deep = pikepdf.Array([pikepdf.Array([pikepdf.Dictionary(Next=action)])])
        document.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert look(path)["active_content"] == ["launch"]


def test_passwords(tmp_path):
    assert look(hostile.make("needs-password", tmp_path))["error"] == "needs-password"
    owner = look(hostile.make("owner-password", tmp_path))
    assert (owner["encrypted"], owner["pages"], owner["error"]) == (True, 1, "")


def test_a_file_without_pages(tmp_path):
    path = tmp_path / "none.pdf"
    with pikepdf.new() as document:
        document.save(path)
    assert look(path)["error"] == "no-pages"


@pytest.mark.parametrize("name", ["cyclic-tree", "amplified-tree", "garbage"])
def test_a_broken_file_raises(tmp_path, name):
    with pytest.raises(PyPdfError):
        look(hostile.make(name, tmp_path))


def test_an_object_that_cannot_be_read_is_told(tmp_path, monkeypatch):
    real = PdfReader.get_object

    def torn(reader, reference):
        if reference == 1:
            raise PdfReadError("torn")
        return real(reader, reference)

    monkeypatch.setattr(PdfReader, "get_object", torn)
    assert look(hostile.make("plain", tmp_path))["active_content"] == ["unreadable-object"]


def test_more_objects_than_one_may_look_at_are_told(monkeypatch):
    monkeypatch.setattr(inspect_child, "_MOST_OBJECTS", 2)
    reader = PdfReader(io.BytesIO(hostile.pdf()))
    objects = list(inspect_child._objects(reader))
    assert len(objects) == 3
    assert inspect_child._active_content(objects) == ["unreadable-object"]


def test_more_nodes_than_one_may_look_at_are_told(monkeypatch):
    monkeypatch.setattr(inspect_child, "_MOST_NODES", 1)
    reader = PdfReader(io.BytesIO(hostile.pdf()))
    assert inspect_child._active_content(list(inspect_child._objects(reader))) == ["unreadable-object"]
