"""Error pages: plain words in the layout, the reasons of a refusal, and no word about the cause of a fault."""

import logging
import re

import pytest
from webtest import TestApp

from tests.views import sample_site


@pytest.fixture
def site() -> TestApp:
    return TestApp(sample_site.make())


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/fail/forbidden", 403, "不能进行这项操作"),
        ("/nowhere", 404, "没有找到"),
        ("/fail/senseless", 400, "请求无效"),
        ("/fail/busy", 503, "暂时不能使用"),
    ],
)
def test_an_error_is_a_page_in_the_shell(site: TestApp, path: str, status: int, title: str):
    page = site.get(path, status=status)
    assert page.html.h1.text == title
    assert page.html.find("nav", class_="gr-side")
    assert page.html.title.text.startswith(title)


def test_a_refusal_gives_its_reasons_and_articles(site: TestApp):
    page = site.get("/fail/refused", status=403)
    reasons = [item.get_text(" ", strip=True) for item in page.html.select("ul.gr-reasons li")]
    assert reasons == ["当前状态是“已撤回”，不能“签收”。 第十二条", "请先打开查看。"]
    assert "原因如下" in page.text
    assert "原因如下" not in site.get("/fail/forbidden", status=403)


def test_errors_speak_english_too(site: TestApp):
    site.set_cookie("_LOCALE_", "en")
    assert site.get("/nowhere", status=404).html.h1.text == "Not found"


def test_a_stale_form_says_that_nothing_happened(site: TestApp):
    site.get("/")
    page = site.post("/act", {"csrf_token": "old"}, status=400)
    assert page.html.h1.text == "表单已过期"
    assert site.app.registry.acted == []


def test_a_redirect_is_no_error(site: TestApp):
    assert site.get("/fail/moved", status=303).location == "http://localhost/"


def test_a_fault_shows_a_number_and_logs_the_trace_under_it(site: TestApp, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR, logger="views.errors"):
        page = site.get("/fail/broken", status=500)
    incident = page.html.strong.text
    assert re.fullmatch(r"\d{8}-[0-9a-f]{6}", incident)
    assert incident in caplog.text
    assert "the secret of the database" in caplog.text
    assert "secret" not in page.text
    assert "Traceback" not in page.text


def test_a_full_disk_says_so_and_asks_nobody(site: TestApp):
    page = site.get("/fail/full", status=507)
    assert page.html.h1.text == "存储空间已满"
    assert "这次操作没有生效" in page.text
    assert not page.html.find("nav", class_="gr-side")


def test_any_other_trouble_of_the_system_is_a_fault(site: TestApp):
    assert site.get("/fail/unreadable", status=500).html.h1.text == "系统出错"


def test_the_page_of_a_fault_asks_nobody(site: TestApp, caplog: pytest.LogCaptureFixture):
    def lost(_request):
        raise RuntimeError("the database is gone")

    site.app.registry.shell_person = lost
    for path in ("/", "/fail/broken"):
        page = site.get(path, status=500)
        assert page.html.h1.text == "系统出错"
        assert not page.html.find("nav", class_="gr-side")
    assert "the database is gone" in caplog.text


def test_a_conflict_that_will_be_repeated_is_no_incident(tmp_path, caplog):
    """pyramid_retry repeats it; only what still fails at the last attempt becomes a page."""
    from ZODB.POSException import ConflictError  # noqa: PLC0415 - Only this test speaks of storage.

    from tests.app import login, running  # noqa: PLC0415 - Same.
    from views import home  # noqa: PLC0415 - Same.

    attempts = []
    asked = home.boxes_of

    def conflicting(actor, root):
        attempts.append(actor)
        if len(attempts) == 1:
            raise ConflictError
        return asked(actor, root)

    with running(tmp_path) as app:
        browser = login(app, "gz.clerk")
        home.boxes_of = conflicting
        try:
            assert browser.get("/").status_int == 200
        finally:
            home.boxes_of = asked
    assert len(attempts) == 2
    assert "incident" not in caplog.text
