"""Handling limits (part 10): by urgency, in working days."""

from datetime import date

from policies.deadlines import default_due, refusal_until, working_days_after
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
