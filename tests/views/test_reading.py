"""What a page shows of a document."""

from types import SimpleNamespace

from content_types.official_document import Classification
from govrepo import clock
from tests.app import site
from tests.attacks import scene
from tests.desk import Desk, journaled
from tests.policies.bench import Bench, local
from views.i18n import Format
from views.reading import document_view, file_line, problem_words


def _request(app, root):
    """A request for some object through which a document is read."""
    bench = Bench(root, app.registry)
    context = scene.draft(bench)
    return SimpleNamespace(fmt=Format("zh_CN"), registry=app.registry, context=context, actor=bench.actor("jm.clerk"))


def test_pages_of_pdfs_that_could_be_read(shared_app):
    with site(shared_app) as root:
        document = scene.draft(Bench(root, shared_app.registry)).document
        scan = document.files[0]
        scan.pages = 2
        shown = document_view(_request(shared_app, root), document, "/here")
        assert [page["url"] for page in shown["pages"]] == [f"/here/page?file={scan.uid}&n={n}" for n in (0, 1)]
        assert [page["text"] for page in shown["pages"]] == ["", ""]
        scan.problem = "broken"
        assert document_view(_request(shared_app, root), document, "/here")["pages"] == []


def test_elements_in_the_order_of_the_standard(shared_app):
    with site(shared_app) as root:
        document = scene.draft(Bench(root, shared_app.registry)).document
        document.classification = Classification.NONE
        shown = dict(document_view(_request(shared_app, root), document, "")["facts"])
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


def test_r_7_1_a_page_with_its_images_is_one_entry_with_the_digests(shared_app, desk):
    made = scene.make(shared_app, "signed_office")
    clerk, page = desk("office.registry1"), made["signed_office"]
    before = len(journaled(shared_app, "document.read"))
    clerk.get(f"{page}/page?file={made['f']}&n=0")
    clerk.get(f"{page}/")
    clerk.get(f"{page}/")
    clerk.get(f"{page}/page?file={made['f']}&n=0")
    image, rest = journaled(shared_app, "document.read")[before:]
    assert len(image.details["files"]) == len(rest.details["files"]) == 1
    assert image.subject == page
    assert image.subject_uid == made["uid"]
    assert image.session
    desk("office.leader").get(f"{page}/")
    assert len(journaled(shared_app, "document.read")) == before + 3, "somebody else's reading is another"


def test_lists_are_no_reading(shared_app, desk):
    scene.make(shared_app, "signed_office")
    before = len(journaled(shared_app, "document.read"))
    for name in ("waiting", "signed", "all"):
        desk("office.registry1").get(f"/exchange/gd-government/{name}")
    assert len(journaled(shared_app, "document.read")) == before


def test_p_35_a_print_names_the_file_and_its_digest(shared_app, desk):
    made = scene.make(shared_app, "signed_office")
    desk("office.registry1").post(
        f"{made['signed_office']}/take",
        {"act": "download", "file": made["e"], "purpose": "x", "system": "y"},
        status=200,
    )
    (entry,) = [each for each in journaled(shared_app, "delivery.download") if each.subject_uid == made["uid"]]
    assert entry.details["file"] == made["e"]
    assert len(entry.details["sha256"]) == 64


def test_what_cannot_be_journaled_is_not_shown(app):
    """The page says so and is 503, for the document as for its images; there is nothing to see in it."""
    clock.travel(local("2013-01-07 10:00"))
    made = scene.make(app, "signed_office")
    clerk = Desk(app, "office.registry1")
    app.registry.journal.close()
    for address in ("/", f"/page?file={made['f']}&n=0"):
        answer = clerk.get(made["signed_office"] + address, status=503)
        assert "审计日志暂时无法写入" in answer.text
        assert "春运" not in answer.text
    clock.reset()
