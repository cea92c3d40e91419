"""Units joined, renamed, merged and cancelled, each from end to end over HTTP (domain.md 5.8, part 8; P-10 to P-15, R-7.4, S-13)."""

import pytest

from govrepo import clock
from tests.app import site
from tests.desk import Desk, drain_work, journaled, path_of, row_link, rows, words

FORM = {
    "form": "organ", "code": "hengqin", "name": "横琴新区管理委员会", "short_name": "横琴新区", "kind": "other", "group": "",
    "letter": "横新函〔2013〕1号", "document_codes": "珠横新", "contact": "甲某", "office_phone": "0756-0000000", "mobile": "",
    "has_plate": "", "has_seal": "", "planned": "2013-03-01",
}  # fmt: skip


@pytest.fixture
def desk(app, at):
    at("2013-01-07 09:40")
    known = {}

    def of(login):
        if login not in known:
            known[login] = Desk(app, login)
        return known[login]

    return of


def person_path(app, login):
    with site(app) as root:
        return f"/people/{root.logins[login].id}"


def change_roles(desk, person, **form):
    """A reviewed permission change."""
    admin = desk("admin")
    path = path_of(admin.post("/request_change", {"person": person, "reason": "试验", "capacity": "regular", **form}))
    desk("auditor").act(path.rstrip("/"), "approve")
    admin.act(path.rstrip("/"), "execute")


def revoke(app, desk, login):
    with site(app) as root:
        person = root.logins[login]
        held = [f"{person.id}/{each.uid}" for each in person.appointments(clock.now())]
    for appointment in held:
        change_roles(desk, login, kind="revoke", appointment=appointment)


def decide(desk, path, name, **form):
    """The liaison asks by letter, the leader approves, the administrator carries it out."""
    desk("liaison").post(f"{path}/do", {"act": f"request_{name}", "letter": "函〔2013〕2号", **form})
    assert "单位申请待批准" in words(desk("office.leader").get("/"))
    desk("office.leader").act(path, "approve_change")


def join(app, desk):
    """A unit applied for, approved, staffed by reviewed requests, activated."""
    path = path_of(desk("liaison").post("/unit_application", FORM)).rstrip("/")
    desk("office.leader").act(path, "approve")
    admin = desk("admin")
    for login, role in (("hq.admin", "unit_administrator"), ("hq.clerk", "unit_clerk")):
        admin.post(f"{path}/new_person", {"login": login, "name": f"某{login}", "established": "yes"}, status=200)
        change_roles(desk, login, kind="grant", role=role, scope="unit:hengqin")
    admin.act(path, "activate")
    return path


def test_p_10_r_n1_1_a_new_unit_receives_at_once(app, desk):
    path = join(app, desk)
    assert "在用" in words(desk("admin").get(path + "/"))
    jm = desk("jm.clerk")
    sent = jm.send(desk("jm.approver"), "jiangmen", ["hengqin"])
    drain_work(app)
    assert "横琴新区" in jm.get(f"{sent}/status").text
    assert "待签收" in jm.get(f"{sent}/status").text
    assert [entry.action for entry in journaled(app) if entry.action.startswith("unit.")] == [
        "unit.apply", "unit.approve", "unit.activate",
    ]  # fmt: skip


def test_p_12_renamed_and_open_deliveries_follow(app, desk):
    path = "/units/jiangmen"
    early = desk("admin").act(path, "rename", status=403)
    assert "还没有经厅领导批准" in words(early)
    assert journaled(app, "unit.rename", "refused")
    decide(desk, path, "rename", new_name="江门新市人民政府", new_short_name="江门新市")
    page = desk("admin").get(path + "/")
    assert page.html.select_one("li[aria-current=step] b").text == "管理员办理更名"
    desk("admin").act(path, "rename")
    page = words(desk("admin").get(path + "/"))
    assert "江门新市人民政府" in page
    assert "江门市人民政府江门市2013-01-06" in page
    assert "江门新市" in desk("jm.clerk").get("/exchange/jiangmen/waiting").text
    assert len(rows(desk("liaison").get("/unit_list?q=%E6%B1%9F%E9%97%A8%E5%B8%82"))) == 1  # Found by its former name.


def test_p_14_merged_people_divisions_and_open_work_go_over(app, desk):
    jm = desk("jm.clerk")
    sent = jm.send(desk("jm.approver"), "jiangmen", ["caizheng"])
    drain_work(app)
    path = "/units/caizheng"
    decide(desk, path, "merge", successor="fagai")
    desk("caizheng.clerk")
    desk("admin").act(path, "merge_into")
    page = words(desk("admin").get(path + "/"))
    assert "已并入其他单位" in page
    assert "承接单位广东省发展和改革委员会" in page
    assert "预算处" in words(desk("admin").get("/units/fagai/"))
    assert "省发展改革委预算处" in jm.get("/exchange/jiangmen/compose").text
    assert any(
        "caizheng.clerk" in line and "没有任职" in line for line in rows(desk("admin").get("/units/fagai/people"))
    )
    desk("caizheng.clerk").get("/exchange/caizheng/waiting", status=404)  # new roles by reviewed requests only.
    heir = desk("fagai.clerk")
    delivery = row_link(heir.get("/exchange/caizheng/waiting"), "春运")
    heir.post(f"{delivery}/open")
    heir.act(delivery, "sign_for")
    assert "已签收" in jm.get(f"{sent}/status").text
    heir.get("/exchange/caizheng/compose", status=403)
    assert "省财政厅" not in jm.get("/exchange/jiangmen/compose").text


def test_p_13_cancelled_after_everything_is_finished_and_readable_by_the_operator_only(app, desk):
    path = join(app, desk)
    decide(desk, path, "cancel")
    refused = words(desk("admin").act(path, "cancel", status=403))
    assert "还有 2 个账号没有注销" in refused
    for login in ("hq.clerk", "hq.admin"):
        person = person_path(app, login)
        desk("admin").post(f"{person}/leave", {"act": "begin_handover", "note": "单位注销"})
        refused = words(desk("admin").post(f"{person}/leave", {"act": "close"}, status=403))
        assert "还有 1 项任职没有撤销" in refused
        revoke(app, desk, login)
        desk("admin").post(f"{person}/leave", {"act": "close"})
    desk("admin").act(path, "cancel")
    assert "已注销" in words(desk("liaison").get(path + "/"))
    desk("office.registry1").get("/exchange/hengqin/all")
    desk("admin").get("/exchange/hengqin/all", status=404)
    assert "横琴新区" not in desk("jm.clerk").get("/exchange/jiangmen/compose").text


def test_r_n5_1_the_list_of_units_past_the_deadline(desk, at):
    at("2013-04-01 09:40")
    lines = rows(desk("liaison").get("/unit_list?show=late"))
    assert any("参事室" in line for line in lines)
    assert any("社会保险" in line for line in lines)
    assert all("江门市" not in line for line in lines)


def test_s_13_r_24_5_a_case_officer_leaves_and_a_colleague_sends_the_draft(app, desk):
    officer, head = desk("zh1.officer"), desk("zh1.head")
    draft = path_of(
        officer.compose("gd-office", ["jiangmen"], number="粤办函〔2013〕4号", kind="函", title="关于某事的函")
    )
    draft = draft.removesuffix("/edit")
    change_roles(desk, "zh2.officer", kind="grant", role="case_officer", scope="division:zh1")
    path = person_path(app, "zh1.officer")
    head.post(f"{path}/leave", {"act": "begin_handover", "note": "退休"})
    assert "/login" in officer.get("/", status=303).location
    page = head.get(f"{path}/leave")
    assert "粤办函〔2013〕4号" in words(page)
    form = next(each for each in page.forms.values() if "item" in each.fields)
    taker = next(value for value, _on, label in form["taker"].options if "zh2.officer" in label)
    desk("zh2.officer").get(f"{draft}/edit")
    desk("zh2.officer").act(draft, "submit", status=403)  # not the own one yet.
    head.post(f"{path}/leave", {"act": "hand_over", "item": form["item"].value, "taker": taker})
    assert [entry.reason for entry in journaled(app, "dispatch.hand_over")] != []
    drain_work(app)
    desk("zh2.officer").act(draft, "submit")
    desk("office.leader").act(draft, "release")
    desk("zh2.officer").act(draft, "send")
    assert "已发送" in words(desk("zh2.officer").get(draft + "/"))
    assert "没有未办的事项。" in words(head.get(f"{path}/leave"))
    revoke(app, desk, "zh1.officer")
    desk("office.admin").post(f"{path}/leave", {"act": "close"})
    assert "已注销" in words(desk("admin").get(f"{path}/@@person"))
    with site(app) as root:
        (held,) = [each for each in root.logins["zh1.officer"].values() if hasattr(each, "role")]
        assert held.until is not None  # Kept with its period, not deleted.
