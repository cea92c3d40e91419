"""Story 1 (domain.md part 8) without registration: a city sends, the office signs and distributes, the division signs and assigns."""

from tests.app import drain
from tests.desk import Desk, journaled, path_of, row_link, rows, words

TITLE = "关于申请调整排水管网改造项目资金安排的请示"


def test_a_city_sends_the_office_signs_and_distributes(app, at):
    at("2013-01-07 09:40")
    clerk, approver = Desk(app, "jm.clerk"), Desk(app, "jm.approver")
    draft = clerk.compose("jiangmen", ["gd-government"], title=TITLE, kind="请示", signer="江上舟")
    path = path_of(draft).removesuffix("/edit")
    drain(app)
    clerk.act(path, "submit")
    approver.act(path, "release")
    at("2013-01-07 10:05")
    clerk.act(path, "send")
    assert "共 1 个单位，已送达 0，已签收 0" in words(clerk.get(path))
    assert drain(app)["done"] >= 1
    assert "共 1 个单位，已送达 1，已签收 0" in words(clerk.get(path))

    registry = Desk(app, "office.registry1")
    waiting = registry.get("/exchange/gd-government/waiting")
    assert len(rows(waiting)) == 1
    assert "江府〔2013〕2号" in rows(waiting)[0]
    assert "2013-01-07 10:05" in rows(waiting)[0]
    pulse = registry.get("/pulse").json["boxes"]["gd-government"]
    assert pulse["waiting"] == 1
    at("2013-01-07 10:07")
    alert = {"deliveries": pulse["newest"]}
    assert registry.browser.post_json("/alerted", alert, headers={"X-CSRF-Token": registry.token}).json == {"noted": 1}
    delivery = row_link(waiting, TITLE)

    at("2013-01-07 10:12")
    registry.post(f"{delivery}/open")
    at("2013-01-07 10:20")
    registry.act(delivery, "sign_for")
    at("2013-01-07 10:25")
    scan = registry.get(f"{delivery}/").html.select_one("button[value=print]").find_previous("input", {"name": "file"})
    sheets = path_of(registry.post(f"{delivery}/take", {"act": "print", "file": scan["value"]}))
    assert "打印 2013-01-07 10:25:00" in registry.get(sheets).text
    _sender_sees_all_five_times(clerk, path)

    at("2013-01-07 10:30")
    uid = registry.get("/exchange/gd-government/signed").html.select_one("input[name=selected]")["value"]
    registry.post("/exchange/gd-government/distribute", [("d", uid), ("targets", "division:zh2"), ("note", "请阅处")])
    _the_division_signs_and_assigns(app, at)
    _everything_is_on_record(app, registry, delivery)


def _sender_sees_all_five_times(clerk, path):
    page = clerk.get(path)
    (line,) = (row for row in rows(page) if "已签收" in row)
    for time in ("10:05", "10:07", "10:12", "10:20", "10:25"):
        assert f"2013-01-07 {time}" in line
    assert "已签收 1" in words(page)
    assert rows(clerk.get(f"{path}/status")) == [row for row in rows(page) if "2013-01-07 10:07" in row]
    receipt = words(clerk.get(f"{path}/receipt?box=gd-government"))
    assert "已签收" in receipt
    assert "已送达" in receipt


def _the_division_signs_and_assigns(app, at):
    receiver = Desk(app, "zh2.receiver")
    mine = row_link(receiver.get("/exchange/gd-office-zh2/waiting"), TITLE)
    at("2013-01-07 10:50")
    receiver.post(f"{mine}/open")
    receiver.act(mine, "sign_for")
    assert "已签收" in rows(receiver.get("/exchange/gd-office-zh2/signed"))[0]
    page = receiver.get(f"/exchange/gd-office-zh2/distribute?d={_uid(receiver)}")
    officer = next(each["value"] for each in page.html.select("input[name=people]") if "经办人" in each.parent.text)
    receiver.post("/exchange/gd-office-zh2/distribute", [("d", _uid(receiver)), ("people", officer), ("lead", officer)])

    handler = Desk(app, "zh2.officer")
    assert "1" in words(handler.get("/"))
    task = row_link(handler.get("/assigned"), TITLE)
    assert "主办" in rows(handler.get("/assigned"))[0]
    assert "扫描.pdf" not in handler.get(f"{task}/").text
    handler.act(task, "close", status=403)
    handler.act(task, "open")
    assert "扫描.pdf" in handler.get(f"{task}/").text
    handler.act(task, "close", note="已按程序办理")
    assert rows(handler.get("/assigned")) == []
    assert TITLE in rows(handler.get("/assigned?state=closed"))[0]
    assert "已办" in words(receiver.get(f"{mine}/"))


def _uid(receiver):
    return receiver.get("/exchange/gd-office-zh2/signed").html.select_one("input[name=selected]")["value"]


def _everything_is_on_record(app, registry, delivery):
    history = words(registry.get(f"{delivery}/"))
    for act in ("送达", "打开", "签收", "分办"):
        assert act in history
    done = [entry.action for entry in journaled(app, result="allowed")]
    wanted = [
        "dispatch.prepare", "dispatch.submit", "dispatch.release", "dispatch.send", "delivery.deliver", "delivery.hear",
        "delivery.open", "delivery.sign_for", "delivery.print", "delivery.distribute", "delivery.open",
        "delivery.sign_for", "delivery.distribute", "assignment.open", "assignment.close",
    ]  # fmt: skip
    assert [action for action in done if action in wanted and action != "delivery.deliver"] == [
        action for action in wanted if action != "delivery.deliver"
    ]
    assert done.count("delivery.deliver") == 2
    assert [entry.action for entry in journaled(app, result="refused")] == ["assignment.close"]
    signed = app.registry.journal.entries(action="delivery.sign_for")
    assert len({record.time for record in signed}) == 2, "two signature times"
