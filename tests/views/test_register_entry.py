"""The registers on the screen (part 6; 5.5): list with filters, an entry, its forms, my tasks."""

from datetime import date
from urllib.parse import quote

import pytest

from govrepo import clock
from tests.desk import Desk, path_of, rows, words
from tests.policies.bench import local

BOX = "/exchange/gd-office"
PAPER = {
    "from_unit": "江门市政府", "from_no": "江府[2013]9号", "title": "关于春运工作的报告", "kind": "报告", "dated": "2013-01-04",
    "channel": "paper", "received": "2013-01-06", "urgency": "plain", "handling": "action", "copies": "1", "pages": "3",
    "reply_due": "", "number": "",
}  # fmt: skip


def registered(desk, **changed):
    return path_of(desk("office.registry1").post(f"{BOX}/enter", PAPER | changed)).rstrip("/")


def do(who, entry, act, status=303, **fields):
    return who.post(f"{entry}/do", {"act": act, **fields}, status=status)


@pytest.fixture
def entry(desk):
    count = len(rows(desk("office.registry1").get(f"{BOX}/entries?show=all")))
    return registered(desk, from_no=f"江府〔2013〕{count + 50}号", title=f"关于第{count}项工作的报告")


def test_the_list_is_searched_in_any_brackets_and_by_title(desk):
    registered(desk, from_no="粤财[2013]7号", title="关于预算执行情况的报告", urgency="urgent")
    registry = desk("office.registry1")
    for asked in ("q=粤财【2013】7号", "q=预算执行", "q=预算执行&urgency=urgent&year=2013"):
        (line,) = rows(registry.get(f"{BOX}/entries?{quote(asked, safe='=&')}"))
        assert "关于预算执行情况的报告" in line
    for asked in ("q=预算决算", "q=预算执行&urgency=plain", "q=预算执行&year=2012", "q=预算执行&late=yes"):
        assert rows(registry.get(f"{BOX}/entries?{quote(asked, safe='=&')}")) == []
    registry.get(f"{BOX}/entries?after=x", status=400)
    desk("zh2.receiver").get(f"{BOX}/entries", status=404)
    desk("auditor").get(f"{BOX}/entries", status=404)


def test_each_mistake_comes_back_at_its_field(desk, entry):
    registry = desk("office.registry1")
    assert "请写明内容" in words(do(registry, entry, "propose", note=" ", status=422))
    do(registry, entry, "propose", note="拟请综合二处办")
    wrong = do(registry, entry, "hand_to", lead="", due="2013-01-01", note="请速办", status=422)
    assert {each["id"] for each in wrong.html.select(".gr-error")} == {"e-lead", "e-due"}
    assert wrong.html.select_one("#f-note").text.strip() == "请速办"
    registry.post(f"{entry}/do", {"act": "file"}, status=400)
    registry.post(f"{entry}/act", {"act": "propose"}, status=400)
    registry.post(f"{entry}/act", {"act": "nothing"}, status=400)
    assert "现在的状态不能办理" in words(registry.get(f"{entry}/do?act=conclude"))


def test_circulation_reaches_the_reader_and_nobody_else(desk, entry):
    registry, leader = desk("office.registry1"), desk("office.leader")
    form = registry.get(f"{entry}/do?act=circulate")
    key = next(
        each["value"] for each in form.html.select("input[name=readers]") if leader_name(desk) in each.parent.text
    )
    do(registry, entry, "circulate", readers=key)
    assert "登记件：待阅读" in words(leader.get("/my_tasks"))
    assert "为什么不能“传阅”" in words(registry.get(f"{entry}/"))
    do(leader, entry, "read", note="已阅，无意见")
    assert "已阅，无意见" in words(registry.get(f"{entry}/"))
    desk("zh2.officer").get(f"{entry}/", status=403)


def leader_name(desk):
    from tests.app import site  # noqa: PLC0415 - One fact.

    with site(desk("office.leader").app) as root:
        return root.logins["office.leader"].name


def test_two_clerks_cancel(desk, entry):
    first, second = desk("office.registry1"), desk("office.registry2")
    do(first, entry, "ask_cancel", note="重复登记")
    assert "须由另一人办理" in words(first.get(f"{entry}/"))
    second.act(entry, "cancel")
    assert "已注销登记" in words(first.get(f"{entry}/"))
    gaps = words(first.get(first.get(f"{BOX}/series").html.select_one("a[data-open]")["href"]))
    assert "重复登记" in gaps


def test_a_refusing_division_loses_the_entry(desk, entry):
    registry, receiver = desk("office.registry1"), desk("zh2.receiver")
    do(registry, entry, "propose", note="拟办")
    do(registry, entry, "hand_to", lead="zh2", assists="zh1", due="", note="")
    assert "请综合" not in words(receiver.get(f"{entry}/"))
    assert "2013-01-21" in words(desk("zh1.head").get(f"{entry}/"))
    answer = do(receiver, entry, "refuse", note="非我处职责")
    assert path_of(answer) == "/"
    receiver.get(f"{entry}/", status=404)
    assert "没有电子版" in words(registry.get(f"{entry}/"))
    registry.get(f"{entry}/page?file=x&n=0", status=400)


def test_the_leader_extends(desk, entry):
    registry = desk("office.registry1")
    do(registry, entry, "propose", note="拟办")
    do(registry, entry, "hand_to", lead="zh2", due=date(2013, 1, 18).isoformat(), note="")
    do(desk("office.leader"), entry, "extend", due="2013-02-01", note="情况复杂")
    assert "2013-02-01" in words(registry.get(f"{entry}/"))


def test_part_10_overdue_extension_and_urging_on_the_screen(shared_app, desk):
    """3.10: the limit by urgency, marked when it has passed, extended by the leader, urged by the registry."""
    registry, leader = desk("office.registry1"), desk("office.leader")
    late = registered(desk, from_no="江府〔2013〕90号", title="关于催办一事的报告", urgency="urgent")
    do(registry, late, "propose", note="拟请综合二处办")
    do(registry, late, "hand_to", lead="zh2", due="2013-01-10")
    assert "超时限" not in words(registry.get(f"{late}/"))
    clock.travel(local("2013-01-11 09:00"))
    registry, leader = Desk(shared_app, "office.registry1"), Desk(shared_app, "office.leader")
    try:
        assert registry.get(f"{late}/").html.select_one(".gr-lead .gr-badge-bad").text == "超时限"
        (line,) = rows(registry.get(f"{BOX}/entries?late=yes&q={quote('催办一事')}"))
        assert "2013-01-10 超时限" in line
        do(registry, late, "urge", note="请今日办结")
        assert "请今日办结" in words(registry.get(f"{late}/"))
        do(leader, late, "extend", due="2013-01-10", note="情况复杂", status=422)
        do(leader, late, "extend", due="2013-01-18", note="情况复杂")
        page = words(registry.get(f"{late}/"))
        assert "超时限" not in page
        assert "办理时限2013-01-18" in page
        assert rows(registry.get("/registers/urging"))
    finally:
        clock.travel(local("2013-01-07 10:00"))
