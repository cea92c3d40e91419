"""Replies over HTTP (P-60): the city calls a meeting, the office says who comes, the sender reads, prints and exports the table."""

import csv
import io

import pytest
from openpyxl import load_workbook

from govrepo import clock
from tests.desk import Desk, drain_work, journaled, lines, path_of, row_link, words
from tests.policies.bench import later, local

OFFICE = "/exchange/gd-office"


@pytest.fixture(autouse=True)
def _a_working_day():
    clock.travel(local("2013-01-07 10:05"))
    yield
    clock.reset()


@pytest.fixture
def clerk(app):
    return Desk(app, "jm.clerk")


@pytest.fixture
def registry(app):
    return Desk(app, "office.registry1")


def send(app, clerk, *mains, **terms):
    path = clerk.send(Desk(app, "jm.approver"), "jiangmen", mains, title="关于召开春运工作会议的通知", **terms)
    drain_work(app)
    return path


def sign(app, desk, box, title="关于召开春运工作会议的通知"):
    page = desk.get(f"/exchange/{box}/waiting")
    delivery = row_link(page, title)
    desk.post(f"{delivery}/open")
    desk.act(delivery, "sign_for")
    return delivery


MEETING = {"reply_kind": "meeting", "reply_due": "2013-01-10T17:00"}
COMING = [
    ("attends", "yes"), ("name", "周敏"), ("post", "处长"), ("phone", "020-83131"),
    ("name", "林立"), ("post", ""), ("phone", "020-83132"), ("name", ""), ("post", ""), ("phone", ""), ("then", "answer"),
]  # fmt: skip


def test_p_60_a_meeting_notice_from_the_form_to_the_table(app, clerk, registry):
    path = send(app, clerk, "gd-office", "guangzhou", **MEETING)
    assert "会议回执，2013-01-10 17:00 前" in words(clerk.get(f"{path}/"))
    delivery = sign(app, registry, "gd-office")
    page = registry.get(f"{delivery}/")
    assert "会议回执，2013-01-10 17:00 前" in words(page)
    assert page.html.select_one(f'a[href="{delivery}/reply"]').text == "填写回复"
    assert any(
        "关于召开春运工作会议的通知" in line and "2013-01-10 17:00" in line for line in lines(registry.get("/my_tasks"))
    )

    form = registry.get(f"{delivery}/reply")
    assert len(form.html.select('input[name="phone"]')) == 4
    more = registry.post(f"{delivery}/reply", [*COMING[:-1], ("then", "more")], status=200)
    assert [each["value"] for each in more.html.select('input[name="name"]')][:3] == ["周敏", "林立", ""]
    assert len(more.html.select('input[name="phone"]')) == 10
    assert "未回复" in words(clerk.get(f"{path}/replies")), "asking for more lines answers nothing"
    registry.post(f"{delivery}/reply", COMING)
    shown = words(registry.get(f"{delivery}/"))
    assert "参加，2 人" in shown
    assert "周敏" in shown
    assert "待回复发文方" not in words(registry.get("/my_tasks"))

    table = clerk.get(f"{path}/replies")
    assert "共 2 个单位，已回复 1，逾期 0" in words(table)
    assert "参加 1 个单位，2 人；不参加 0 个单位" in words(table)
    found = lines(table)
    assert any("周敏 处长 020-83131" in line and "林立 020-83132" in line for line in found)
    assert any("广州市" in line and "未回复" in line for line in found)


def test_p_60_a_wrong_answer_comes_back_with_what_was_typed(app, clerk, registry):
    send(app, clerk, "gd-office", **MEETING)
    delivery = sign(app, registry, "gd-office")
    page = registry.post(f"{delivery}/reply", [("name", "周敏"), ("post", ""), ("phone", "1")], status=422)
    assert "请选择是否参加" in words(page)
    assert page.html.select_one('input[name="name"]')["value"] == "周敏"
    page = registry.post(
        f"{delivery}/reply", [("attends", "yes"), ("name", "周敏"), ("post", ""), ("phone", "")], status=422
    )
    assert "每位参加人员都要有姓名和电话" in words(page)
    page = registry.post(f"{delivery}/reply", [("attends", "no")], status=422)
    assert "请写明不参加的原因" in words(page)
    registry.post(f"{delivery}/reply", [("attends", "no"), ("text", "另有会议")])
    assert "另有会议" in words(registry.get(f"{delivery}/"))
    again = registry.get(f"{delivery}/reply")
    assert again.html.select_one('input[name="attends"][value="no"]').has_attr("checked"), "it can be put right"


def test_p_60_late_ones_stand_out_for_both_sides(app, clerk, registry):
    path = send(app, clerk, "gd-office", **MEETING)
    delivery = sign(app, registry, "gd-office")
    later(days=4)
    clerk, registry = Desk(app, "jm.clerk"), Desk(app, "office.registry1")
    assert "已逾期" in words(registry.get(f"{delivery}/"))
    tasks = clerk.get("/my_tasks")
    assert "逾期未回复的单位" in words(tasks)
    assert tasks.html.select_one(f'a[href="{path}/replies"]')
    assert clerk.get(f"{path}/replies").html.select_one("tbody .gr-badge-bad").text == "逾期"
    registry.post(f"{delivery}/reply", COMING)
    assert clerk.get(f"{path}/replies").html.select_one("tbody .gr-badge-bad").text == "逾期", "it came too late"
    assert "逾期未回复的单位" not in words(clerk.get("/my_tasks"))


def test_p_60_the_table_leaves_as_a_file_and_that_is_on_record(app, clerk, registry):
    path = send(app, clerk, "gd-office", "guangzhou", **MEETING)
    registry.post(f"{sign(app, registry, 'gd-office')}/reply", COMING)
    text = clerk.post(f"{path}/replies", {"format": "csv"}, status=200).body.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:6] == ["单位", "身份", "回复", "姓名", "职务", "电话"]
    assert [row[3] for row in rows[1:]] == ["周敏", "林立", ""], "one line a person, one for whoever owes an answer"
    book = load_workbook(io.BytesIO(clerk.post(f"{path}/replies", {"format": "xlsx"}, status=200).body))
    assert book.active.max_row == 4
    assert [entry.details["rows"] for entry in journaled(app, "dispatch.export_replies")] == [3, 3]
    clerk.post(f"{path}/replies", {"format": "pdf"}, status=400)


def test_p_60_a_written_reply_may_be_a_document_sent_back(app, clerk, registry):
    gz = Desk(app, "gz.clerk")
    path = send(app, clerk, "guangzhou", reply_kind="written", reply_due="2013-01-10T17:00")
    delivery = sign(app, gz, "guangzhou")
    assert "请写明回复内容" in words(gz.post(f"{delivery}/reply", {"text": " "}, status=422))
    later(minutes=10)
    gz.send(
        Desk(app, "gz.approver"),
        "guangzhou",
        ["jiangmen"],
        title="关于春运工作的复函",
        number="穗府函〔2013〕3号",
        kind="函",
    )
    form = gz.get(f"{delivery}/reply")
    chosen = form.html.select('select[name="document"] option')[1]
    assert "穗府函〔2013〕3号" in chosen.text
    gz.post(f"{delivery}/reply", {"text": "", "document": chosen["value"]})
    assert "穗府函〔2013〕3号 关于春运工作的复函" in words(clerk.get(f"{path}/replies"))


def test_p_60_terms_that_cannot_be_read_stay_in_the_form(app, clerk):
    page = clerk.compose("jiangmen", ["gd-office"], status=422, reply_kind="meeting", reply_due="下周五")
    assert "回复期限应写成" in words(page)
    path = path_of(clerk.compose("jiangmen", ["gd-office"], reply_kind="meeting", reply_due="")).removesuffix("/edit")
    drain_work(app)
    clerk.act(path, "submit")
    page = clerk.get(f"{path}/edit?check=1")
    assert "请填写回复期限" in words(page)
    assert page.html.select_one('select[name="reply_kind"] option[selected]')["value"] == "meeting"


def test_p_60_without_a_request_there_is_no_form_and_no_table(app, clerk, registry):
    path = send(app, clerk, "gd-office")
    delivery = sign(app, registry, "gd-office")
    registry.get(f"{delivery}/reply", status=404)
    registry.post(f"{delivery}/reply", {"text": "x"}, status=403)
    assert "没有要求回复" in words(clerk.get(f"{path}/replies"))
    clerk.post(f"{path}/replies", {"format": "csv"}, status=400)
    assert "回复汇总" not in words(clerk.get(f"{path}/"))
