"""Check-ins and prints hold what part 6 says: columns, filters, order (R-20.1, P-35)."""

import pytest

from content_types.file_object import FileRole
from govrepo import clock
from policies import check_in
from policies.register_pages import PAGES
from policies.register_pages.asked import ask
from tests.policies.bench import later, local

# By hand from domain.md part 6: columns, indexes filtered by, default order.
EXPECTED = {
    "check_ins": (["交换箱", "日期", "半日", "首次查收", "查收人"], {"box", "day", "missing"}, "-order"),
    "prints": (
        ["打印时间", "发文字号", "标题", "交换箱", "份数", "种类", "打印人", "剩余份数", "用途"],
        {"box", "at", "person", "kind"},
        "-at",
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_part_6_columns_filters_and_order(name):
    columns, filters, sort = EXPECTED[name]
    page = PAGES[name]
    assert [str(each.label) for each in page.columns] == columns
    assert {each.index for each in page.filters} == filters
    assert page.sort == sort


def asked(bench, name, login="office.registry1", **params):
    return ask(PAGES[name], bench.actor(login), bench.root, params)


def rows(bench, name, login="office.registry1", **params):
    return list(asked(bench, name, login, **params).all_rows())


def lines(name, found):
    return [{str(column.label): column.said(row) for column in PAGES[name].columns} for row in found]


def test_r_20_1_working_half_days_without_a_check_in_are_listed_beside_those_with_one(bench):
    check_in.check_in(bench.box("jiangmen"), bench.actor("jm.clerk"))
    clock.travel(local("2013-01-08 13:00"))
    found = lines("check_ins", rows(bench, "check_ins", "jm.clerk", day_from="2013-01-05"))
    told = [(str(each["日期"]), each["半日"], each["查收人"]) for each in found]
    assert told[:3] == [
        ("2013-01-08", "上午", "未查收"),
        ("2013-01-07", "下午", "未查收"),
        ("2013-01-07", "上午", bench.person("jm.clerk").name),
    ]
    missed = rows(bench, "check_ins", "jm.clerk", day_from="2013-01-07", missing="1")
    assert [each.first for each in missed] == [None, None]
    assert len(rows(bench, "check_ins", "jm.clerk", day_from="2013-01-07", missing="0")) == 1
    assert rows(bench, "check_ins", "gz.clerk", day_from="2013-01-07", missing="0") == []
    assert asked(bench, "check_ins", "jm.clerk", day_from="2013-01-07").total.count == 3


def test_a_period_of_half_days_is_a_year_at_most(bench):
    bench.box("jiangmen").created = local("2010-01-01 00:00")
    found = rows(bench, "check_ins", "jm.clerk", day_from="2010-01-01")
    assert min(each.day for each in found) >= clock.today().toordinal() - 366
    assert rows(bench, "check_ins", "jm.clerk", day_from="2014-01-01") == []


def print_(bench, delivery, login):
    file = next(each for each in delivery.document.files if each.role is FileRole.SCAN)
    bench.act(login, delivery, "print", file=file.uid)


def test_p_35_each_print_is_a_row_with_what_is_left(bench):
    first = bench.signed(quota=3, number="江府〔2013〕1号")
    second = bench.signed(quota=1, number="江府〔2013〕2号")
    for delivery in (first, second, first):
        print_(bench, delivery, "office.registry1")
        later(hours=1)
    found = rows(bench, "prints")
    assert [each.delivery for each in found] == [first, second, first]
    told = lines("prints", found)
    assert [each["剩余份数"] for each in told] == [1, 0, 1]
    assert told[0]["打印人"] == bench.person("office.registry1").name
    assert [each.delivery for each in rows(bench, "prints", sort="at")] == [first, second, first]
    assert len(rows(bench, "prints", person="office.registry1", box="gd-office", at_from="2013-01-07")) == 3
    assert rows(bench, "prints", at_to="2013-01-06") == []
    assert rows(bench, "prints", "gz.clerk") == []


def test_what_a_division_prints_of_the_offices_copy_is_listed_with_the_quota(bench):
    delivery = bench.signed(quota=3)
    bench.act("office.registry1", delivery, "distribute", targets=((bench.root["units"]["gd-office"]["zh2"], "read"),))
    part = next(iter(bench.box("gd-office-zh2")["inbox"].values()), None)
    assert part is not None
    (inside,) = part.values()
    bench.act("zh2.receiver", inside, "open")
    bench.act("zh2.receiver", inside, "sign_for")
    print_(bench, inside, "zh2.receiver")
    (row,) = rows(bench, "prints")
    assert (row.delivery, row.person) == (delivery, bench.person("zh2.receiver").id)
