"""The unit (domain.md 4.1; R-N4.1)."""

import pytest

from content_types.unit import Connection, Unit, UnitKind


@pytest.mark.parametrize(("plate", "seal"), [(False, False), (True, False), (False, True), (True, True)])
def test_r_n4_1_fully_deployed_means_both(plate, seal):
    unit = Unit("x", "某厅", UnitKind.DEPARTMENT)
    unit.has_plate, unit.has_seal = plate, seal
    assert unit.is_fully_deployed is (plate and seal)


def test_names_and_scope():
    unit = Unit("x", "某某厅", "department")
    assert (unit.title, unit.short_name, unit.scope) == ("某某厅", "某某厅", "unit:x")
    assert Unit("x", "某某厅", "department", short_name="某厅").short_name == "某厅"
    assert (unit.kind, unit.connection, unit.state) == (UnitKind.DEPARTMENT, Connection.CONNECTED, "active")


def test_its_kind_is_known():
    with pytest.raises(ValueError, match="club"):
        Unit("x", "某会", "club")
