"""The registers of running the system hold what part 6 says ("as entities": date, box, person, state), and who sees them (7.2)."""

from datetime import date

import pytest

from policies import incident, inspection
from policies.handover import record_handover
from policies.register_pages import PAGES
from policies.register_pages.asked import ask
from policies.training import record_training
from tests.policies.bench import later

# By hand from domain.md part 6: columns, indexes filtered by, default order.
EXPECTED = {
    "incidents": (["报告时间", "交换箱", "报告人", "故障情况", "状态"], {"at", "box", "person", "state"}, "-at"),
    "inspections": (
        ["日期", "编号", "人员", "单位", "抽查方式", "设备", "检查人", "检查情况", "状态"],
        {"day", "person", "kind", "state"},
        "-day",
    ),
    "trainings": (
        ["日期", "人员", "单位", "培训类别", "内容", "合格", "登记人"],
        {"day", "person", "kind", "passed"},
        "-day",
    ),
    "handovers": (
        ["日期", "角色", "移交人", "接收人", "交接事项", "移交确认", "接收确认", "状态"],
        {"day", "person", "role", "state"},
        "-day",
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_part_6_columns_filters_and_order(name):
    columns, filters, sort = EXPECTED[name]
    page = PAGES[name]
    assert [str(each.label) for each in page.columns] == columns
    assert {each.index for each in page.filters} == filters
    assert page.sort == sort


def asked(bench, name, login, **params):
    return ask(PAGES[name], bench.actor(login), bench.root, params)


def rows(bench, name, login, **params):
    return list(asked(bench, name, login, **params).all_rows())


def test_r_12_1_faults_are_seen_by_the_operators_and_by_those_who_work_the_box(bench):
    first = incident.report(bench.box("jiangmen"), "不能发送", bench.actor("jm.clerk"))
    later(minutes=1)
    second = incident.report(bench.box("guangzhou"), "不能接收", bench.actor("gz.clerk"))
    assert rows(bench, "incidents", "tech") == rows(bench, "incidents", "liaison") == [second, first]
    assert rows(bench, "incidents", "jm.approver") == [first]
    assert rows(
        bench, "incidents", "tech", box="guangzhou", person="gz.clerk", state="reported", at_from="2013-01-07"
    ) == [second]
    assert rows(bench, "incidents", "tech", at_to="2013-01-06") == []


def test_7_2_trainings_are_seen_by_the_operators_and_by_a_units_administrator_of_the_own_people(bench):
    made = [
        record_training(bench.actor("liaison"), bench.person(login), "skills", day, passed=passed, subject="收发")
        for login, day, passed in (("jm.clerk", date(2012, 12, 1), True), ("gz.clerk", date(2012, 12, 2), False))
    ]
    assert rows(bench, "trainings", "auditor", day_from="2012-12-01", kind="skills")[:2] == made[::-1]
    assert rows(bench, "trainings", "jm.admin") == made[:1]
    assert rows(bench, "trainings", "liaison", passed="0") == made[1:]
    assert rows(bench, "trainings", "liaison", person="jm.clerk") == made[:1]
    assert asked(bench, "trainings", "jm.clerk") is None


def test_r_39_1_inspections_follow_their_state(bench):
    made = inspection.plan(bench.actor("tech"), bench.person("jm.clerk"), "random", "终端一台", date(2013, 1, 8))
    assert rows(bench, "inspections", "auditor", state="planned") == [made]
    bench.act("tech", made, "pass", note="正常")
    assert rows(bench, "inspections", "auditor", state="planned") == []
    assert rows(bench, "inspections", "jm.admin", kind="random", person="jm.clerk", day_from="2013-01-08") == [made]
    assert asked(bench, "inspections", "office.registry1") is None


def test_r_6_3_handovers_are_seen_by_both_and_by_those_who_review(bench):
    giver, taker = bench.person("security"), bench.person("tech")
    made = record_handover(bench.actor("admin"), giver, taker, "security_officer", items="密钥", day=date(2013, 1, 7))
    for login in ("admin", "auditor", "security", "tech"):
        assert rows(bench, "handovers", login) == [made], login
    assert rows(bench, "handovers", "jm.clerk") == []
    assert rows(bench, "handovers", "auditor", state="open", role="security_officer", person="tech") == [made]
    bench.act("security", made, "give")
    assert rows(bench, "handovers", "auditor", state="open") == []
