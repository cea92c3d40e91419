"""Divisions made and closed by the administrator (R-8.1, R-11.1, P-19)."""

import pytest
import transaction

from policies.division import create
from policies.engine import Refused, may
from policies.permissions import Permission as P
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


def test_every_cell_of_the_division(bench):
    division = create(bench.root["units"]["gd-office"], "zh5", "综合五处", bench.actor("admin"))
    transaction.savepoint()
    bench.ends = (bench.box("gd-office"), bench.box("jiangmen"))
    compare(
        bench, division, expected.DIVISION_TABLE, ("active", "closed"), lambda *_facts: None,
        lambda row, role, *_where: role in row.who["site"],
    )  # fmt: skip
