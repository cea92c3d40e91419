"""The founding act: once, four persons, by the same rules as every other appointment (R-5.2, R-6.1, R-6.2, SOD-1)."""

import pytest

from content_types.appointment import Appointment
from govrepo import clock
from policies.founding import BASIS, FoundingRefusedError, found

FOUR = ("office.leader", "auditor", "admin", "security")


@pytest.fixture
def unfounded(bench):
    """The sample site as if nobody had been appointed yet."""
    for person in bench.root["people"].values():
        for name, each in list(person.items()):
            if isinstance(each, Appointment):
                del person[name]
    return bench


def act(bench, logins=FOUR):
    found(bench.root, bench.registry, *(bench.person(login) for login in logins))


def reasons(bench, logins=FOUR):
    with pytest.raises(FoundingRefusedError) as caught:
        act(bench, logins)
    return {reason.article for reason in caught.value.reasons}


def test_it_appoints_leader_and_officers_with_its_own_basis(unfounded):
    act(unfounded)
    held = {login: unfounded.person(login).appointments(clock.now()) for login in FOUR}
    assert [each.principal for (each,) in held.values()] == [
        "office_leader@unit:gd-office",
        "auditor@site",
        "administrator@site",
        "security_officer@site",
    ]
    assert {each.basis for (each,) in held.values()} == {BASIS}
    assert len(unfounded.journaled("site.founded")) == 4


def test_it_is_refused_once_an_auditor_is_or_ever_was_in_force(unfounded):
    past = Appointment("auditor", "site", clock.now(), until=clock.now(), basis="test")
    unfounded.person("tech").appoint(past)
    assert reasons(unfounded) == {"R-7.4"}


def test_it_keeps_the_rules_and_changes_nothing_when_refused(unfounded):
    assert reasons(unfounded, ("office.leader", "auditor", "auditor", "security")) == {"SOD-1"}
    unfounded.person("security").established = False
    unfounded.person("admin").trainings = ()
    assert reasons(unfounded) == {"R-6.1", "R-6.2"}
    assert reasons(unfounded, ("office.leader", "auditor", "admin", "zh1.officer")) == {"R-4.1", "R-6.2"}
    assert unfounded.person("auditor").appointments(clock.now()) == ()
