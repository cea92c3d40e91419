"""The appointment: a role for a scope and a period (domain.md 4.3)."""

from datetime import timedelta

import pytest

from content_types.appointment import Appointment, Capacity
from content_types.content import HistoryEntry
from tests.policies.bench import local

SINCE = local("2013-01-07 08:00")


def test_it_gives_one_principal():
    assert Appointment("receiver", "division:zh1", SINCE, basis="任命").principal == "receiver@division:zh1"


@pytest.mark.parametrize(("hours", "counts"), [(-1, False), (0, True), (23, True), (24, False)])
def test_it_counts_from_its_first_instant_to_before_its_last(hours, counts):
    appointment = Appointment("receiver", "division:zh1", SINCE, until=SINCE + timedelta(days=1), basis="指定")
    assert appointment.in_force(SINCE + timedelta(hours=hours)) is counts


def test_without_end_it_goes_on_until_it_is_ended():
    appointment = Appointment("receiver", "division:zh1", SINCE, basis="任命")
    assert appointment.in_force(SINCE + timedelta(days=9999))
    appointment.state = "ended"
    assert not appointment.in_force(SINCE)


def test_its_capacity_is_one_of_three():
    assert Appointment("receiver", "division:zh1", SINCE, basis="任命").capacity is Capacity.REGULAR
    with pytest.raises(ValueError, match="boss"):
        Appointment("receiver", "division:zh1", SINCE, capacity="boss", basis="任命")


def test_that_it_ended_does_not_undo_that_it_counted():
    """Appointments end, they never go: a past date is answered by them."""
    appointment = Appointment("receiver", "division:zh1", SINCE, basis="任命")
    appointment.remember(HistoryEntry(SINCE + timedelta(days=2), "p", "甲", "end", "in_force", "ended"))
    appointment.state = "ended"
    assert appointment.was_in_force(SINCE + timedelta(days=1))
    assert not appointment.was_in_force(SINCE + timedelta(days=3))
    assert not appointment.was_in_force(SINCE - timedelta(days=1))
