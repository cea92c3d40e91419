"""The text of a file is taken out once, kept beside it, and gone with it (R-20; design.md sect. 6)."""

import io
from pathlib import Path

import pytest
import transaction
from pyramid.traversal import resource_path

from content_types.file_object import FileRole, TextState
from govrepo.files import store
from govrepo.sandbox import SandboxError
from policies import extraction
from policies.extraction import is_waiting, parts_of, text_of
from policies.file_object import attach, detach
from tests import hostile

SAMPLES = Path(__file__).parent.parent / "govrepo/extraction/samples"


@pytest.fixture
def dispatch(bench):
    dispatch = bench.draft()
    dispatch.document.files = ()
    return dispatch


@pytest.fixture
def attached(bench, dispatch):
    """Attach a content as the clerk; answers the file, inspected, with the order for its text given."""

    def put(content, role=FileRole.EDITABLE, filename="正文.txt"):
        owner, uploads = bench.person("jm.clerk").id, bench.registry.uploads
        made = uploads.create(owner, filename, len(content))
        uploads.append(made, owner, 0, io.BytesIO(content))
        file = attach(dispatch, made, role, bench.actor("jm.clerk"))
        transaction.savepoint()
        work(bench, "inspect", dispatch, file)
        return file

    return put


def work(bench, name, context, file):
    handler = bench.registry.work_handlers[f"file_object.{name}"]
    handler(bench.job(path=resource_path(context), file=file.uid))


def taken(bench, dispatch, file):
    work(bench, "extract", dispatch.document, file)
    return file


def test_the_inspection_orders_the_text_and_the_worker_takes_it(bench, dispatch, attached):
    file = attached("关于春运的通知".encode())
    assert (file.text_state, text_of(file), parts_of(file)) == (TextState.WAITING, None, [])
    assert is_waiting(dispatch.document)
    assert bench.work().count("file_object.extract") == 1
    taken(bench, dispatch, file)
    assert (file.text_state, text_of(file)) == (TextState.KEPT, "关于春运的通知")
    assert not is_waiting(dispatch.document)
    (entry,) = bench.journaled("file_object.extract")
    assert entry.details == {"file": file.uid, "sha256": file.sha256, "state": "kept"}


@pytest.mark.parametrize("name", ["doc", "docx", "odt", "rtf"])
def test_each_editable_format_gives_its_words(bench, dispatch, attached, name):
    file = attached((SAMPLES / f"notice.{name}").read_bytes(), filename=f"正文.{name}")
    assert "春运自1月26日开始" in text_of(taken(bench, dispatch, file))


def test_a_pdf_gives_its_text_page_by_page(bench, dispatch, attached):
    file = attached(hostile.pdf("Hello", "World"), FileRole.SCAN, "扫描.pdf")
    assert parts_of(taken(bench, dispatch, file)) == ["Hello", "World"]


def test_the_text_is_kept_as_a_file_of_its_own_and_read_without_parsing_again(bench, dispatch, attached, monkeypatch):
    file = taken(bench, dispatch, attached(b"words"))
    assert file.text in list(store(dispatch))
    monkeypatch.setattr(extraction, "extract", None)
    work(bench, "extract", dispatch.document, file)
    assert text_of(file) == "words"
    assert len(bench.journaled("file_object.extract")) == 1


def test_files_of_one_content_share_one_text_and_the_last_takes_it_along(bench, dispatch, attached):
    one, other = (taken(bench, dispatch, attached(hostile.pdf("Same"), FileRole.ATTACHMENT, "a.pdf")) for _ in range(2))
    assert one.text is other.text
    assert one.text.references == 2
    digest = one.text.sha256
    detach(dispatch, one)
    assert store(dispatch).get(digest) is not None
    detach(dispatch, other)
    assert store(dispatch).get(digest) is None


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (hostile.image("PNG"), "图.png"),
        (hostile.pdf(""), "空.pdf"),
        (hostile.MAKERS["needs-password"](), "加密.pdf"),
    ],
)
def test_what_has_no_text_is_said_to_have_none(bench, dispatch, attached, content, filename):
    file = taken(bench, dispatch, attached(content, FileRole.ATTACHMENT, filename))
    assert (file.text_state, text_of(file), file.text) == (TextState.NONE, "", None)


def test_a_long_text_is_cut_and_said_to_be(bench, dispatch, attached, monkeypatch):
    whole = extraction.extract
    monkeypatch.setattr(extraction, "extract", lambda path, code: whole(path, code, 4))
    file = taken(bench, dispatch, attached("关于春运的通知".encode()))
    assert (file.text_state, text_of(file)) == (TextState.CUT, "关于春运")


def test_a_file_that_cannot_be_read_is_exchanged_all_the_same(bench, dispatch, attached):
    file = taken(bench, dispatch, attached(hostile.office("word/document.xml"), filename="坏.docx"))
    assert file.state == "inspected"
    broken = attached(hostile.ole("WordDocument"), filename="坏.doc")
    taken(bench, dispatch, broken)
    assert (broken.text_state, text_of(broken)) == (TextState.FAILED, "")
    assert not is_waiting(dispatch.document)


def test_a_busy_machine_is_asked_again_later(bench, dispatch, attached, monkeypatch):
    file = attached(b"words")

    def busy(*_args):
        raise SandboxError("busy")

    monkeypatch.setattr(extraction, "extract", busy)
    with pytest.raises(SandboxError, match="busy"):
        taken(bench, dispatch, file)
    assert file.text_state == TextState.WAITING


def test_a_file_that_was_taken_off_meanwhile_is_left_alone(bench, dispatch, attached):
    file = attached(b"words")
    detach(dispatch, file)
    taken(bench, dispatch, file)
    assert file.text_state == TextState.WAITING
    assert bench.journaled("file_object.extract") == []


def test_a_form_feed_in_a_page_is_no_page(bench, dispatch, attached):
    file = taken(bench, dispatch, attached(b"one\x0ctwo"))
    assert parts_of(file) == ["one\ntwo"]
