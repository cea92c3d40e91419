"""What a page shows of a document."""

from types import SimpleNamespace

from content_types.official_document import Classification
from tests.app import site
from tests.attacks import scene
from tests.policies.bench import Bench
from views.i18n import Format
from views.reading import document_view, file_line, problem_words


def _request():
    return SimpleNamespace(fmt=Format("zh_CN"))


def test_pages_of_pdfs_that_could_be_read(shared_app):
    with site(shared_app) as root:
        document = scene.draft(Bench(root, shared_app.registry)).document
        scan = document.files[0]
        scan.pages = 2
        shown = document_view(_request(), document, "/here")
        assert [page["url"] for page in shown["pages"]] == [f"/here/page?file={scan.uid}&n={n}" for n in (0, 1)]
        assert [page["text"] for page in shown["pages"]] == ["", ""]
        scan.problem = "broken"
        assert document_view(_request(), document, "/here")["pages"] == []


def test_elements_in_the_order_of_the_standard(shared_app):
    with site(shared_app) as root:
        document = scene.draft(Bench(root, shared_app.registry)).document
        document.classification = Classification.NONE
        shown = dict(document_view(_request(), document, "")["facts"])
        assert shown["文号"] == "试验"
        assert shown["文种"] == "通知"
        assert shown["发文机关"] == document.unit.name
        assert list(shown)[:3] == ["文号", "文种", "发文机关"]


def test_what_is_wrong_with_a_file(shared_app):
    with site(shared_app) as root:
        file = scene.draft(Bench(root, shared_app.registry)).document.files[0]
        assert problem_words(file) == ""
        file.problem = "broken"
        assert problem_words(file) == "无法打开"
        file.encrypted = True
        assert file_line(file)["problem"] == "已加密"
