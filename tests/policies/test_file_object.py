"""Files of a document: from an upload to an inspected file, hostile ones included (R-N4.2, P-51; design.md sect. 5 and 8)."""

import io

import pytest
import transaction
from pyramid.traversal import resource_path

from content_types.file_object import FileRole
from govrepo.files import UploadError
from policies.file_object import UnfitFileError, attach, detach
from policies.formats import unfit_files
from tests import hostile


@pytest.fixture
def dispatch(bench):
    dispatch = bench.draft()
    dispatch.document.files = ()
    return dispatch


@pytest.fixture
def upload(bench):
    """Upload a content as the clerk; answers the id."""

    def up(filename, content, login="jm.clerk"):
        owner = bench.person(login).id
        uploads = bench.registry.uploads
        made = uploads.create(owner, filename, len(content))
        uploads.append(made, owner, 0, io.BytesIO(content))
        return made

    return up


@pytest.fixture
def attached(bench, dispatch, upload):
    """Attach a content in a role; answers the file, inspected by the worker's handler."""

    def put(content, role=FileRole.SCAN, filename="扫描.pdf"):
        file = attach(dispatch, upload(filename, content), role, bench.actor("jm.clerk"))
        transaction.savepoint()
        assert file.state == "waiting"
        inspect(bench, dispatch, file.uid)
        return file

    return put


def inspect(bench, dispatch, uid):
    bench.registry.work_handlers["file_object.inspect"](bench.job(path=resource_path(dispatch), file=uid))


def test_an_upload_becomes_a_file_and_waits_for_its_inspection(bench, dispatch, upload):
    file = attach(dispatch, upload("扫描.pdf", hostile.pdf()), FileRole.SCAN, bench.actor("jm.clerk"))
    assert dispatch.document.files == (file,)
    assert (file.filename, file.type_code, file.state, file.stored.references) == ("扫描.pdf", "pdf", "waiting", 1)
    assert bench.work().count("file_object.inspect") == 1
    assert [reason.article for reason in unfit_files(dispatch.document)] == ["P-51"]


def test_a_plain_pdf_is_fit(bench, dispatch, attached):
    file = attached(hostile.pdf("Hello", "World"))
    assert (file.state, file.pages, file.problem, file.encrypted, file.has_text) == ("inspected", 2, "", False, True)
    assert unfit_files(dispatch.document) == []
    entry = bench.journaled("file_object.inspect")[0]
    assert entry.details["sha256"] == file.sha256


def test_inspecting_twice_does_nothing_more(bench, dispatch, attached):
    file = attached(hostile.pdf())
    before = len(bench.journaled())
    inspect(bench, dispatch, file.uid)
    inspect(bench, dispatch, "f-gone")
    assert len(bench.journaled()) == before


def test_an_editable_file_needs_no_sandboxed_parse(dispatch, attached):
    file = attached("正文".encode(), FileRole.EDITABLE, "正文.txt")
    assert (file.state, file.type_code, file.pages) == ("inspected", "txt", 0)
    assert unfit_files(dispatch.document) == []


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("needs-password", "R-N4.2"),
        ("owner-password", "R-N4.2"),
        ("javascript", "P-51"),
        ("garbage", "P-51"),
        ("amplified-tree", "P-51"),
    ],
)
def test_a_hostile_pdf_is_taken_in_and_never_sent(dispatch, attached, name, article):
    file = attached(hostile.MAKERS[name]())
    assert file.state == "inspected"
    assert [reason.article for reason in unfit_files(dispatch.document)] == [article]


@pytest.mark.parametrize("name", ["html-as-pdf", "executable", "zip-bomb", "empty"])
@pytest.mark.parametrize("role", [FileRole.SCAN, FileRole.ATTACHMENT])
def test_what_is_no_document_is_refused_in_words(bench, dispatch, upload, name, role):
    with pytest.raises(UnfitFileError) as caught:
        attach(dispatch, upload("扫描.pdf", hostile.MAKERS[name]()), role, bench.actor("jm.clerk"))
    assert (caught.value.reason.article, caught.value.reason.field) == ("R-N4.2", "files")
    assert dispatch.document.files == ()


def test_a_type_that_does_not_fit_the_role_is_refused(bench, dispatch, upload):
    with pytest.raises(UnfitFileError):
        attach(dispatch, upload("正文.pdf", hostile.pdf()), FileRole.EDITABLE, bench.actor("jm.clerk"))


def test_macros_are_active_content(dispatch, attached):
    content = hostile.office("word/document.xml", **{"word/vbaProject.bin": b"x"})
    attached(content, FileRole.EDITABLE, "正文.docx")
    assert [reason.article for reason in unfit_files(dispatch.document)] == ["P-51"]


def test_nobody_attaches_anothers_upload(bench, dispatch, upload):
    stolen = upload("扫描.pdf", hostile.pdf(), login="gz.clerk")
    with pytest.raises(UploadError):
        attach(dispatch, stolen, FileRole.SCAN, bench.actor("jm.clerk"))


def test_detaching_gives_up_the_content_with_its_last_reference(bench, dispatch, attached):
    first = attached("正文".encode(), FileRole.EDITABLE, "正文.txt")
    second = attached("正文".encode(), FileRole.ATTACHMENT, "附件.txt")
    assert first.stored is second.stored
    detach(dispatch, first)
    assert dispatch.document.files == (second,)
    assert first.sha256 in bench.root.files
    detach(dispatch, second)
    assert first.sha256 not in bench.root.files


def test_a_frozen_document_keeps_its_files(bench, dispatch, attached, upload):
    file = attached("正文".encode(), FileRole.EDITABLE, "正文.txt")
    dispatch.document.state = "sealed"
    for change in (
        lambda: detach(dispatch, file),
        lambda: attach(dispatch, upload("附件.txt", b"text"), FileRole.ATTACHMENT, bench.actor("jm.clerk")),
    ):
        with pytest.raises(UnfitFileError) as caught:
            change()
        assert caught.value.reason.article == "5.1"
    assert dispatch.document.files == (file,)
