"""Paper at the receiver's, from outside: scanning, marking, entering by hand, matching (R-N2.2, P-34, R-N4.4)."""

import pytest
from pyramid.traversal import find_resource, resource_path

from govrepo import clock
from govrepo.catalog import register
from tests.app import site
from tests.attacks import scene
from tests.desk import Desk, drain_work, journaled, lines, pdf, words
from tests.policies.bench import Bench, local, papers

BOX, OFFICE = "/exchange/gd-government", "gd-government"


@pytest.fixture(scope="module")
def clerk(desk):
    return desk("office.registry1")


def parcel(app, maker="paper"):
    """A fresh parcel for the office: its address, its code, its delivery's address and title."""
    with site(app) as root:
        item = scene.MAKERS[maker](Bench(root, app.registry))
        item.delivery.document.title = f"关于{item.uid}的通知"
        register(root, "paper_items").changed(item)
        return {
            "path": resource_path(item),
            "code": item.code,
            "title": item.title,
            "delivery": resource_path(item.delivery),
        }


def state(app, path):
    with site(app) as root:
        item = find_resource(root, path)
        return item.state, item.copies_received, item.received_by and item.received_by.name


def scan(clerk, code, status=303):
    return clerk.post(f"{BOX}/paper", {"code": code}, status=status)


def test_r_n2_2_a_scan_marks_one_item_received_and_says_what_it_was(shared_app, clerk):
    made = parcel(shared_app)
    page = scan(clerk, f"{made['code']}\n").follow()
    assert f"已收到 江门市人民政府 —《{made['title']}》（双轨纸质件，1份）" in page.text
    assert state(shared_app, made["path"])[:2] == ("received", 1)
    assert page.html.find("input", {"id": "f-code"}).has_attr("autofocus")
    assert made["title"] in page.html.find("section", {"aria-labelledby": "today"}).text
    assert journaled(shared_app, "paper_item.receive")[-1].details["copies"] == 1


def test_r_n2_2_a_second_scan_is_told_and_marks_nothing(shared_app, clerk):
    made = parcel(shared_app)
    scan(clerk, made["code"])
    before = len(journaled(shared_app))
    page = scan(clerk, made["code"], status=422)
    assert "已经收过" in words(page)
    assert "2013-01-07" in words(page)
    assert len(journaled(shared_app)) == before


def test_r_n2_2_paper_for_another_box_is_told_and_not_marked(shared_app, clerk, desk):
    made = parcel(shared_app)
    page = desk("gz.clerk").post("/exchange/guangzhou/paper", {"code": made["code"]}, status=422)
    assert "送错了：这一件是送“省政府”的" in words(page)
    assert made["title"] not in page.text  # Whose it is not reads nothing of it.
    assert state(shared_app, made["path"])[0] == "expected"


@pytest.mark.parametrize("code", ["", "1", "1234567890123456", "二维码", "9" * 60])
def test_what_is_no_code_is_told(clerk, code):
    page = scan(clerk, code, status=422)
    assert page.html.find(id="e-code").text
    assert page.html.find("input", {"id": "f-code"})["aria-invalid"] == "true"


def test_a_good_code_of_nothing_is_told(clerk):
    assert "没有这个编号" in words(scan(clerk, "0000000000000000", status=422))


def test_what_was_waived_is_not_marked_by_a_scan(shared_app, clerk):
    made = parcel(shared_app)
    clerk.act(made["path"], "waive", note="当面核对")
    assert "的状态是“免收”" in words(scan(clerk, made["code"], status=422))


def test_r_n2_2_the_deliverys_page_shows_paper_and_marks_it(shared_app, clerk):
    made = parcel(shared_app)
    page = clerk.get(f"{made['delivery']}/")
    assert "待收 双轨纸质件" in words(page)
    assert "应于 2013-01-16 前收到" in words(page)
    answer = clerk.act(made["path"], "receive", back="delivery")
    page = answer.follow()
    assert page.request.path == f"{made['delivery']}/"
    assert "2013-01-07 收到 1 份" in words(page)


def test_r_n2_2_another_number_of_copies_and_a_condition_are_kept(shared_app, clerk):
    made = parcel(shared_app)
    path = made["path"]
    page = clerk.act(path, "receive", status=422, day="2013-01-08", copies="x", condition="破损")
    assert {each["id"] for each in page.html.select(".gr-error[id]")} == {"e-day", "e-copies"}
    assert page.html.find("input", {"id": "f-condition"})["value"] == "破损"
    page = clerk.act(path, "receive", day="2013-01-06", copies="3", condition="破损").follow()
    assert "破损" in words(page)
    assert state(shared_app, path)[:2] == ("received", 3)


def test_r_n2_2_waive_lost_and_taking_back_need_words(shared_app, clerk):
    path = parcel(shared_app)["path"]
    for name, after in (("report_lost", "lost"), ("waive", "waived"), ("reopen", "expected")):
        page = clerk.act(path, name, status=422, note=" ")
        assert page.html.find(id="e-note").text
        page = clerk.act(path, name, note="写明情况").follow()
        assert "写明情况" in words(page)
        assert state(shared_app, path)[0] == after
    clerk.act(path, "send_again", status=400)
    clerk.act(path, "nonsense", status=400)


def test_the_page_finds_what_is_looked_for(shared_app, clerk):
    made = parcel(shared_app)
    uid = made["title"][2:-3]
    assert [made["title"] in line for line in lines(clerk.get(f"{BOX}/paper?q={uid}"))] == [True]
    assert "没有待收的纸质件" in words(clerk.get(f"{BOX}/paper?q=zzzz"))
    answer = clerk.act(made["path"], "receive", back="box")
    assert answer.location.endswith(f"{BOX}/paper")


def test_part_6_paper_before_its_twin_is_entered_and_matched_later(shared_app, clerk):
    page = clerk.post(
        f"{BOX}/paper_enter",
        {"sender": "", "number": "江府〔2013〕88号", "title": "", "day": "", "copies": "0"},
        status=422,
    )
    assert {each["id"] for each in page.html.select(".gr-error[id]")} == {"e-sender", "e-title", "e-day", "e-copies"}
    assert page.html.find("input", {"id": "f-number"})["value"] == "江府〔2013〕88号"
    typed = {
        "sender": "江门市人民政府",
        "number": "江府[2013]88号",
        "title": "先到的纸质件",
        "day": "2013-01-07",
        "copies": "1",
    }
    answer = clerk.post(f"{BOX}/paper_enter", typed)
    page = answer.follow()
    path = page.request.path.rstrip("/")
    assert "本箱还没有文号相同" in words(page)
    assert "先到的纸质件" in clerk.get(f"{BOX}/paper").html.find("section", {"aria-labelledby": "unmatched"}).text
    assert clerk.act(path, "match", status=422, target="x").html.find(id="errors").select("li")
    with site(shared_app) as root:
        bench = Bench(root, shared_app.registry)
        dispatch = bench.delivered(mains=(OFFICE,), **scene.ELEMENTS | {"number": "江府〔2013〕88号"})
        uid = bench.paper(dispatch, OFFICE).uid
    page = clerk.get(f"{path}/")
    assert page.html.find("input", {"name": "target", "value": uid})
    clerk.act(path, "match", target=uid)
    with site(shared_app) as root:
        assert {each.state for each in papers(root, dispatch_of(root, uid))} == {"received", "matched"}


def dispatch_of(root, uid):
    found = register(root, "paper_items").query(sort="order", limit=500).objects
    return next(each for each in found if each.uid == uid).dispatch


def test_keyboard_only_the_first_focus_is_the_code_and_enter_sends(clerk):
    page = clerk.get(f"{BOX}/paper")
    form = page.html.find("input", {"id": "f-code"}).find_parent("form")
    assert (form["method"], form["action"]) == ("post", f"{BOX}/paper")
    assert len(form.select("button")) == 1
    assert len(page.html.select("[autofocus]")) == 1


def test_r_n4_4_an_off_line_entry_has_its_paper_received_at_once(shared_app, clerk):
    box = "/exchange/gd-office"
    code = clerk.get(f"{box}/offline").html.select("select[name=unit] option")[1]["value"]
    scan_, text = clerk.upload("扫描.pdf", pdf("扫描")), clerk.upload("正文.txt", "正文".encode())
    typed = {
        "unit": code,
        "channel": "paper",
        "title": "关于补录的报告",
        "kind": "报告",
        "number": "",
        "no_number_reason": "无",
        "date": "2013-01-04",
    }
    clerk.post(f"{box}/offline", typed | {"scan_upload": scan_, "editable_upload": text})
    drain_work(shared_app)
    row = next(each for each in lines(clerk.get("/registers/paper?state=received")) if "关于补录的报告" in each)
    assert "2013-01-07" in row


def test_r_n2_2_overdue_paper_stands_on_both_sides_lists_of_tasks(shared_app):
    made = parcel(shared_app)
    clock.travel(local("2013-01-17 09:00"))
    try:
        clerk, sender = (Desk(shared_app, login) for login in ("office.registry1", "jm.clerk"))
        assert "逾期未收到的纸质件" in words(clerk.get("/"))
        mine, theirs = clerk.get("/my_tasks"), sender.get("/my_tasks")
        assert mine.html.find("a", {"href": f"{made['path']}/"})
        assert "发出的纸质件：对方逾期未收到或者遗失" in words(theirs)
        assert "逾期" in words(clerk.get(f"{made['path']}/"))
    finally:
        clock.travel(local("2013-01-07 10:00"))
