"""Sending on over HTTP: the entry's button, the draft, and what both pages show of each other (R-23.2, S-5)."""

import pytest

from govrepo import clock
from tests.app import drain
from tests.desk import Desk, lines, path_of, row_link, rows, words
from tests.policies.bench import local
from tests.stories.test_story_01_register import do
from tests.stories.test_story_09 import enter, uid_of

TITLE = "关于调整排水管网改造项目的报告"
OFFICE, DIVISION = "/exchange/gd-office", "/exchange/gd-office-zh2"


@pytest.fixture(autouse=True)
def _a_working_day():
    clock.travel(local("2013-01-07 10:05"))
    yield
    clock.reset()


@pytest.fixture
def entry(app):
    """Sent by the city, registered by the office, concluded by 综合二处."""
    Desk(app, "jm.clerk").send(Desk(app, "jm.approver"), "jiangmen", ["gd-office"], title=TITLE, kind="报告")
    drain(app)
    registry = Desk(app, "office.registry1")
    delivery = row_link(registry.get(f"{OFFICE}/waiting"), TITLE)
    registry.post(f"{delivery}/open")
    registry.act(delivery, "sign_for")
    entry = path_of(enter(registry, OFFICE, uid_of(registry, delivery))).rstrip("/")
    do(registry, entry, "propose", note="拟请综合二处研办")
    do(registry, entry, "hand_to", lead="zh2", assists="zh1")
    do(Desk(app, "zh2.officer"), entry, "conclude", note="已研究")
    return entry


def test_r_23_2_the_case_officer_sends_it_on_and_both_pages_show_it(app, entry):
    officer, head, registry = Desk(app, "zh2.officer"), Desk(app, "zh2.head"), Desk(app, "office.registry1")
    assert "发送有关单位" in words(officer.get(f"{entry}/"))
    assert "发送有关单位" not in words(registry.get(f"{entry}/")), "no business of the registry's"
    form = officer.get(f"{entry}/do?act=send_on")
    assert [each["value"] for each in form.html.select("select[name=what] option")] == ["document"]
    draft = path_of(officer.post(f"{entry}/do", {"act": "send_on", "what": "document"}))
    page = officer.get(draft)
    assert f"转《{TITLE}》" in page.html.select_one("#f-title")["value"]
    assert "扫描.pdf" in words(page)
    assert "来自登记件 厅收〔2013〕1号" in words(page)
    assert page.html.select_one("input[name=mains][value=jiangmen]").has_attr("checked")
    assert page.html.select_one("input[name=copies][value=gd-office-zh1]").has_attr("checked")

    dispatch = draft.removesuffix("/edit")
    officer.act(dispatch, "submit")
    assert "待核准" in words(officer.get(f"{entry}/"))
    head.act(dispatch, "release")
    officer.act(dispatch, "send")
    drain(app)
    assert "来自登记件 厅收〔2013〕1号" in words(officer.get(f"{dispatch}/"))
    assert officer.get(f"{dispatch}/").html.select_one(f"a[href='{entry}/']")
    assert "主送 江门市 待签收 —" in lines(officer.get(f"{entry}/"))

    clerk = Desk(app, "jm.clerk")
    arrived = row_link(clerk.get("/exchange/jiangmen/waiting"), f"转《{TITLE}》")
    assert "转" in [each.text for each in clerk.get("/exchange/jiangmen/waiting").html.select(".gr-badge-draft")]
    clerk.post(f"{arrived}/open")
    clerk.act(arrived, "sign_for")
    assert "厅收" not in words(clerk.get(f"{arrived}/")), "the register is the office's own"
    assert "主送 江门市 已签收 2013-01-07 10:05" in lines(registry.get(f"{entry}/"))
    assert registry.get(f"{entry}/").html.select_one(f"a[href='{dispatch}/']") is None, "not the registry's sending"


def test_r_23_2_without_a_choice_and_by_others_it_is_refused(app, entry):
    officer, registry = Desk(app, "zh2.officer"), Desk(app, "office.registry1")
    wrong = officer.post(f"{entry}/do", {"act": "send_on", "what": "reply"}, status=422)
    assert "请选择发送来文或者答复公文" in words(wrong)
    for other in (registry, Desk(app, "zh2.head")):
        other.post(f"{entry}/do", {"act": "send_on", "what": "document"}, status=403)
    Desk(app, "jm.clerk").post(f"{entry}/do", {"act": "send_on", "what": "document"}, status=404)
    assert rows(officer.get(f"{DIVISION}/drafts")) == []


def test_s_5_a_division_composes_a_letter_without_number_or_scan(app):
    officer, head, receiver = Desk(app, "zh1.officer"), Desk(app, "zh1.head"), Desk(app, "zh2.receiver")
    form = officer.get("/exchange/gd-office-zh1/compose")
    assert [each["value"] for each in form.html.select("select[name=kind] option")] == ["", "便函", "转"]
    assert not form.html.select("#f-number, #f-date, #f-signer")
    note = {"attachment": ("说明.txt", "请提供材料。".encode())}
    fields = {"title": "请提供排水项目材料", "number": "", "date": ""}
    unsaid = officer.compose(
        "gd-office-zh1", ["gd-office-zh2"], files=note, kind="通知", then="submit", status=422, **fields
    )
    assert "处室只能发送便函或转办件" in words(unsaid)
    sent = officer.send(head, "gd-office-zh1", ["gd-office-zh2"], files=note, kind="便函", **fields)
    drain(app)
    assert "便函" in words(officer.get(f"{sent}/"))
    delivery = row_link(receiver.get(f"{DIVISION}/waiting"), "请提供排水项目材料")
    assert "便函" in rows(receiver.get(f"{DIVISION}/waiting"))[0]
    receiver.post(f"{delivery}/open")
    receiver.act(delivery, "sign_for")
    assert "便函 " in words(receiver.get(f"{delivery}/"))
    assert "便函、转办件不是正式公文" in words(receiver.act(delivery, "forward", status=403))
    made = path_of(enter(receiver, DIVISION, uid_of(receiver, delivery)))
    assert "综合二处收〔2013〕1号" in words(receiver.get(made))


def test_7_2_only_case_officers_compose_for_a_division(app):
    for login in ("zh1.receiver", "zh1.head"):
        Desk(app, login).get("/exchange/gd-office-zh1/compose", status=403)
    Desk(app, "zh2.officer").get("/exchange/gd-office-zh1/compose", status=404)
