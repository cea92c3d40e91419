"""The page of statistics from outside: who sees which units, figures in tables and charts, xlsx, print (part 6, 7.2)."""

import io

import pytest
from openpyxl import load_workbook

from govrepo import clock
from tests.app import site
from tests.desk import journaled, words
from tests.policies.bench import Bench, local
from tests.policies.test_register_entry import CLERK


@pytest.fixture(scope="module")
def counted(shared_app):
    """江门 has sent two; the office has signed one of them after an hour."""
    clock.travel(local("2013-01-07 10:00"))
    with site(shared_app) as root:
        bench = Bench(root, shared_app.registry)
        first = bench.delivery(number="江府〔2013〕71号")
        bench.delivery(number="江府〔2013〕72号", urgency="urgent")
        clock.travel(local("2013-01-07 11:00"))
        for act in ("open", "sign_for"):
            bench.act(CLERK, first, act)
    yield shared_app
    clock.travel(local("2013-01-07 10:00"))


def table(page, number=0):
    """The rows of a table, cell by cell."""
    found = page.html.select("table.gr-figures")[number].select("tbody tr")
    return {row.select_one("th").text: [cell.text for cell in row.select("td")] for row in found}


def test_the_figures_of_one_unit(counted, desk):
    page = desk("office.registry1").get("/statistics?unit=gd-office")
    sent, received, urgent, returned, signed, latency, late, _checked, registered, concluded, filed = table(page)["1月"]
    assert (sent, received, urgent, returned, signed, latency, late) == ("0", "2", "1", "0", "1", "1.0", "0")
    assert (registered, concluded, filed) == ("0", "0", "—")
    assert len(page.html.select("svg.gr-chart")) == 4
    assert "1月 收到 2" in [each.text for each in page.html.select("svg.gr-chart rect title")]
    assert not page.html.select("[style], main script")


def test_all_units_stand_side_by_side_for_who_oversees_them(counted, desk):
    page = desk("liaison").get("/statistics")
    by_unit = table(page, 1)
    assert len(by_unit) > 60
    assert by_unit["江门市"][0] == "2"
    assert by_unit["省府办公厅"][1] == "2"
    assert [each["value"] for each in page.html.select("select[name=year] option")] == ["2013"]
    assert desk("liaison").get("/registers").html.select_one("a[href='/statistics']")


def test_7_2_ones_own_unit_and_no_other(counted, desk):
    clerk = desk("jm.clerk")
    page = clerk.get("/statistics")
    assert table(page)["1月"][0] == "2"
    assert not page.html.select("select[name=unit]"), "there is nothing to choose"
    clerk.get("/statistics?unit=guangzhou", status=403)
    clerk.post("/statistics", {"year": "2013", "unit": "guangzhou"}, status=403)
    for login in ("zh2.officer", "admin"):
        refused = desk(login).get("/statistics", status=403)
        assert "您的岗位没有统计可看" in words(refused)
        assert not desk(login).get("/registers").html.select("a[href='/statistics']")


@pytest.mark.parametrize("year", ["2012", "2014", "x", "2013x", "-1"])
def test_a_year_without_figures_is_refused(counted, desk, year):
    desk("liaison").get(f"/statistics?year={year}", status=400)


def test_the_sheet_has_every_unit_and_month_and_is_on_record(counted, desk):
    answer = desk("auditor").post("/statistics", {"year": "2013", "unit": ""}, status=200)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    head, *rows = load_workbook(io.BytesIO(answer.body)).active.iter_rows(values_only=True)
    assert head[:4] == ("单位", "月份", "发出（件次）", "收到（件次）")
    assert ("江门市", "2013-01", 2, 0) in [row[:4] for row in rows]
    assert journaled(counted, "statistics.export", "allowed")[-1].details["year"] == 2013
