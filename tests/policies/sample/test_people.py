"""The sample people: invented, complete, and separated as SOD-1 to SOD-3 ask."""

import re
from collections import Counter

import pytest

from content_types.training import TrainingKind
from govrepo.clock import now
from govrepo.security.passwords import verify_password
from policies.roles import ROLES, Role
from policies.sample.organisation import DIVISIONS
from policies.sample.people import BASIS, FOUNDERS, PASSWORD, WITHOUT_RECEIVER, invented_name, posts
from policies.separation_of_duties import violations
from tests.app import login, site

OFFICERS = {"auditor": Role.AUDITOR, "admin": Role.ADMINISTRATOR, "security": Role.SECURITY_OFFICER}


@pytest.fixture
def root(app):
    with site(app) as found:
        yield found


def test_names_are_invented_and_differ():
    names = [invented_name(number) for number, _post in enumerate(posts())]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥][安平和宁康泰]", name) for name in names)
    assert names[:2] == ["甲子安", "乙丑安"]


def test_login_names_differ_and_follow_one_scheme():
    logins = [post.login for post in posts()]
    assert len(set(logins)) == len(logins)
    assert all(
        re.fullmatch(r"[a-z0-9-]+\.[a-z0-9]+", each) for each in logins if each not in {*OFFICERS, "tech", "liaison"}
    )


def test_each_person_has_one_appointment_of_the_scope_its_role_asks_for(root):
    for person in root["people"].values():
        (appointment,) = person.appointments(now())
        reviewed = appointment.change
        if person.login in FOUNDERS:
            assert (appointment.basis, reviewed) == ("founding act", None)
        else:
            assert (appointment.basis, reviewed.basis, reviewed.state) == (reviewed.title, BASIS, "verified")
        assert appointment.scope.partition(":")[0] == ROLES[Role(appointment.role)].scope


def test_the_three_officers_are_three_persons_without_a_business_role(app, root):
    roles = {name: [each.role for each in root.logins[name].appointments(now())] for name in OFFICERS}
    assert roles == {name: [role] for name, role in OFFICERS.items()}
    assert len({root.logins[name] for name in OFFICERS}) == 3
    assert all(root.logins[name].established for name in OFFICERS)
    assert all({each.kind for each in root.logins[name].trainings} == set(TrainingKind) for name in OFFICERS)
    assert violations(root, now(), app.registry.govrepo_settings) == []


def test_every_unit_with_a_box_has_a_clerk_and_an_approver(root):
    held = Counter(each.principal for person in root["people"].values() for each in person.appointments(now()))
    units = [
        unit for unit in root["units"].values() if unit.box_name and unit.code not in {"gd-government", "gd-office"}
    ]
    assert {unit.code for unit in units if held[f"unit_clerk@{unit.scope}"] != 1} == set()
    assert {unit.code for unit in units if held[f"unit_approver@{unit.scope}"] != 1} == set()
    assert held["registry_clerk@unit:gd-office"] == 2


def test_one_division_has_no_receiver(root):
    held = {each.principal for person in root["people"].values() for each in person.appointments(now())}
    lacking = [part.code for part in DIVISIONS if f"receiver@division:{part.code}" not in held]
    assert lacking == [WITHOUT_RECEIVER]


def test_all_share_one_password_hashed_once(root):
    (stored,) = {person.password_hash for person in root["people"].values()}
    assert verify_password(stored, PASSWORD)
    assert not any(person.must_change_password for person in root["people"].values())


def test_a_sample_person_logs_in_over_http(app):
    browser = login(app, "GZ.Clerk")
    assert browser.get("/login").status_int == 303, "who is logged in needs no form"
    with pytest.raises(AssertionError, match="nobody could not log in: 401"):
        login(app, "nobody")
