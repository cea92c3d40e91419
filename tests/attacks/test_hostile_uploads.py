"""Hostile files over HTTP: refused with a clear word at once or at submission, or contained; the form goes on working."""

import re

import pytest
from webtest import Upload

from govrepo import clock
from tests.app import drain, running
from tests.desk import Desk, path_of, pdf, row_link, words
from tests.hostile import MAKERS
from tests.policies.bench import local

AT_ONCE = {
    "empty": "无法识别的文件",
    "html-as-pdf": "文件含有网页代码",
    "html-in-pdf": "文件含有网页代码",
    "pdf-after-junk": "文件同时伪装成多种格式",
    "zip-and-pdf": "文件同时伪装成多种格式",
    "executable": "文件含有可执行程序",
    "elf": "文件含有可执行程序",
    "shell-script": "文件含有脚本",
    "zip-bomb": "压缩内容异常膨胀",
    "zip-of-many": "压缩内容异常膨胀",
    "zip-slip": "不安全的路径",
}
ON_SUBMIT = {
    "cyclic-tree": "无法打开",
    "amplified-tree": "无法打开",
    "truncated": "无法打开",
    "javascript": "含有活动内容",
    "embedded-file": "含有活动内容",
    "needs-password": "已加密",
}
CONTAINED = ("flate-bomb", "image-bomb", "huge-page")
INSPECTED = {
    "plain", "many-operators", "shared-heavy-stream", "double-flate-bomb", "signature-fields", "big-count", "no-pages",
    "no-xref", "garbage", "owner-password",
}  # fmt: skip
"""Tried in tests/govrepo/pdf only: to HTTP they are like one of the others, and they take long."""
NASTY = '../../etc/<img src=x onerror="alert(1)">.pdf'


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running(tmp_path_factory.mktemp("hostile"), upload_max_bytes=5_000_000) as app:
        clock.travel(local("2013-01-07 10:00"))
        yield app
    clock.reset()


@pytest.fixture(scope="module")
def clerk(app):
    return Desk(app, "jm.clerk")


@pytest.fixture
def draft(app, clerk):
    fields = {"number": "", "no_number_reason": "试验", "signer": "江上舟"}
    path = path_of(clerk.compose("jiangmen", ["gd-office"], **fields)).removesuffix("/edit")
    drain(app)
    return path


FIELDS = {
    "title": "通知", "kind": "通知", "no_number_reason": "试验", "signer": "江上舟", "date": "2013-01-05", "mains": "gd-office",
}  # fmt: skip


def test_every_sample_has_its_expectation():
    assert set(MAKERS) == set(AT_ONCE) | set(ON_SUBMIT) | set(CONTAINED) | INSPECTED


@pytest.mark.parametrize("name", AT_ONCE)
def test_refused_at_once_and_the_form_goes_on(clerk, draft, name):
    bad = clerk.upload(f"{name}.pdf", MAKERS[name]())
    page = clerk.post(f"{draft}/edit", FIELDS | {"title": "写了一半的标题", "scan_upload": bad}, status=422)
    assert f"“{name}.pdf”不能用在这里" in words(page)
    assert AT_ONCE[name] in words(page)
    assert page.html.find("input", {"name": "title"})["value"] == "写了一半的标题"
    assert f"{name}.pdf" not in clerk.get(f"{draft}/").text
    clerk.act(draft, "submit")
    assert "待核准" in words(clerk.get(f"{draft}/"))


def test_refused_when_submitted_each_by_name(app, clerk, draft):
    uploads = [("attachment_upload", clerk.upload(f"{name}.pdf", MAKERS[name]())) for name in ON_SUBMIT]
    clerk.post(f"{draft}/edit", [*FIELDS.items(), *uploads])
    drain(app)
    page = clerk.get(path_of(clerk.act(draft, "submit")))
    for name, why in ON_SUBMIT.items():
        assert re.search(f"文件“{name}.pdf”[^。]*{why}", words(page)), name
    removed = [("remove", each["value"]) for each in page.html.select("input[name=remove]")]
    clerk.post(f"{draft}/edit", [*FIELDS.items(), *removed[2:]])
    clerk.act(draft, "submit")
    assert "待核准" in words(clerk.get(f"{draft}/"))


def test_bombs_are_contained(app, clerk, draft):
    """They are drawn in the sandbox or not at all; the page and its images answer."""
    uploads = [("attachment_upload", clerk.upload(f"{name}.pdf", MAKERS[name]())) for name in CONTAINED]
    clerk.post(f"{draft}/edit", [*FIELDS.items(), *uploads])
    drain(app)
    page = clerk.get(f"{draft}/")
    images = [each["src"] for each in page.html.select("figure img")]
    assert len(images) == 1 + len(CONTAINED)
    for image in images:
        answer = clerk.get(image, status="*")
        assert answer.status_int in (200, 404)
        assert answer.status_int == 404 or answer.content_type == "image/png"


def test_what_was_cut_off_half_way_is_no_file_yet(clerk, draft):
    content = pdf("附件")
    headers = {"Tus-Resumable": "1.0.0", "X-CSRF-Token": clerk.token}
    made = clerk.browser.post("/uploads", headers=headers | {"Upload-Length": str(len(content))})
    address = made.headers["Location"]
    piece = headers | {"Content-Type": "application/offset+octet-stream"}
    clerk.browser.patch(address, content[:100], headers=piece | {"Upload-Offset": "0"})
    fields = FIELDS | {"attachment_upload": address.rsplit("/", 1)[-1]}
    page = clerk.post(f"{draft}/edit", fields, status=422)
    assert page.html.select(".gr-error")
    clerk.browser.patch(address, content[50:], headers=piece | {"Upload-Offset": "50"}, status=409)
    clerk.browser.patch(address, content[100:], headers=piece | {"Upload-Offset": "100"})
    clerk.post(f"{draft}/edit", fields)


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WebOb leaves a large body's file to the collector.
def test_what_is_too_large_is_refused_before_it_comes(clerk, draft):
    headers = {"Tus-Resumable": "1.0.0", "X-CSRF-Token": clerk.token}
    answer = clerk.browser.post("/uploads", headers=headers | {"Upload-Length": "5000001"}, status=413)
    assert answer.content_type == "text/plain"
    assert re.search("[一-鿿]", answer.text)
    page = clerk.post(f"{draft}/edit", FIELDS | {"scan": Upload("大.pdf", b"x" * 5_000_001)}, status=422)
    assert page.html.select(".gr-error")


@pytest.mark.parametrize("upload", ["none", "../../secret", "u" * 3000, "<script>alert(1)</script>"])
def test_an_upload_that_never_was(clerk, draft, upload):
    page = clerk.post(f"{draft}/edit", FIELDS | {"scan_upload": upload}, status=422)
    assert page.html.select(".gr-error")
    assert "<script>alert(1)" not in page.text


def test_one_upload_becomes_one_file(clerk, draft):
    upload = clerk.upload("附件.txt", b"text")
    clerk.post(f"{draft}/edit", FIELDS | {"attachment_upload": upload})
    assert clerk.post(f"{draft}/edit", FIELDS | {"attachment_upload": upload}, status=422).html.select(".gr-error")


def test_a_name_with_markup_and_path_parts_is_only_a_name(app, clerk, draft):
    clerk.post(f"{draft}/edit", FIELDS | {"attachment_upload": clerk.upload(NASTY, pdf("附件"))})
    drain(app)
    page = clerk.get(f"{draft}/edit")
    assert "<img src=x" not in page.text
    assert "../" not in page.text
    clerk.act(draft, "submit")
    Desk(app, "jm.approver").act(draft, "release")
    clerk.act(draft, "send")
    drain(app)
    registry = Desk(app, "office.registry1")
    delivery = row_link(registry.get("/exchange/gd-office/waiting"), "通知")
    registry.post(f"{delivery}/open")
    registry.act(delivery, "sign_for")
    page = registry.get(f"{delivery}/")
    assert "<img src=x" not in page.text
    offered = next(each for each in page.html.select("details") if "onerror" in each.text)
    wanted = {"file": offered.find("input", {"name": "file"})["value"], "purpose": "办理", "system": "办公系统"}
    taken = registry.post(f"{delivery}/take", {"act": "download"} | wanted, status=200)
    disposition = taken.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert not {"<", "/", "\n"} & set(disposition)
    assert taken.headers["X-Content-Type-Options"] == "nosniff"
