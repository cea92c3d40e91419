"""Limits (part 10): for handling by urgency, in working days; for signing, in half-days, hours or minutes."""

from datetime import date

import pytest

from govrepo import clock
from policies.deadlines import default_due, refusal_until, sign_by, working_days_after
from policies.registering import enter_in_register
from tests.policies.bench import local
from tests.policies.test_registering import CLERK, PAPER


def test_part_10_the_limit_of_each_urgency(bench):
    box, actor = bench.box("gd-office"), bench.actor(CLERK)
    due = [
        default_due(enter_in_register(box, PAPER._replace(urgency=urgency), actor), bench.registry)
        for urgency in ("plain", "urgent", "most_urgent")
    ]
    assert due == [date(2013, 1, 21), date(2013, 1, 10), date(2013, 1, 8)]


def test_working_days_are_counted_over_a_weekend(bench):
    assert working_days_after(date(2013, 1, 11), 1, bench.root.calendar) == date(2013, 1, 14)
    assert working_days_after(date(2013, 1, 11), 0, bench.root.calendar) == date(2013, 1, 11)
    assert refusal_until(local("2013-01-11 16:00"), bench.root.calendar) == local("2013-01-15 00:00")


@pytest.mark.parametrize(
    ("available", "urgency", "until"),
    [
        ("2013-01-07 10:00", "plain", "2013-01-07 17:30"),  # Came in the morning: until the afternoon ends.
        ("2013-01-07 15:00", "plain", "2013-01-08 12:00"),
        ("2013-01-11 15:00", "plain", "2013-01-14 12:00"),  # Over the weekend.
        ("2013-01-07 08:00", "plain", "2013-01-07 12:00"),  # Before work begins, the morning is the next half-day.
        ("2013-01-07 10:00", "urgent", "2013-01-07 12:00"),
        ("2013-01-12 22:10", "most_urgent", "2013-01-12 22:40"),
    ],
)
def test_part_10_until_when_a_delivery_is_signed_for(bench, available, urgency, until):
    assert sign_by(bench.box("gd-office"), local(available), urgency, bench.registry) == local(until)


def test_r_41_1_a_delivery_keeps_the_limit_of_its_arrival(bench):
    clock.travel(local("2013-01-07 10:00"))
    delivery = bench.delivery()
    assert delivery.sign_by == local("2013-01-07 17:30")
