"""The register 纸质件核对 (domain.md part 6): by hand its columns, filters and order; who sees which rows (R-N2.2)."""

from datetime import date

from govrepo import clock
from policies.register_pages import PAGES
from policies.register_pages.asked import ask
from policies.register_pages.paper import late_days
from tests.policies.test_paper_item import found

PAGE = PAGES["paper"]


def rows(bench, login="office.registry1", **params):
    return list(ask(PAGE, bench.actor(login), bench.root, params).all_rows())


def said(row):
    return {str(column.label): column.said(row) for column in PAGE.columns}


def test_part_6_columns_filters_and_order():
    """dispatch, unit, expected, received; unit F, state F, date D; by date. And which half is missing."""
    labels = [
        "日期",
        "发文字号",
        "标题",
        "来文单位",
        "收文单位",
        "种类",
        "应收",
        "期限",
        "收到",
        "实收",
        "收件人",
        "状态",
        "逾期（天）",
    ]
    assert [str(each.label) for each in PAGE.columns] == labels
    assert {each.index for each in PAGE.filters} >= {"unit", "state", "expected", "missing"}
    assert PAGE.sort == "expected"


def test_unit_office_and_sender_see_their_own_paper_and_nobody_else(bench):
    office = bench.paper(bench.delivered(), "gd-office")
    city = bench.paper(bench.delivered(mains=("guangzhou",), number="江府〔2013〕3号"), "guangzhou")
    assert rows(bench) == [office]
    assert rows(bench, "gz.clerk") == [city]
    assert set(rows(bench, "jm.clerk")) == {office, city}
    assert rows(bench, "sz.clerk") == []


def test_missing_halves_in_both_directions(bench):
    dispatch = bench.delivered(mains=("gd-office",))
    item, paper = bench.paper(dispatch, "gd-office"), found(bench, number="某府〔2013〕1号")
    assert rows(bench, missing="paper") == [item]
    assert rows(bench, missing="electronic") == [paper]
    bench.act("office.registry1", item, "receive", day=date(2013, 1, 7), copies=1)
    assert rows(bench, missing="paper") == []
    assert rows(bench, state="received") == [item]
    assert set(rows(bench)) == {item, paper}


def test_filters_by_unit_and_day(bench):
    item = bench.paper(bench.delivered(mains=("guangzhou", "shenzhen")), "guangzhou")
    assert rows(bench, "jm.clerk", unit="guangzhou") == [item]
    assert rows(bench, "gz.clerk", expected_from="2013-01-08") == []
    assert rows(bench, "gz.clerk", expected_from="2013-01-07", expected_to="2013-01-07") == [item]
    assert rows(bench, "gz.clerk", q="春运") == [item]


def test_a_row_says_what_came_and_how_late_the_rest_is(bench):
    item = bench.paper(bench.delivered(), "gd-office")
    line = said(item)
    assert (line["发文字号"], line["收文单位"], line["应收"], line["收到"], line["实收"]) == (
        "江府〔2013〕2号",
        "省府办公厅",
        1,
        None,
        None,
    )
    assert (line["收件人"], str(line["状态"]), line["逾期（天）"]) == ("", "待收", None)
    clock.travel(clock.day_start(date(2013, 1, 20)))
    assert late_days(item) == 4
    bench.act("office.registry1", item, "receive", day=date(2013, 1, 19), copies=1)
    line = said(item)
    assert (line["收到"], line["实收"], line["逾期（天）"]) == (date(2013, 1, 19), 1, None)
    assert line["收件人"] == bench.person("office.registry1").name
