"""Alarms on the screen (R-7.1): the auditor's list and page; acknowledged with a note, and nothing else."""

import pytest

from content_types.alarm import AlarmKind
from policies.actor import system_actor
from policies.alarm import KINDS, raise_alarm
from tests.app import site
from tests.desk import path_of, rows, words


def raised(app, text, kind=AlarmKind.CLOCK, **more):
    with site(app) as root:
        made = raise_alarm(root, system_actor(app.registry), kind, text, **more)
        return f"/admin/alarms/{made.year}/{made.number}"


def test_listed_shown_and_acknowledged(shared_app, desk):
    path = raised(shared_app, "时钟回拨 7 分钟", entries=(1, 2, 3, 4), path="/@@database")
    auditor = desk("auditor")
    assert "警报待处理" in auditor.get("/").text
    assert "个警报待处理" in auditor.get("/@@manage").text
    (row,) = [each for each in rows(auditor.get("/@@alarms")) if "时钟回拨 7" in each]
    assert "1 2 3 …" in row
    page = auditor.get(f"{path}/")
    assert {"/@@journal_entry?seq=4", "/@@database"} <= {each["href"] for each in page.html.select("main a")}
    assert "请写明核实和处理的情况" in words(auditor.act(path, "acknowledge", status=422, note=" "))
    answer = auditor.act(path, "acknowledge", note="机房校时，已核实")
    assert path_of(answer) == "/@@alarms"
    assert not [each for each in rows(auditor.get("/@@alarms")) if "时钟回拨 7" in each]
    (row,) = [each for each in rows(auditor.get("/@@alarms?state=all")) if "时钟回拨 7" in each]
    assert "已处理" in row
    assert "机房校时，已核实" in words(auditor.get(f"{path}/"))
    auditor.act(path, "delete", status=400)


def test_the_list_is_cut_down_to_a_kind(shared_app, desk):
    for kind in AlarmKind:
        raised(shared_app, f"试验{kind}", kind)
    found = rows(desk("auditor").get("/@@alarms?kind=login"))
    assert ["试验login" in each for each in found] == [True]
    page = words(desk("auditor").get("/@@alarms?kind=nonsense"))
    assert all(str(label) in page for label in KINDS.values())


def test_without_entries_it_says_where_to_look(shared_app, desk):
    assert "按时间在审计日志中查询" in words(desk("auditor").get(f"{raised(shared_app, '无条目')}/"))


def test_words_are_shown_as_text(shared_app, desk):
    path = raised(shared_app, "<b>账号</b>")
    assert "<b>账号</b>" in words(desk("auditor").get(f"{path}/"))


@pytest.mark.parametrize("login", ["admin", "security", "tech", "office.leader", "jm.clerk"])
def test_nobody_else_sees_them(shared_app, desk, login):
    path = raised(shared_app, f"不给{login}看")
    other = desk(login)
    other.get(f"{path}/", status=403)
    other.post(f"{path}/act", {"act": "acknowledge", "note": "x"}, status=403)
