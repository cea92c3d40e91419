"""The shell: who sees which areas, boxes and menus; what the macros make; and that all of it keeps the page's rules."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from webtest import TestApp

from govrepo import clock
from tests.views import sample_site
from views import shell


@pytest.fixture
def site() -> TestApp:
    return TestApp(sample_site.make())


def form_to(page, action: str):
    return next(form for form in page.forms.values() if form.action == action)


def words(tag) -> str:
    return tag.get_text(" ", strip=True)


def test_the_page_has_its_landmarks_and_one_heading(site: TestApp):
    page = site.get("/").html
    assert [words(tag) for tag in page.find_all("h1")] == ["待签收"]
    assert page.select_one("a.gr-skip")["href"] == "#" + page.main["id"]
    assert page.title.text == "待签收 · 电子文件交换与管理系统"
    assert [words(item) for item in page.select(".gr-crumbs li")] == ["文件交换"]
    assert page.header
    assert page.nav["aria-label"] == "区域与交换箱"


def test_the_four_subsystems_stand_at_the_top(site: TestApp):
    links = site.get("/").html.select(".gr-areas a")
    assert [words(link) for link in links] == ["文件交换", "文件管理", "内网门户", "办公资源"]
    assert [link.get("aria-current") for link in links] == ["true", None, None, None]


@pytest.mark.parametrize("link", [1, 2, 3])
def test_an_area_not_yet_open_says_what_will_come(site: TestApp, link: int):
    wanted = site.get("/").html.select(".gr-areas a")[link]
    page = site.get(wanted["href"]).html
    assert words(page.h1) == words(wanted)
    assert "尚未启用" in words(page.main)
    assert words(page.select_one(".gr-areas [aria-current]")) == words(wanted)


@pytest.mark.parametrize("path", ["/areas/exchange", "/areas/nothing"])
def test_there_is_no_other_area(site: TestApp, path: str):
    site.get(path, status=404)


def test_the_boxes_show_their_folders_with_counts(site: TestApp):
    first, second = site.get("/").html.select("section.gr-box")
    assert words(first.h2) == "省府办公厅"
    lines = [words(link) for link in first.select(".gr-tree a")]
    assert lines == ["待签收 3", "已签收 40", "退文 0", "全部", "发件箱 7", "草稿 1"]
    assert words(first.select_one(".gr-group")) == "收件箱"
    assert first.select_one("[aria-current=page]")["href"] == "/box/b1/waiting"
    assert [tag["data-pulse-count"] for tag in first.select("[data-pulse-count]")] == ["b1"]
    assert [link["href"] for link in second.select(".gr-tree a")] == ["/box/b2/drafts"]


def test_the_person_can_leave_by_a_post_only(site: TestApp):
    page = site.get("/")
    assert "陈志远" in page
    assert "省府办公厅收文员" in page
    leave = form_to(page, "/logout")
    assert leave.method == "post"
    assert leave["csrf_token"].value
    assert page.html.find("a", href="/password")


def test_the_alert_names_its_addresses_and_seconds(site: TestApp):
    alert = site.get("/").html.find(id="alert")
    assert (alert["data-pulse"], alert["data-alerted"], alert["data-seconds"]) == ("/pulse", "/alerted", "1")
    assert alert["data-inbox"] == "/box/b1/"
    assert "/static/js/alert-worker.js?x=" in alert["data-worker"]


def test_a_visitor_sees_no_menu_no_box_and_no_alert(site: TestApp):
    page = site.get("/?visitor=1").html
    assert not page.find(id="alert")
    assert not page.select(".gr-side, .gr-search, #keys-help, #sound-bar")
    assert page.find("form", action="/language")


def test_the_shell_works_with_nobody_to_ask():
    page = TestApp(sample_site.make(boxes=False, people=False)).get("/").html
    assert words(page.h1) == "待签收"


def test_a_person_without_a_box_has_no_alert_and_no_search_before_there_is_one():
    page = TestApp(sample_site.make(boxes=False)).get("/").html
    assert "陈志远" in words(page.header)
    assert not page.select("#alert, section.gr-box, .gr-search input")


def test_a_list_keeps_its_bulk_bar_above_the_table_and_escapes(site: TestApp):
    page = site.get("/").html
    parts = [tag.get("class", [""])[0] for tag in page.select_one("form.gr-list").find_all(["div", "table"])]
    assert parts == ["gr-bulk", "gr-table"]
    assert len(page.select("thead th")) == len(page.select("tbody tr")[0].find_all("td")) == 6
    assert page.select("[data-select]")[1]["aria-label"] == "关于加强春季水利工程安全检查的<紧急>通知"
    assert page.find("紧急") is None
    assert [words(tag) for tag in page.select(".gr-urgency")] == ["特急", "加急", "平件"]
    assert words(page.select_one(".gr-badge-bad")) == "投递失败"
    assert words(page.select_one(".gr-when")) == "2013-01-04 09:12"
    assert words(page.select_one(".gr-pager")) == "共 1,234 件 本页 3 件 下一页"


def test_an_empty_list_says_so(site: TestApp):
    page = site.get("/?empty=1").html
    assert words(page.select_one(".gr-empty")) == "这里没有文件。"
    assert not page.select("table, [data-bulk]")


def test_a_form_keeps_what_was_typed(site: TestApp):
    page = site.get("/form")
    written = form_to(page, "/act")
    assert written["number"].value == "粤办函<2012>"
    assert written["note"].value == "<b>"
    assert written["kind"].value == "函"
    assert written["way"].value == "net"
    assert [box.checked for box in written.fields["copies"]] == [False, True]
    assert written["files_upload"].value == "a7"
    assert "value" not in page.html.find(id="f-secret").attrs
    assert not page.html.select("[aria-invalid], .gr-errors, [data-error]")


def test_what_is_wrong_is_said_at_the_top_and_at_the_field(site: TestApp):
    page = site.get("/form?wrong=1").html
    links = [(link["href"], words(link)) for link in page.select("#errors a")]
    assert ("#f-number", "文号不对") in links
    assert all(page.find(id=href[1:]) for href, _text in links)
    assert page.find(id="f-number")["aria-describedby"].split() == ["h-number", "e-number"]
    assert words(page.find(id="e-number")) == "文号不对"
    assert len(page.select("[data-error]")) == len(links) == 5


def test_required_fields_and_choices_are_marked(site: TestApp):
    page = site.get("/form").html
    assert page.find(id="f-number").has_attr("required")
    assert not page.find(id="f-date").has_attr("required")
    assert page.find(id="f-number")["maxlength"] == "40"
    assert page.find(id="f-copies")["aria-labelledby"] == page.find(id="l-copies")["id"]


def test_steps_files_facts_and_history(site: TestApp):
    page = site.get("/form").html
    assert [words(step) for step in page.select(".gr-steps li")] == [
        "起草 （已完成） 01-04 09:12",
        "核准 （当前）",
        "盖章 （未通过） 未通过",
        "发送 （未到）",
    ]
    assert words(page.select_one(".gr-panel .gr-files li")) == "846号.pdf 3.2 MB 4 页 sha256 abababababab…"
    assert [words(tag) for tag in page.select(".gr-panel dd")] == ["省政府办公厅", "—"]
    assert words(page.select(".gr-timeline li")[1]) == "2013-01-04 09:12 李敏 退回修改 主送机关不全"


def test_the_upload_loads_its_scripts_on_its_page_only(site: TestApp):
    assert "tus.min.js" in site.get("/form")
    assert "tus.min.js" not in site.get("/")


def test_a_message_is_shown_once(site: TestApp):
    form = form_to(site.get("/"), "/act")
    page = form.submit().follow().html
    assert words(page.find(id="flash")) == "已签收"
    assert page.select_one("#flash p")["class"] == ["alert", "alert-success"]
    assert words(site.get("/").html.find(id="flash")) == ""


def test_the_language_switch_comes_back_to_pages_only(site: TestApp):
    token = site.get("/").forms[1]["csrf_token"].value
    page = site.post("/nowhere", {"csrf_token": token}, status=404)
    assert page.forms[1]["return_to"].value == "/"


def test_a_print_says_who_and_when(site: TestApp):
    with clock.frozen(datetime(2013, 1, 4, 1, 0, tzinfo=UTC)):
        assert words(site.get("/").html.select_one(".gr-print-foot")) == "打印：陈志远，2013-01-04 09:00"


def test_every_own_static_file_of_the_page_is_served(site: TestApp):
    page = site.get("/form").html
    names = [tag.get("src") or tag["href"] for tag in page.head.find_all(["script", "link"])]
    own = [name for name in names if "/vendor/" not in name]
    assert len(own) >= 9
    for name in own:
        assert "max-age=31536000" in site.get(name).headers["Cache-Control"]


def test_our_styles_and_scripts_stay_small():
    folder = Path(shell.STATIC)
    assert (folder / "govrepo.css").stat().st_size <= 10 * 1024
    assert all(script.read_text("utf-8").count("\n") < 200 for script in (folder / "js").glob("*.js"))


def test_the_static_key_changes_with_a_file(tmp_path: Path):
    file = tmp_path / "a.css"
    file.write_text("a")
    before = shell.static_key([tmp_path])
    assert shell.static_key([tmp_path]) == before
    os.utime(file, (1, 1))
    assert shell.static_key([tmp_path]) != before
