"""Story 1 (domain.md part 8) without registration: a city sends, the office signs and distributes, the division signs and assigns."""

from tests.app import drain
from tests.desk import Desk, path_of, row_link, rows

TITLE = "关于申请调整排水管网改造项目资金安排的请示"


def test_a_city_sends_the_office_signs_and_distributes(app, at):
    at("2013-01-07 09:40")
    clerk, approver = Desk(app, "jm.clerk"), Desk(app, "jm.approver")
    draft = clerk.compose("jiangmen", ["gd-government"], title=TITLE, kind="请示", signer="江上舟")
    path = path_of(draft).removesuffix("/edit")
    drain(app)
    clerk.post(f"{path}/act", {"act": "submit"})
    approver.post(f"{path}/act", {"act": "release"})
    at("2013-01-07 10:05")
    clerk.post(f"{path}/act", {"act": "send"})
    assert drain(app)["done"] >= 1

    registry = Desk(app, "office.registry1")
    waiting = registry.get("/exchange/gd-government/waiting")
    assert len(rows(waiting)) == 1
    assert "江府〔2013〕2号" in rows(waiting)[0]
    assert "2013-01-07 10:05" in rows(waiting)[0]
    assert registry.get("/pulse").json["boxes"]["gd-government"]["waiting"] == 1
    delivery = row_link(waiting, TITLE)

    registry.post(f"{delivery}/open")
    at("2013-01-07 10:20")
    registry.post(f"{delivery}/act", {"act": "sign_for"})
    status = clerk.get(path)
    line = next(row for row in rows(status) if "已签收" in row)
    assert "2013-01-07 10:20" in line
    assert "2013-01-07 10:05" in line

    uid = registry.get("/exchange/gd-government/signed").html.select_one("input[name=selected]")["value"]
    registry.post("/exchange/gd-government/distribute", [("d", uid), ("targets", "division:zh2"), ("note", "请阅处")])
    receiver = Desk(app, "zh2.receiver")
    inbox = receiver.get("/exchange/gd-office-zh2/waiting")
    mine = row_link(inbox, TITLE)
    receiver.post(f"{mine}/open")
    receiver.post(f"{mine}/act", {"act": "sign_for"})
    assert "已签收" in rows(receiver.get("/exchange/gd-office-zh2/signed"))[0]
