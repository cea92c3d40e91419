"""The division: a part of a unit with a scope of its own (R-11, R-35)."""


def test_it_belongs_to_its_unit(bench):
    division = bench.root["units"]["gd-office"]["zh1"]
    assert division.unit is bench.root["units"]["gd-office"]
    assert (division.title, division.scope, division.state) == (division.name, "division:zh1", "active")
    assert bench.box(division.box_name).owner is division
