"""The tables of bodies, and what is made of them."""

import pytest

from content_types.exchange_box import BoxKind
from content_types.unit import Connection, UnitKind
from policies.sample import organisation as tables
from tests.app import site


@pytest.fixture
def root(app):
    with site(app) as found:
        yield found


def units_of(root, kind):
    return [unit for unit in root["units"].values() if unit.kind is kind]


def test_the_province_has_21_cities_shunde_and_its_departments(root):
    assert len(units_of(root, UnitKind.CITY)) == 21
    assert [unit.name for unit in units_of(root, UnitKind.SHUNDE)] == ["顺德区人民政府"]
    assert len(units_of(root, UnitKind.DEPARTMENT)) == len(tables.DEPARTMENTS)
    assert [unit.level for unit in root["units"].values() if unit.level == 0] == [0]


def test_the_groups_are_those_of_the_notice_in_official_order(root):
    in_order = sorted(root["units"].values(), key=lambda unit: unit.rank)
    groups = [group for unit in in_order for group in unit.groups]
    assert tuple(dict.fromkeys(groups)) == tables.GROUPS
    cities = [unit.short_name for unit in in_order if unit.groups == (tables.CITIES_GROUP,)]
    assert cities[:3] == ["广州市", "深圳市", "珠海市"]


def test_two_cities_share_a_document_code(root):
    holders = [unit.code for unit in root["units"].values() if "汕府" in unit.document_codes]
    assert holders == ["shantou", "shanwei"]


def test_the_office_works_the_governments_box_and_its_own(root):
    office, exchange = root["units"]["gd-office"], root["exchange"]
    assert office.document_codes == ("粤府", "粤府函", "粤府办", "粤办函")
    assert (exchange["gd-government"].kind, exchange["gd-government"].owner) == (BoxKind.GOVERNMENT, office)
    assert exchange["gd-government"].unit is root["units"]["gd-government"]
    assert (exchange["gd-office"].kind, exchange["gd-office"].unit) == (BoxKind.OFFICE, office)
    assert (root["units"]["gd-government"].box_name, office.box_name) == ("gd-government", "gd-office")


def test_each_division_has_a_box_and_a_code_of_its_own(root):
    codes = [part.code for part in tables.DIVISIONS]
    assert len(set(codes)) == len(codes)
    for part in tables.DIVISIONS:
        division = root["units"][part.unit][part.code]
        box = root["exchange"][division.box_name]
        assert (box.kind, box.owner, box.unit.code) == (BoxKind.DIVISION, division, part.unit)
    assert root["units"]["gd-office"]["zh2"].box_name == "gd-office-zh2"


def test_one_unit_is_not_connected_and_one_is_being_connected(root):
    units, exchange = root["units"], root["exchange"]
    assert [unit.code for unit in units.values() if not unit.box_name] == [tables.UNCONNECTED]
    assert units[tables.UNCONNECTED].connection is Connection.NONE
    assert units[tables.BUILDING].connection is Connection.BUILDING
    assert [name for name, box in exchange.items() if not box.is_open] == [tables.BUILDING]


def test_one_department_is_fully_deployed(root):
    assert [unit.code for unit in root["units"].values() if unit.is_fully_deployed] == [tables.DEPLOYED]
    assert {unit.code for unit in root["units"].values() if unit.has_seal} == set(tables.SEALED)
