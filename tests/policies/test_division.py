"""Divisions made and closed by the administrator (R-8.1, R-11.1, P-19)."""

import pytest
import transaction

from policies.division import create
from policies.engine import Refused, may
from policies.permission_change import request_change
from policies.permissions import Permission as P
from policies.person import NewAccount
from policies.person import create as create_person
from policies.scopes import operators
from tests.policies import expected, units
from tests.policies.test_matrix import compare
from tests.policies.units import why


def fields(bench, unit, code, name, login="admin"):
    with pytest.raises(Refused) as caught:
        create(bench.root["units"][unit], code, name, bench.actor(login))
    return set(caught.value.fields)


def test_a_division_of_the_office_gets_its_box_and_its_part_of_the_offices_boxes(bench):
    division = create(bench.root["units"]["gd-office"], "zh5", "综合五处", bench.actor("admin"))
    transaction.savepoint()
    assert (division.box_name, bench.box("gd-office-zh5").title) == ("gd-office-zh5", "综合五处")
    officer = bench.as_role(bench.person("zh1.officer"), "case_officer@division:zh5")
    assert officer.allowed(P.DISPATCH_COMPOSE, bench.box("gd-office"))
    assert officer.allowed(P.DISPATCH_SEND, bench.box("gd-office-zh5"))


def test_a_units_division_bears_the_units_name_on_its_box(bench):
    create(bench.root["units"]["jiangmen"], "jm-office", "办公室", bench.actor("admin"))
    assert bench.box("jiangmen-jm-office").title == "江门市办公室"


def test_what_is_wrong_is_said_at_its_field(bench):
    assert fields(bench, "jiangmen", "X", "") == {"code", "name"}
    assert fields(bench, "jiangmen", "zh1", "办公室") == {"code"}
    assert fields(bench, "caizheng", "cz-new", "预算处") == {"name"}
    assert fields(bench, "jiangmen", "jm-office", "办公室", "jm.admin") == set()
    bench.act("admin", bench.root["units"]["jiangmen"], "suspend", note="x")
    assert fields(bench, "jiangmen", "jm-office", "办公室") == {"code"}


def test_a_division_closes_when_nothing_and_nobody_is_left(bench):
    division = create(bench.root["units"]["gd-office"], "zh5", "综合五处", bench.actor("admin"))
    transaction.savepoint()
    units.grant(bench, bench.person("zh1.officer"), "receiver", division.scope)
    bench.delivery("gd-office-zh5")
    bench.person("rsc.officer").division = division
    assert [reason.article for reason in may(division, "close", bench.actor("admin")).reasons] == [
        "R-11.1",
        "P-19",
        "P-19",
    ]
    assert why(may(division, "close", bench.actor("zh1.head"))) == {"R-8.1"}


def test_a_closed_division_takes_nothing(bench):
    division = create(bench.root["units"]["gd-office"], "zh5", "综合五处", bench.actor("admin"))
    transaction.savepoint()
    bench.act("admin", division, "close")
    assert (division.state, bench.box("gd-office-zh5").is_open) == ("closed", False)


def test_r_4_1_the_division_that_runs_the_system_stays(bench):
    operator = next(operators(bench.root))
    assert "R-4.1" in why(may(operator, "close", bench.actor("admin")))


def test_r_11_1_drafts_at_the_desk_in_the_offices_box_count(bench):
    draft = bench.draft("zh1.officer", "gd-office", ("jiangmen",), number="粤办函〔2013〕1号")
    division = bench.root["units"]["gd-office"]["zh1"]
    words = [str(reason.text) for reason in may(division, "close", bench.actor("admin")).reasons]
    assert "处室还有没有发送的发文。" in words
    bench.act("zh1.officer", draft, "withdraw", reason="x")
    words = [str(reason.text) for reason in may(division, "close", bench.actor("admin")).reasons]
    assert "处室还有没有发送的发文。" not in words


def test_p_39_what_is_not_signed_for_yet_keeps_the_division(bench):
    """What comes back needs somebody who acknowledges it."""
    bench.sent("zh1.officer", "gd-office", ("jiangmen",), by="office.leader", number="粤办函〔2013〕1号")
    division = bench.root["units"]["gd-office"]["zh1"]
    words = [str(reason.text) for reason in may(division, "close", bench.actor("admin")).reasons]
    assert "处室还有收文单位没有全部签收的发文。" in words


def test_r_35_1_a_closed_divisions_box_is_read_by_the_units_keepers(bench):
    unit = bench.root["units"]["caizheng"]
    division = create(unit, "cz-new", "新处", bench.actor("admin"))
    transaction.savepoint()
    bench.act("admin", division, "close")
    box = bench.box("caizheng-cz-new")
    assert not box.is_open
    assert bench.actor("caizheng.clerk").allowed(P.DELIVERY_READ, box)
    assert not bench.actor("caizheng.clerk").allowed(P.DELIVERY_SIGN_FOR, box)
    for login in ("jm.clerk", "caizheng.admin", "admin", "office.registry1"):
        assert not bench.actor(login).allowed(P.DELIVERY_READ, box)


def test_p_19_nobody_comes_into_a_closed_division(bench):
    unit, admin = bench.root["units"]["caizheng"], bench.actor("admin")
    division = create(unit, "cz-new", "新处", admin)
    transaction.savepoint()
    bench.act("admin", division, "close")
    with pytest.raises(Refused) as caught:
        create_person(bench.root, NewAccount("cz.new", "某甲", unit, division), admin)
    assert set(caught.value.fields) == {"division"}
    wanted = {"role": "receiver", "scope": division.scope, "reason": "x"}
    with pytest.raises(Refused) as caught:
        request_change(admin, bench.person("caizheng.clerk"), "grant", **wanted)
    assert set(caught.value.fields) == {"scope"}


def test_p_12_a_division_gets_another_name_and_so_does_its_box(bench):
    unit = bench.root["units"]["caizheng"]
    division = create(unit, "cz-new", "新处", bench.actor("admin"))
    transaction.savepoint()
    for name in ("", "新处", "长" * 21):
        with pytest.raises(Refused):
            bench.act("admin", division, "rename", new_name=name)
    bench.act("admin", division, "rename", new_name="社会保障处")
    assert (division.name, bench.box("caizheng-cz-new").title) == ("社会保障处", f"{unit.short_name}社会保障处")


def test_every_cell_of_the_division(bench):
    division = create(bench.root["units"]["gd-office"], "zh5", "综合五处", bench.actor("admin"))
    transaction.savepoint()
    bench.ends = (bench.box("gd-office"), bench.box("jiangmen"))
    compare(
        bench, division, expected.DIVISION_TABLE, ("active", "closed"), lambda *_facts: None,
        lambda row, role, *_where: role in row.who["site"],
    )  # fmt: skip
