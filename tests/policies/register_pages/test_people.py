"""The registers of units, people and rights hold what part 6 says: columns, filters, order; who sees them (7.2)."""

from datetime import date

import pytest

from govrepo import clock
from govrepo.catalog import register
from policies.permission_change import request_change
from policies.register_pages import PAGES
from policies.register_pages.asked import ask
from policies.register_pages.people import days_behind
from policies.roles import Role
from tests.policies.bench import local
from tests.policies.certificates import active, applied

# By hand from domain.md part 6: columns, indexes filtered by, default order.
EXPECTED = {
    "units": (
        ["单位代码", "单位名称", "单位类型", "联通状态", "双轨", "制版", "盖章", "交换箱", "收文员", "状态"],
        {"kind", "connection", "has_plate", "has_seal", "words", "state"},
        "code",
    ),
    # R-N5.1: status with planned and actual dates; R-N6.1: by reference.
    "connections": (
        ["单位代码", "单位名称", "单位类型", "参照执行", "联通状态", "计划联通", "实际联通", "逾期天数"],
        {"words", "connection", "kind"},
        "order",
    ),
    "certificates": (
        ["序列号", "持有人", "单位", "类型", "申请时间", "状态", "有效期至"],
        {"person", "state", "kind", "valid_to", "serial"},
        "valid_to",
    ),
    "changes": (
        ["编号", "人员", "种类", "角色", "范围", "提出人", "提出时间", "审核人", "审核时间", "执行时间", "状态"],
        {"person", "role", "state", "at"},
        "-order",
    ),
    "appointments": (
        ["角色", "范围", "人员", "用户名", "账号状态", "任职方式", "起始", "终止", "依据"],
        {"role", "scope", "person"},
        "order",
    ),
}  # fmt: skip


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


def line(name, row):
    return {str(column.label): column.said(row) for column in PAGES[name].columns}


def test_units_stand_by_code_with_their_box_and_receivers(bench):
    found = rows(bench, "units", "liaison")
    assert [unit.code for unit in found] == sorted(unit.code for unit in bench.root["units"].values())
    jiangmen = bench.root["units"]["jiangmen"]
    told = line("units", jiangmen)
    assert (told["交换箱"], str(told["收文员"])) == ("江门市", bench.person("jm.clerk").name)
    assert (told["双轨"], told["状态"]) == ("是", "在用")
    assert rows(bench, "units", "liaison", q="江门") == [jiangmen]
    assert jiangmen in rows(bench, "units", "liaison", plate=str(int(jiangmen.has_plate)), kind="city")
    assert rows(bench, "units", "jm.admin") == [jiangmen]
    assert asked(bench, "units", "jm.clerk") is None


def test_certificates_stand_by_their_end_and_are_the_keepers_only(bench, authority):
    held, waiting = active(bench), applied(bench, "sz.clerk")
    assert rows(bench, "certificates", "security") == [waiting, held]
    assert rows(bench, "certificates", "security", serial=held.serial.lower()) == [held]
    assert rows(bench, "certificates", "security", state="applied", person="sz.clerk") == [waiting]
    assert rows(bench, "certificates", "security", valid_to_from="2013-01-08") == [held]
    assert asked(bench, "certificates", "admin") is None


def test_permission_changes_are_seen_by_those_who_have_a_part_in_them(bench):
    change = request_change(
        bench.actor("zh2.head"),
        bench.person("zh2.officer"),
        "grant",
        role="receiver",
        scope="division:zh2",
        reason="试验",
    )
    assert rows(bench, "changes", "auditor")[0] is rows(bench, "changes", "zh2.officer")[0] is change
    assert change not in rows(bench, "changes", "jm.clerk")
    assert len(rows(bench, "changes", "zh2.officer")) < len(rows(bench, "changes", "auditor"))
    told = line("changes", change)
    assert (told["角色"], told["范围"], told["审核人"], told["审核时间"]) == ("收文员", "省府办公厅 综合二处", "", None)
    assert rows(
        bench, "changes", "auditor", role="receiver", state="submitted", person="zh2.officer", at_from="2013-01-07"
    ) == [change]
    assert rows(bench, "changes", "auditor", state="executed") == []


def test_only_appointments_in_force_are_listed_by_role_and_scope(bench):
    found = rows(bench, "appointments", "admin")
    assert all(each.in_force(clock.now()) for each in found)
    assert [f"{each.role} {each.scope}" for each in found] == sorted(f"{each.role} {each.scope}" for each in found)
    (mine,) = rows(bench, "appointments", "auditor", person="jm.clerk")
    assert (line("appointments", mine)["角色"], line("appointments", mine)["范围"]) == ("单位收发员", "江门市")
    assert mine in rows(bench, "appointments", "admin", role=str(Role.UNIT_CLERK), scope="unit:jiangmen")
    told = line("appointments", mine)
    assert (told["用户名"], told["账号状态"], told["任职方式"], told["依据"][:2]) == (
        "jm.clerk",
        "正常",
        "本职",
        "权变",
    )
    assert line("appointments", rows(bench, "appointments", "admin", person="auditor")[0])["依据"] == "初始任命"
    mine.until = local("2013-01-07 09:00")
    register(bench.root, "appointments").changed(mine)
    assert rows(bench, "appointments", "auditor", person="jm.clerk") == []
    assert asked(bench, "appointments", "security") is None


def test_r_n5_1_units_that_are_not_connected_are_listed_with_their_dates(bench):
    unit = bench.root["units"]["maoming"]
    assert unit not in asked(bench, "connections", "liaison").all_rows()
    bench.act("admin", unit, "equip", connection="building", planned=date(2013, 3, 1))
    for login in ("liaison", "office.leader"):
        assert unit in asked(bench, "connections", login).all_rows()
    assert unit not in asked(bench, "connections", "liaison", connection="none").all_rows()
    assert days_behind(unit) is None
    clock.travel(clock.day_start(date(2013, 4, 1)))
    assert days_behind(unit) == 31
