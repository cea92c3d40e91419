"""Faults of the organisation (R-11.1). The name also stands for policies/faults.py, which it mirrors."""

from datetime import timedelta

from content_types.appointment import Appointment
from govrepo import clock
from policies.faults import divisions_without_receiver
from policies.sample.people import WITHOUT_RECEIVER


def codes(bench):
    return [division.code for division in divisions_without_receiver(bench.root, clock.now())]


def test_r_11_1_a_division_without_receiver_is_listed(bench):
    assert codes(bench) == [WITHOUT_RECEIVER]


def test_r_11_1_a_receiver_whose_time_is_over_or_who_is_suspended_is_none(bench):
    bench.person("zh1.receiver").state = "suspended"
    appointment = next(iter(bench.person("cz-budget.receiver").appointments(clock.now())))
    appointment.until = clock.now()
    assert codes(bench) == ["zh1", WITHOUT_RECEIVER, "cz-budget"]


def test_r_11_1_a_designation_mends_it_for_its_time(bench):
    now = clock.now()
    designation = Appointment(
        "receiver", f"division:{WITHOUT_RECEIVER}", now, until=now + timedelta(days=5), basis="指定"
    )
    bench.person("jyc.officer").appoint(designation)
    assert codes(bench) == []
    assert divisions_without_receiver(bench.root, now + timedelta(days=5)) != []


def test_a_closed_division_needs_none(bench):
    bench.root["units"]["gd-office"][WITHOUT_RECEIVER].state = "closed"
    assert codes(bench) == []
