"""The form of a draft: what was typed becomes values, values become fields again (domain.md 3.2)."""

import pytest
from webtest import Upload

from govrepo.database import opened
from policies.draft_import import Brought
from tests import hostile
from tests.app import drain, site
from tests.desk import path_of, pdf, words
from tests.policies.bench import Bench
from tests.policies.outgoing import Chain
from tests.views.test_drafting import BODY, BOX, TYPED, document, saved, value
from views import draft_form as form


@pytest.fixture(scope="module")
def officer(desk):
    return desk("zh1.officer")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u3000\u3000一、甲\r\n\r\n  乙。 \r\n", "一、甲\n乙。"),
        ("", ""),
        ("甲\r乙", "甲\n乙"),
    ],
)
def test_a_text_is_kept_a_paragraph_a_line(typed, kept):
    assert form.paragraphs(typed) == kept


def test_a_break_in_the_title_stays():
    assert form.title_of(" 关于  甲\r\n和乙的通知 \r\n\r\n") == "关于 甲\n和乙的通知"


def test_a_text_brought_in_fills_what_was_left_empty():
    typed = {"title": "", "mains_text": "各市", "body": "旧", "note": "x"}
    assert form.with_text(typed, Brought("关于甲的通知", "各县", "新")) == {
        "title": "关于甲的通知",
        "mains_text": "各市",
        "body": "新",
        "note": "x",
    }


def test_the_outline_has_the_headings_alone():
    assert form.outline("前言\n一、甲\n（一）乙\n1. 丙\n（1）丁\n1.5 倍") == [
        (1, "一、甲"),
        (2, "（一）乙"),
        (3, "1. 丙"),
        (4, "（1）丁"),
    ]


def test_every_element_has_its_field(shared_app):
    with opened(shared_app.registry) as root:
        document = Chain(Bench(root, shared_app.registry)).draft()
        values = form.values_of(document)
        shown = form.fields(values)
        assert set(shown) == set(values)
        assert shown["mains"] == ["guangzhou", "shenzhen"]
        assert shown["series"] == document.series.uid


# Over HTTP: attachments, files, a text from a file.


def test_attachments_are_added_one_by_one(officer):
    page = officer.post(
        f"{BOX}/draft",
        [*TYPED.items(), ("attachment_title", "名单"), ("attachment_text", "甲\n乙"), ("then", "more")],
        status=200,
    )
    assert [each.get("value") for each in page.html.find_all("input", {"name": "attachment_title"})] == ["名单", ""]
    path = path_of(
        officer.post(
            f"{BOX}/draft",
            [
                *TYPED.items(),
                ("attachment_title", "名单"),
                ("attachment_text", "甲\n乙"),
                ("attachment_title", ""),
                ("attachment_text", ""),
            ],
        )
    ).removesuffix("/edit")
    page = officer.get(f"{path}/edit")
    assert [each.get("value") for each in page.html.find_all("input", {"name": "attachment_title"})] == ["名单"]


def test_files_are_attached_inspected_and_removed(shared_app, officer):
    upload = officer.upload("正文.txt", "正文".encode())
    path = path_of(
        officer.post(
            f"{BOX}/draft", [*TYPED.items(), ("editable_upload", upload), ("attachment", Upload("图.pdf", pdf("图")))]
        )
    ).removesuffix("/edit")
    drain(shared_app)
    with site(shared_app) as root:
        files = document(root, path).files
        assert [(each.role, each.filename, each.state) for each in files] == [
            ("editable", "正文.txt", "inspected"),
            ("attachment", "图.pdf", "inspected"),
        ]
        uid = files[0].uid
    officer.post(f"{path}/edit", [*(TYPED | {"began": "1"}).items(), ("remove", uid)])
    assert "正文.txt" not in words(officer.get(f"{path}/edit"))
    assert "图.pdf" in words(officer.get(f"{path}/edit"))


def test_a_file_that_does_not_fit_is_said_and_nothing_is_saved(shared_app, officer):
    path = saved(officer)
    upload = officer.upload("图.pdf", pdf("图"))
    page = officer.post(
        f"{path}/edit",
        [*(TYPED | {"began": "1", "title": "关于乙的通知"}).items(), ("editable_upload", upload)],
        status=422,
    )
    assert "不能用在这里" in page.html.find(id="e-editable").text
    assert value(page, "title") == "关于乙的通知"
    assert value(page, "began") == "1"
    assert page.html.find("input", {"name": "editable_upload", "value": upload})
    with site(shared_app) as root:
        assert document(root, path).title == TYPED["title"]


def test_a_text_is_brought_in_for_review_and_nothing_is_stored(shared_app, officer):
    text = "关于乙的通知\n佛山市人民政府：\n一、甲\n二、乙".encode()
    data = [
        *(TYPED | {"title": "", "mains_text": ""}).items(),
        ("then", "import"),
        ("source_upload", officer.upload("稿.txt", text)),
    ]
    page = officer.post(f"{BOX}/draft", data, status=200)
    assert (value(page, "title"), value(page, "mains_text"), value(page, "body")) == (
        "关于乙的通知",
        "佛山市人民政府",
        "一、甲\n二、乙",
    )
    assert value(page, "note") == TYPED["note"]
    path = saved(officer)
    page = officer.post(
        f"{path}/edit",
        [*(TYPED | {"began": "1"}).items(), ("then", "import"), ("source", Upload("稿.txt", text))],
        status=200,
    )
    assert value(page, "title") == TYPED["title"]
    with site(shared_app) as root:
        assert (document(root, path).body, document(root, path).files) == (BODY, ())


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (("稿.pdf", pdf("x")), "PDF 文件"),
        (("稿.docx", hostile.zero_bomb(50)), "稿.docx"),
        (("稿.txt", "\u3000\n".encode()), "没有文字"),
        (None, "请先选择要导入的文件"),
    ],
    ids=["pdf", "bomb", "empty", "none"],
)
def test_what_cannot_be_brought_in_is_said_and_nothing_is_lost(officer, file, said):
    data = [*TYPED.items(), ("then", "import"), *([("source", Upload(*file))] if file else [])]
    page = officer.post(f"{BOX}/draft", data, status=422)
    assert said in page.html.find(id="e-source").text
    assert value(page, "body") == BODY
