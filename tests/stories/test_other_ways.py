"""Smaller stories of the exchange: off-line entry, direct to a division, additions, corrections, many at once, the print quota."""

import pytest

from tests.app import drain, site
from tests.desk import Desk, path_of, pdf, row_link, rows, words

TITLE = "关于做好2013年春运工作的通知"
OFFICE = "/exchange/gd-office"


@pytest.fixture
def clerk(app, at):
    at("2013-01-07 09:40")
    return Desk(app, "jm.clerk")


@pytest.fixture
def approver(app, clerk):
    return Desk(app, "jm.approver")


@pytest.fixture
def registry(app, clerk):
    return Desk(app, "office.registry1")


def test_paper_of_an_unconnected_unit_is_entered_by_the_office(app, registry):
    """R-N4.4: by the office's clerk, with scan and editable file, marked with its channel."""
    page = registry.get(f"{OFFICE}/offline")
    unit = page.html.select("select[name=unit] option")[1]["value"]
    typed = {
        "unit": unit,
        "title": "关于报送情况的报告",
        "kind": "报告",
        "number": "粤阳〔2013〕1号",
        "date": "2013-01-04",
        "urgency": "plain",
    }
    scan = registry.upload("扫描.pdf", pdf("扫描"))
    refused = registry.post(f"{OFFICE}/offline", typed | {"scan_upload": scan}, status=422)
    assert "缺少可编辑文档" in words(refused)
    assert "请选择原渠道" in words(refused)
    assert refused.html.find("input", {"name": "title"})["value"] == typed["title"]
    assert refused.html.find("input", {"name": "scan_upload"})["value"] == scan, "nobody uploads twice"
    assert rows(registry.get(f"{OFFICE}/all")) == []

    editable = registry.upload("正文.txt", "正文".encode())
    whole = typed | {"channel": "paper", "scan_upload": scan, "editable_upload": editable}
    registry.post(f"{OFFICE}/offline", whole)
    drain(app)
    (line,) = rows(registry.get(f"{OFFICE}/waiting"))
    assert "粤阳〔2013〕1号" in line
    delivery = row_link(registry.get(f"{OFFICE}/waiting"), "报告")
    registry.post(f"{delivery}/open")
    registry.act(delivery, "sign_for")
    assert "已签收" in rows(registry.get(f"{OFFICE}/signed"))[0]


def test_a_department_sends_direct_to_a_division(app, clerk, approver):
    """R-19.1: the division's own receiver signs, and the office's registry sees nothing of it."""
    clerk.send(approver, "jiangmen", ["gd-office-zh1"])
    drain(app)
    receiver = Desk(app, "zh1.receiver")
    mine = row_link(receiver.get("/exchange/gd-office-zh1/waiting"), TITLE)
    receiver.post(f"{mine}/open")
    receiver.act(mine, "sign_for")
    registry = Desk(app, "office.registry1")
    assert rows(registry.get(f"{OFFICE}/all")) == []
    registry.get(f"{mine}/", status=404)


def test_recipients_are_added_by_a_linked_dispatch_with_its_own_release(app, clerk, approver):
    sent = clerk.send(approver, "jiangmen", ["caizheng"])
    drain(app)
    assert "请选择要补发的单位" in words(clerk.post(f"{sent}/add", status=422))
    assert "已在收文单位中" in words(clerk.post(f"{sent}/add", {"mains": "caizheng"}, status=422))
    added = path_of(clerk.post(f"{sent}/add", [("mains", "jiaotong"), ("copies", "gongan")])).rstrip("/")
    clerk.get(f"{added}/edit", status=303)
    clerk.post(f"{added}/edit", {"title": "偷改标题"}, status=303)
    approver.act(added, "send_back", reason="缺一个单位")
    clerk.post(f"{added}/edit", {"title": "偷改标题"}, status=303)
    assert TITLE in words(clerk.get(f"{sent}/")), "what was sent does not change through a linked dispatch"
    clerk.act(added, "submit")
    approver.act(added, "release")
    clerk.act(added, "send")
    drain(app)
    assert TITLE in rows(Desk(app, "jiaotong.clerk").get("/exchange/jiaotong/waiting"))[0]
    assert len(rows(Desk(app, "caizheng.clerk").get("/exchange/caizheng/waiting"))) == 1
    assert f"{added}/" in [each["href"] for each in clerk.get(f"{sent}/").html.select(".gr-files a")]


def test_a_correction_replaces_and_both_sides_see_it(app, clerk, approver):
    """P-40: a new document, linked; receivers see which one replaces which."""
    sent = clerk.send(approver, "jiangmen", ["caizheng"])
    drain(app)
    draft = path_of(clerk.act(sent, "correct"))
    form = clerk.get(draft).html
    assert form.find("input", {"name": "title"})["value"] == TITLE
    fields = {"title": TITLE, "kind": "通知", "number": "江府〔2013〕3号", "date": "2013-01-07", "mains": "caizheng"}
    files = {"scan_upload": clerk.upload("新.pdf", pdf("新")), "editable_upload": clerk.upload("新.txt", b"new")}
    clerk.post(draft, fields | files | {"then": "save"})
    drain(app)
    right = draft.removesuffix("/edit")
    clerk.act(right, "submit")
    approver.act(right, "release")
    clerk.act(right, "send")
    drain(app)
    receiver = Desk(app, "caizheng.clerk")
    old, new = (row_link(receiver.get("/exchange/caizheng/waiting"), f"江府〔2013〕{number}号") for number in (2, 3))
    for delivery, said in ((old, "本件已被更正"), (new, f"本件更正“{TITLE}”")):
        receiver.post(f"{delivery}/open")
        assert said in words(receiver.get(f"{delivery}/"))


def test_many_are_signed_for_and_distributed_at_once(app, clerk, approver, registry):
    """One receipt each; a person finds what was distributed under the own list, reads and closes it."""
    for number in range(3):
        clerk.send(approver, "jiangmen", ["gd-office"], number=f"江府〔2013〕{number + 1}号", signer="江上舟")
    drain(app)
    page = registry.get(f"{OFFICE}/waiting")
    chosen = [("selected", each["value"]) for each in page.html.select("input[name=selected]")]
    assert len(chosen) == 3
    registry.post(f"{OFFICE}/act", [("act", "sign_for"), *chosen])
    assert rows(registry.get(f"{OFFICE}/waiting")) == []
    signed = registry.get(f"{OFFICE}/signed")
    assert len(rows(signed)) == 3
    assert "已签收" in words(registry.get(row_link(signed, "1号") + "/receipt"))

    away = registry.post(f"{OFFICE}/act", [("act", "distribute"), *chosen])
    page = registry.get(path_of(away))
    person = next(each["value"] for each in page.html.select("input[name=people]") if "厅领导" in each.parent.text)
    targets = [("targets", "division:zh1"), ("people", person), ("lead", person), ("note", "请阅示")]
    registry.post(f"{OFFICE}/distribute", [("d", uid) for _name, uid in chosen] + targets)
    assert len(rows(Desk(app, "zh1.receiver").get("/exchange/gd-office-zh1/waiting"))) == 3
    leader = Desk(app, "office.leader")
    assert len(rows(leader.get("/assigned"))) == 3
    task = row_link(leader.get("/assigned"), TITLE)
    leader.act(task, "open")
    assert "请阅示" in words(leader.get(f"{task}/"))
    leader.act(task, "close", note="已阅")
    assert len(rows(leader.get("/assigned"))) == 2


def test_distributing_several_is_all_or_none(app, clerk, approver, registry):
    for number in range(2):
        clerk.send(approver, "jiangmen", ["gd-office"], number=f"江府〔2013〕{number + 1}号", signer="江上舟")
    drain(app)
    uids = [each["value"] for each in registry.get(f"{OFFICE}/waiting").html.select("input[name=selected]")]
    registry.post(f"{OFFICE}/act", [("act", "sign_for"), *(("selected", uid) for uid in uids)])
    registry.post(f"{OFFICE}/distribute", [("d", uids[1]), ("targets", "division:zh1")])
    both = [("d", uids[0]), ("d", uids[1]), ("targets", "division:zh1")]
    assert "已分办给" in words(registry.post(f"{OFFICE}/distribute", both, status=422))
    assert len(rows(Desk(app, "zh1.receiver").get("/exchange/gd-office-zh1/waiting"))) == 1
    assert "请至少选择一个处室或人员" in words(registry.post(f"{OFFICE}/distribute", {"d": uids[0]}, status=422))


def test_formal_copies_are_printed_up_to_the_quota(app, clerk, approver, registry):
    """P-35; the editable file is downloaded without using it up."""
    clerk.send(approver, "jiangmen", ["gd-office"], quota="2", signer="江上舟")
    drain(app)
    delivery = row_link(registry.get(f"{OFFICE}/waiting"), TITLE)
    registry.post(f"{delivery}/open")
    registry.act(delivery, "sign_for")
    found = (each["value"] for each in registry.get(f"{delivery}/").html.select("input[name=file]"))
    scan, text = dict.fromkeys(found)
    for _copy in range(2):
        sheets = path_of(registry.post(f"{delivery}/take", {"act": "print", "file": scan}))
        assert "正式份" in registry.get(sheets).text
    assert "已用完" in words(registry.post(f"{delivery}/take", {"act": "print", "file": scan}, status=403))
    registry.post(f"{delivery}/take", {"act": "download", "file": scan}, status=422)
    wanted = {"act": "download", "file": text, "purpose": "起草办理意见", "system": "厅办公系统"}
    assert registry.post(f"{delivery}/take", wanted, status=200).body == "正文".encode()


def test_the_sender_looks_after_a_day(app, at, clerk, approver):
    """P-38."""
    sent = clerk.send(approver, "jiangmen", ["caizheng"])
    drain(app)
    clerk.act(sent, "check", status=403)
    at("2013-01-08 09:45")
    tomorrow = Desk(app, "jm.clerk")
    tomorrow.act(sent, "check")
    assert "查询签收情况" in words(tomorrow.get(f"{sent}/"))


def test_what_all_have_settled_is_completed(app, clerk, approver, registry):
    from policies.postmaster import settle  # noqa: PLC0415 - A timed job, done here at its time.

    sent = clerk.send(approver, "jiangmen", ["gd-office"], signer="江上舟")
    drain(app)
    delivery = row_link(registry.get(f"{OFFICE}/waiting"), TITLE)
    registry.post(f"{delivery}/open")
    registry.act(delivery, "sign_for")
    with site(app) as root:
        assert settle(root, app.registry) == 1
    assert "已完成" in words(clerk.get(f"{sent}/"))


def test_a_box_closed_meanwhile_fails_visibly_and_is_sent_to_again(app, clerk, approver):
    sent = clerk.send(approver, "jiangmen", ["caizheng"])
    _set_state(app, "closed")
    drain(app)
    assert "投递失败" in rows(clerk.get(f"{sent}/"))[0]
    assert rows(Desk(app, "caizheng.clerk").get("/exchange/caizheng/all")) == []
    _set_state(app, "normal")
    again = path_of(clerk.post(f"{sent}/resend", {"selected": "caizheng"})).rstrip("/")
    approver.act(again, "release")
    clerk.act(again, "send")
    drain(app)
    assert TITLE in rows(Desk(app, "caizheng.clerk").get("/exchange/caizheng/waiting"))[0]
    assert "只能向已退回" in words(clerk.post(f"{sent}/resend", {"selected": "jiaotong"}, status=422))


def _set_state(app, state):
    with site(app) as root:
        root["exchange"]["caizheng"].state = state
