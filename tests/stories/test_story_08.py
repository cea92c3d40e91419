"""Story 8: box failure and neighbour (R-12.1 to R-12.4)."""

import pytest

from tests.app import drain
from tests.desk import Desk, journaled, path_of, row_link, rows, words

ZH1, ZH2 = "/exchange/gd-office-zh1", "/exchange/gd-office-zh2"


@pytest.fixture
def clerk(app, at):
    at("2013-01-08 09:00")
    return Desk(app, "cz-office.officer")


@pytest.fixture
def four(app, clerk):
    """Four informal items lie in 综合一处's box."""
    titles = [f"关于第{each}项工作的便函" for each in "一二三四"]
    for title in titles:
        Desk(app, "cz-budget.officer").send(
            Desk(app, "cz-budget.head"), "cz-budget", ["gd-office-zh1"], title=title, kind="便函", number=""
        )
    drain(app)
    return titles


def test_the_whole_story(app, at, four):
    receiver, registry, tech = Desk(app, "zh1.receiver"), Desk(app, "office.registry1"), Desk(app, "tech")
    Desk(app, "admin").post("/@@neighbours", {"box": "gd-office-zh1", "first": "gd-office-zh2", "basis": "秘书处安排"})
    assert len(rows(receiver.get(f"{ZH1}/waiting"))) == 4

    at("2013-01-08 09:15")
    assert "请写明故障情况" in words(receiver.post(f"{ZH1}/report", {"words": " "}, status=422))
    path = path_of(receiver.post(f"{ZH1}/report", {"words": "计算机无法开机"})).rstrip("/")
    assert "计算机无法开机" in words(tech.get("/faults"))
    registry.post(f"{path}/act", {"act": "fall_back", "fallback": "neighbour"}, status=403)
    assert "请选择短时能否恢复" in words(tech.post(f"{path}/act", {"act": "confirm", "note": "硬盘损坏"}, status=422))
    tech.post(f"{path}/act", {"act": "confirm", "note": "硬盘损坏", "soon": "no"})
    page = registry.get(f"{path}/")
    assert "短时无法恢复的，应通知发文、收文单位" in words(page)

    at("2013-01-08 09:40")
    neighbour = Desk(app, "zh2.receiver")
    neighbour.get(f"{path}/", status=403)
    registry.post(f"{path}/act", {"act": "fall_back", "fallback": "neighbour", "neighbour": "gd-office"}, status=422)
    registry.post(f"{path}/act", {"act": "fall_back", "fallback": "neighbour", "neighbour": "gd-office-zh2"})
    assert rows(receiver.get(f"{ZH1}/waiting")) == []
    assert len(rows(neighbour.get(f"{ZH2}/waiting"))) == 4

    delivery = row_link(neighbour.get(f"{ZH2}/waiting"), four[0])
    neighbour.post(f"{delivery}/open")
    neighbour.act(delivery, "sign_for")
    assert "综合一处" in words(neighbour.get(f"{delivery}/")), "the original addressee stays visible"

    at("2013-01-08 12:30")
    receiver, tech = Desk(app, "zh1.receiver"), Desk(app, "tech")
    tech.post(f"{path}/act", {"act": "restore", "note": "更换硬盘"})
    assert "还有 4 件没有收回" in words(tech.post(f"{path}/act", {"act": "close"}, status=403))
    page = receiver.get(f"{path}/")
    assert len(page.html.select("form[action$=hand_back]")) == 4
    assert "3小时15分" in words(page)
    for form in page.html.select("form[action$=hand_back]"):
        receiver.post(f"{path}/hand_back", {"delivery": form.select_one("[name=delivery]")["value"]})
    assert len(rows(receiver.get(f"{ZH1}/waiting"))) == 3
    assert len(rows(receiver.get(f"{ZH1}/signed"))) == 1
    tech.post(f"{path}/act", {"act": "close"})
    report = words(tech.get(f"{path}/"))
    assert "已了结" in report
    assert all(state in report for state in ("改投的来文 4", "已收回", "硬盘损坏", "更换硬盘"))
    assert four[0] not in report, "R-8.3: no title for who reads no content"
    assert len(journaled(app, "delivery.reroute")) == 4
    assert len(journaled(app, "delivery.hand_back")) == 4
