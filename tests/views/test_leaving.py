"""The page of a leaver: begin, hand over, close (S-13, R-24.5)."""

import pytest
import transaction

from policies.drafting_desk import begin
from policies.leaving import open_work
from tests.app import site
from tests.desk import drain_work, path_of, words
from tests.policies.bench import Bench


@pytest.fixture
def person(shared_app):
    def path(login):
        with site(shared_app) as root:
            return f"/people/{root.logins[login].id}"

    return path


def test_s_13_a_leaver_hands_over_through_the_page(desk, person, shared_app):
    clerk, head = desk("zh.clerk"), desk("zh.approver")
    draft = path_of(clerk.compose("zhuhai", ["gd-office"], number="珠府〔2013〕1号", title="关于某事的通知"))
    drain_work(shared_app)
    path = person("zh.clerk")
    page = head.get(f"{path}/leave")
    assert "珠府〔2013〕1号" in words(page)
    assert page.html.select_one("button[value=hand_over]") is None
    assert "没有能接办的同事" in words(page)
    assert page.html.select_one("li[aria-current=step] b").text == "开始交接"
    revoke = next(each["href"] for each in page.html.select("a") if "kind=revoke" in each.get("href", ""))
    asked = head.get(revoke).html
    assert asked.select_one("#f-kind option[selected]")["value"] == "revoke"
    assert asked.select_one("#f-appointment option[selected]")["value"].startswith(path.rpartition("/")[2])
    wrong = head.post(f"{path}/leave", {"act": "begin_handover", "note": ""}, status=422)
    assert {each["id"] for each in wrong.html.select(".gr-error")} == {"e-note"}
    head.post(f"{path}/leave", {"act": "begin_handover", "note": "调离"})
    assert "/login" in clerk.get("/", status=303).location
    assert "还有 1 件没有移交" in words(desk("zh.admin").get(f"{path}/leave"))
    assert desk("zh.admin").get(f"{path}/leave").html.select_one("li[aria-current=step] b").text == "逐件移交"
    assert "（无权查看标题）" in words(desk("zh.admin").get(f"{path}/leave"))
    desk("zh.admin").post(f"{path}/leave", {"act": "close"}, status=403)
    head.post(f"{path}/leave", {"act": "hand_over", "item": "x", "taker": ""}, status=400)
    head.post(f"{path}/leave", {"act": "shred"}, status=400)
    assert draft


def test_s_13_the_wrong_taker_is_told_at_the_field(desk, person, shared_app):
    officer, head = desk("zh4.officer"), desk("zh4.head")
    officer.compose("gd-office", ["jiangmen"], number="粤办函〔2013〕4号", title="关于某事的函", kind="函")
    with site(shared_app) as root:
        uid = next(each.uid for each in open_work(root.logins["zh4.officer"]).drafts)
    path = person("zh4.officer")
    head.post(f"{path}/leave", {"act": "begin_handover", "note": "退休"})
    wrong = head.post(f"{path}/leave", {"act": "hand_over", "item": uid, "taker": ""}, status=422)
    assert "请选择能够接办的同事" in words(wrong)


def test_who_reaches_the_page(desk, person):
    path = f"{person('zh3.officer')}/leave"
    for login in ("admin", "office.admin", "office.leader", "zh3.head"):
        desk(login).get(path)
    for login in ("zh3.officer", "security"):  # They may know that there is such a person.
        desk(login).get(path, status=403)
    for login in ("zh2.head", "jm.admin"):
        desk(login).get(path, status=404)


def test_s_13_documents_in_the_making_are_listed_too(desk, person, shared_app):
    with site(shared_app) as root, transaction.manager:
        document = begin(root["exchange"]["zhuhai"], Bench(root, shared_app.registry).actor("zh.clerk"))
        document.title = "关于在办事项的通知"
    page = words(desk("zh.approver").get(f"{person('zh.clerk')}/leave"))
    assert "在办的公文" in page
    assert "关于在办事项的通知" in page
    assert "关于在办事项的通知" not in words(desk("zh.admin").get(f"{person('zh.clerk')}/leave"))
