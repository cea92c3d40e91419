"""The directory of accounts (P-17)."""

import pytest

from content_types.person import Person
from govrepo import clock
from policies.permissions import Permission
from policies.person import Directory, LoginTakenError, add_person, found_by, people_of


@pytest.fixture
def unit(bench):
    return bench.root["units"]["guangzhou"]


def test_p_17_one_account_per_login_whatever_its_case(bench, unit):
    for login in ("GZ.Clerk", " gz.clerk "):
        with pytest.raises(LoginTakenError, match=r"(?i)gz\.clerk"):
            add_person(bench.root, Person("p9999", login, "甲", unit=unit), bench.registry)
    assert "p9999" not in bench.root["people"]


def test_the_directory_finds_by_login_and_id(bench, unit):
    person = add_person(bench.root, Person("p9999", "New.One", "甲", unit=unit), bench.registry)
    directory = Directory()
    assert directory.by_login(bench.root, " NEW.one ") is directory.by_id(bench.root, "p9999") is person
    assert directory.by_login(bench.root, "nobody") is None
    assert directory.by_id(bench.root, "p0") is None
    assert directory.principals(person, clock.now()) == ()
    assert directory.principals(bench.person("gz.clerk"), clock.now()) == ("unit_clerk@unit:guangzhou",)


def test_the_own_list_is_the_persons_own(bench):
    person = bench.person("gz.clerk")
    assert bench.actor("gz.clerk").allowed(Permission.ASSIGNMENT_READ, person)
    assert not bench.actor("gz.approver").allowed(Permission.ASSIGNMENT_READ, person)


def test_the_active_people_of_a_unit(bench, unit):
    assert {person.login for person in people_of(unit)} == {"gz.clerk", "gz.approver"}
    bench.person("gz.clerk").state = "closed"
    assert {person.login for person in people_of(unit)} == {"gz.approver"}


def test_a_person_is_found_by_login_id_or_full_name(bench):
    person, other = bench.person("gz.clerk"), bench.person("gz.approver")
    assert found_by(bench.root, " GZ.clerk") == found_by(bench.root, person.id) == [person]
    other.name = person.name
    assert set(found_by(bench.root, person.name)) == {person, other}
    assert found_by(bench.root, "") == []
