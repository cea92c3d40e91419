"""Calls to divisions on screen (R-20.3)."""

from tests.desk import drain_work, lines, row_link, words

DESK = "/exchange/gd-office"
CALL = {"call_at": "2013-01-07T09:58", "caller": "丙", "called": "综合二处 丁"}


def distributed(desk, app, number):
    """An urgent item of Jiangmen's, signed for by the office and distributed to a division."""
    title = f"关于抢险的通知{number}"
    desk("jm.clerk").send(desk("jm.approver"), "jiangmen", ["gd-office"], title=title, number=number, urgency="urgent")
    drain_work(app)
    registry = desk("office.registry1")
    delivery = row_link(registry.get(f"{DESK}/waiting"), title)
    registry.post(f"{delivery}/open")
    registry.act(delivery, "sign_for")
    uid = registry.get(f"{DESK}/signed").html.select_one("input[name=selected]")["value"]
    registry.post(f"{DESK}/distribute", [("d", uid), ("targets", "division:zh2")])
    return title


def test_r_20_3_the_task_stands_on_desk_tasks_and_register_until_it_is_done(desk, shared_app):
    title = distributed(desk, shared_app, "江府〔2013〕31号")
    registry = desk("office.registry1")
    assert "急件：待电话通知处室" in words(registry.get("/my_tasks"))
    assert any(
        "待电话通知" in line and title in line for line in lines(desk("zh2.receiver").get("/registers/unsigned"))
    )
    link = next(
        each["href"]
        for each in registry.get(f"{DESK}/duty").html.select("a[data-open]")
        if "division_calls" in each["href"]
    )
    page = registry.get(link)
    assert "综合二处" in words(page)
    task = link.rstrip("/")
    assert "请填写接电话的单位和人员" in words(registry.act(task, "tell", status=422, **CALL | {"called": ""}))
    registry.act(task, "miss", **CALL | {"called": ""})
    assert "无人接听" in words(registry.get(link))
    registry.act(task, "drop", status=403)
    registry.act(task, "nonsense", status=400)
    registry.act(task, "tell", words="马上来取", **CALL)
    assert "待电话通知处室 0" in words(registry.get(f"{DESK}/duty"))
    told = next(line for line in lines(registry.get("/registers/phone_notices")) if "综合二处 丁" in line)
    assert "已告知" in told
    assert any(
        "已电话通知" in line and title in line for line in lines(desk("zh2.receiver").get("/registers/unsigned"))
    )


def test_r_20_3_only_what_the_office_received_is_told(desk):
    registry = desk("office.registry1")
    registry.get(f"{DESK}/tell?d=nonsense", status=404)
    registry.get("/exchange/gd-government/tell?d=x", status=404)
