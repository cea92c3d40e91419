"""The principal leader of a unit (S-8): one of its own leaders, named by its administrator, on record."""

import pytest

from policies.principal_leader import candidates
from tests.policies.test_inspection import refused

ADMIN = "jm.admin"


@pytest.fixture
def unit(bench):
    return bench.root["units"]["jiangmen"]


def test_s_8_candidates_are_the_units_own_leaders(bench, unit):
    assert candidates(unit) == [bench.person("jm.approver")]
    assert candidates(bench.root["units"]["gd-office"]) == [bench.person("office.leader")]


def test_s_8_the_administrator_names_one_of_them(bench, unit):
    bench.act(ADMIN, unit, "name_principal", principal=bench.person("jm.approver"))
    assert unit.principal_leader is bench.person("jm.approver")
    assert bench.journaled("unit.name_principal")[0].actor == bench.person(ADMIN).principal


@pytest.mark.parametrize("login", ["gz.approver", "jm.clerk"])
def test_s_8_nobody_else_can_be_named(bench, unit, login):
    wrong = refused(lambda: bench.act(ADMIN, unit, "name_principal", principal=bench.person(login)))
    assert wrong == {("S-8", "principal")}
    assert refused(lambda: bench.act(ADMIN, unit, "name_principal", principal=None)) == {("S-8", "principal")}


def test_p_19_another_units_administrator_names_nobody_here(bench, unit):
    chosen = bench.person("jm.approver")
    assert refused(lambda: bench.act("gz.admin", unit, "name_principal", principal=chosen)) == {("S-8", "")}
