"""The registers of incoming documents hold what part 6 says: columns, filters, order (R-19, S-24)."""

from datetime import date

import pytest

from content_types.register_entry import Channel, Facts
from govrepo import clock
from policies import number as numbers
from policies.register_pages import PAGES
from policies.register_pages.asked import ask
from policies.registering import enter_in_register
from tests.policies.bench import later

CLERK = "office.registry1"
# By hand from domain.md part 6: columns, indexes filtered by, default order.
COLUMNS = ["收文编号", "收到", "来文单位", "来文字号", "标题", "类型", "主办", "办理时限", "状态"]
FILTERS = {"year", "sequence", "from_unit", "from_no", "kind", "urgency", "lead", "due", "filing", "words", "state"}
EXPECTED = {
    "office": (COLUMNS, FILTERS, "-order"),
    "division": (["处室", *COLUMNS], FILTERS | {"box"}, "-order"),
    "gaps": (["字头", "年度", "空号", "状态", "预留至", "作废理由"], {"box", "code", "year", "state"}, "order"),
    "urging": (
        ["收文编号", "标题", "主办", "办理时限", "催办次数", "最近催办", "催办人", "内容", "状态"],
        {"lead", "due", "urgers"},
        "due",
    ),
    "to_file": (
        ["收文编号", "标题", "主办", "办结时间", "办结已有天数", "归档", "办理结果"],
        {"lead", "concluded", "filing"},
        "concluded",
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_part_6_columns_filters_and_order(name):
    columns, filters, sort = EXPECTED[name]
    page = PAGES[name]
    assert [str(each.label) for each in page.columns] == columns
    assert {each.index for each in page.filters} == filters
    assert page.sort == sort


def rows(bench, name, login=CLERK, **params):
    return list(ask(PAGES[name], bench.actor(login), bench.root, params).all_rows())


def line(name, row):
    return {str(column.label): column.said(row) for column in PAGES[name].columns}


def entered(bench, number=2, box="gd-office", login=CLERK, **more):
    facts = Facts(
        "江门市政府", "关于春运工作的报告", clock.now(), Channel.PAPER, f"江府〔2013〕{number}号", "报告", **more
    )
    return enter_in_register(bench.box(box), facts, bench.actor(login))


def handed(bench, number=2):
    entry = entered(bench, number)
    bench.act(CLERK, entry, "propose", note="拟办")
    bench.act(CLERK, entry, "hand_to", lead=bench.root["units"]["gd-office"]["zh2"], due=date(2013, 1, 10 + number))
    return entry


def test_r_19_1_the_office_and_each_division_have_registers_of_their_own(bench):
    office = [entered(bench, number) for number in (2, 3)]
    division = entered(bench, 4, "gd-office-zh2", "zh2.receiver")
    assert rows(bench, "office") == office[::-1]
    assert rows(bench, "division", "zh2.receiver") == [division]
    assert ask(PAGES["division"], bench.actor(CLERK), bench.root, {}) is None
    assert ask(PAGES["office"], bench.actor("zh2.receiver"), bench.root, {}) is None
    assert ask(PAGES["office"], bench.actor("jm.clerk"), bench.root, {}) is None


def test_an_entry_is_found_by_each_of_its_facts(bench):
    entry = handed(bench, 5)
    other = entered(bench, 6, urgency="urgent")
    for asked in (
        {"from_no": "江府[2013]5号"},
        {"number": str(entry.number.sequence)},
        {"lead": "综合二处"},
        {"state": "handling"},
        {"due_from": "2013-01-15", "due_to": "2013-01-15"},
        {"urgency": "plain"},
        {"q": "江府〔2013〕5号"},
    ):
        assert rows(bench, "office", **asked) == [entry], asked
    assert rows(bench, "office", urgency="urgent") == [other]
    assert rows(bench, "office", from_unit="江门市政府", kind="报告", year="2013") == [other, entry]
    assert rows(bench, "office", filing="formal") == []


def test_urgings_are_counted_and_stand_by_the_day_due(bench):
    second, first, third = handed(bench, 3), handed(bench, 2), handed(bench, 4)
    for entry, times in ((second, 1), (first, 2)):
        for _each in range(times):
            later(minutes=5)
            bench.act(CLERK, entry, "urge", note="请抓紧")
    assert rows(bench, "urging") == [first, second]
    assert (line("urging", first)["催办次数"], line("urging", first)["最近催办"]) == (2, first.urges[1].at)
    assert rows(bench, "urging", urger=CLERK, due_from="2013-01-13") == [second]
    assert rows(bench, "urging", urger="zh2.officer") == []
    assert third.urges == ()


def test_r_23_1_what_is_concluded_and_not_filed_stands_by_its_age(bench):
    older, newer = handed(bench, 2), handed(bench, 3)
    for entry in (older, newer):
        bench.act("zh2.officer", entry, "conclude", note="已办")
        later(days=1)
    assert rows(bench, "to_file") == [older, newer]
    assert (line("to_file", older)["办结已有天数"], line("to_file", older)["办理结果"]) == (2, "已办")
    assert rows(bench, "to_file", concluded_from="2013-01-08") == [newer]
    bench.act(CLERK, older, "file")
    assert rows(bench, "to_file") == [newer]


def test_s_24_numbers_that_nothing_bears_are_listed_with_their_reason(bench):
    taken = entered(bench)
    series = taken.number.series
    numbers.reserve(series, date(2013, 1, 31), "备用", bench.actor(CLERK))
    (reserved,) = rows(bench, "gaps")
    assert line("gaps", reserved)["预留至"] == date(2013, 1, 31)
    bench.act(CLERK, reserved, "void", note="写错")
    (void,) = rows(bench, "gaps", state="void", series=series.code, year="2013", box="gd-office")
    assert (line("gaps", void)["空号"], line("gaps", void)["作废理由"]) == (f"{series.code}〔2013〕2号", "写错")
    assert rows(bench, "gaps", state="reserved") == []
    assert list(ask(PAGES["gaps"], bench.actor("jm.clerk"), bench.root, {}).all_rows()) == [], (
        "a unit's clerk sees the unit's own series"
    )
    assert ask(PAGES["gaps"], bench.actor("jm.approver"), bench.root, {}) is None
