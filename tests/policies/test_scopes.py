"""Scopes name the site, units and divisions (domain.md 4.3); one division runs the system (R-4.1)."""

from policies.scopes import divisions_of, operator_office, operators, place_of, unit_of


def test_a_scope_names_the_site_a_unit_or_a_division(bench):
    units = bench.root["units"]
    assert place_of("site", bench.root) is bench.root
    assert place_of("unit:jiangmen", bench.root) is units["jiangmen"]
    assert place_of("division:zh1", bench.root) is units["gd-office"]["zh1"]
    for nothing in ("", "unit:nowhere", "division:nowhere", "box:jiangmen"):
        assert place_of(nothing, bench.root) is None


def test_a_scope_lies_in_a_unit(bench):
    assert unit_of("division:zh1", bench.root) is bench.root["units"]["gd-office"]
    assert unit_of("unit:jiangmen", bench.root) is bench.root["units"]["jiangmen"]
    assert unit_of("site", bench.root) is None


def test_r_4_1_one_division_runs_the_system(bench):
    (operator,) = operators(bench.root)
    assert operator.name == "秘书处"
    assert operator_office(bench.root) is operator.unit
    assert divisions_of(operator.unit)[0] is operator
    operator.operator = False
    assert operator_office(bench.root) is None
    operator.unit.operator = True
    assert operator_office(bench.root) is operator.unit
