"""What is indexed of units, people and their rights (domain.md part 6)."""

import pytest

from govrepo.catalog import Eq, register
from policies.registers.people import APPOINTMENTS, PEOPLE, UNITS


def test_a_unit_is_found_by_any_part_of_its_names_and_the_beginning_of_its_code(bench):
    found = register(bench.root, "units")
    for word in ("江门", "门市", "jiang"):
        assert bench.root["units"]["jiangmen"] in found.query(Eq("words", word), sort="order").objects, word
    assert not found.query(Eq("words", "iang"), sort="order").objects


def test_a_person_is_found_by_a_part_of_the_name_and_the_beginning_of_the_login(bench):
    person, found = bench.person("jm.clerk"), register(bench.root, "people")
    for word in (person.name[:2], "jm.", "cle"):
        assert person in found.query(Eq("words", word), sort="order", limit=500).objects, word
    assert person not in found.query(Eq("words", "lerk"), sort="order", limit=500).objects


@pytest.mark.parametrize("declaration", [PEOPLE, UNITS, APPOINTMENTS], ids=lambda each: each.name)
def test_all_keys_are_plain(bench, declaration):
    person = bench.person("jm.clerk")
    thing = {"people": person, "units": person.unit, "appointments": next(iter(person.values()))}[declaration.name]
    for index in declaration.indexes:
        values = [index.getter(thing)] if index.kind == "field" else index.getter(thing)
        assert {type(value) for value in values} <= {int, str}, index.name
