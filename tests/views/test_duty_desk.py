"""The duty desk on screen (R-16.1, R-16.4)."""

from tests.desk import drain_work, row_link, words

DESK = "/exchange/gd-office"
CALL = {"call_at": "2013-01-07T09:58", "caller": "甲", "called": "乙", "unit": "jiangmen", "urgency": "urgent"}


def test_r_16_1_an_empty_desk_says_that_nobody_is_on_duty(desk):
    page = desk("office.duty").get(f"{DESK}/duty")
    assert "现在无人值班" in words(page)
    assert "值班表有 1 处空班" in words(page)
    alert = page.html.select_one("#alert")
    assert (alert["data-seconds"], alert["data-repeats"]) == ("5", "yes")
    assert page.html.select_one("#now")["hx-trigger"] == "every 5s"
    elsewhere = desk("office.duty").get("/").html.select_one("#alert")
    assert (elsewhere["data-seconds"], elsewhere["data-repeats"]) == ("15", "no")


def test_r_16_only_the_office_has_a_desk(desk):
    for name in ("duty", "duty_now", "phone"):
        desk("office.duty").get(f"/exchange/gd-government/{name}", status=404)
    assert "值班台" in words(desk("office.duty").get("/"))
    assert "值班台" not in words(desk("office.leader").get("/"))


def test_r_16_4_a_call_is_taken_matched_by_hand_and_taken_back(desk, shared_app):
    duty = desk("office.duty")
    wrong = duty.post(f"{DESK}/phone", {"unit": "", "called": "", "number": "江府〔2013〕41号"}, status=422)
    assert "请选择来电单位" in words(wrong)
    assert wrong.html.select_one("#f-number")["value"] == "江府〔2013〕41号"
    duty.post(f"{DESK}/phone", CALL | {"number": "江府〔2013〕40号"})
    notice = next(
        a["href"] for a in duty.get(f"{DESK}/duty").html.select("a[data-open]") if "phone_notices" in a["href"]
    )
    assert "该单位在时限内没有来文" in words(duty.get(notice))
    title = "关于抢险的通知四十一"
    desk("jm.clerk").send(
        desk("jm.approver"), "jiangmen", ["gd-office"], title=title, number="江府〔2013〕41号", urgency="urgent"
    )
    drain_work(shared_app)
    page = duty.get(f"{DESK}/duty_now")
    assert title in page.text
    choice = duty.get(notice).html.select_one("input[name=delivery]")["value"]
    assert "请选择所对应的来文" in words(duty.act(notice.rstrip("/"), "match", status=422))
    duty.act(notice.rstrip("/"), "match", delivery=choice)
    assert title in words(duty.get(notice))
    delivery = row_link(duty.get(f"{DESK}/waiting"), title)
    assert "甲 打给 乙" in words(duty.get(f"{delivery}/"))
    duty.act(notice.rstrip("/"), "part", note="不是此件")
    assert "请写明理由" in words(duty.act(notice.rstrip("/"), "drop", status=422, note=""))
    duty.act(notice.rstrip("/"), "drop", note="来电更正")
    assert "不再等待" in words(duty.get(notice))
    duty.act(notice.rstrip("/"), "nonsense", status=400)
    assert "电话通知：待到文" not in words(duty.get("/my_tasks"))
