"""The person: rights from appointments in force only, and only for an active account (R-3.1, P-17; design.md sect. 4)."""

from datetime import timedelta

import pytest

from content_types.appointment import Appointment
from content_types.content import HistoryEntry
from govrepo import clock


@pytest.fixture
def person(bench):
    return bench.person("zh1.officer")


def test_principals_are_those_of_the_appointments_in_force(person):
    now = clock.now()
    person.appoint(Appointment("receiver", "division:zh1", now, until=now + timedelta(days=5), basis="指定"))
    assert set(person.principals(now)) == {"case_officer@division:zh1", "receiver@division:zh1"}
    assert person.principals(now + timedelta(days=5)) == ("case_officer@division:zh1",)


def test_what_else_lies_in_the_person_is_no_appointment(bench, person):
    person.add("assigned", bench.registry.content.create("Shelf"), registry=bench.registry)
    assert len(person.appointments(clock.now())) == 1


@pytest.mark.parametrize("state", ["suspended", "handover", "closed"])
def test_an_account_that_is_not_active_gives_nothing(person, state):
    person.state = state
    assert person.status == state
    assert person.principals(clock.now()) == ()


def test_title_and_own_principal(person):
    assert person.title == person.name
    assert person.principal == f"person:{person.id}"


def test_the_appointments_of_a_past_instant_are_those_that_counted_then(person):
    begun = clock.now()
    ended = person.appoint(
        Appointment("receiver", "division:zh1", begun, until=begun + timedelta(days=1), basis="指定")
    )
    assert ended in person.appointments_at(begun)
    assert ended not in person.appointments_at(begun + timedelta(days=1))
    person.remember(HistoryEntry(begun, "p", "甲", "suspend", "active", "suspended"))
    assert person.appointments_at(begun) == ()
