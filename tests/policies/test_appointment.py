"""Giving and ending appointments, with their register (domain.md part 6, appointments in force)."""

from datetime import timedelta

from content_types.appointment import Appointment
from govrepo import clock
from govrepo.catalog import Eq, Range, register
from policies.appointment import end, ever, give, holders


def in_force(bench, person):
    now = clock.micros(clock.now())
    query = Eq("person", person.id) & Range("since", 1, now) & Range("until", now + 1, None)
    return register(bench.root, "appointments").count(query)


def test_what_is_given_counts_until_it_is_ended(bench):
    person = bench.person("tech")
    made = give(person, Appointment("liaison", "site", clock.now(), basis="test"))
    assert in_force(bench, person) == 2
    assert person in holders(bench.root, "liaison", clock.now())
    end(made, clock.now())
    assert in_force(bench, person) == 1
    assert person not in holders(bench.root, "liaison", clock.now())
    assert made in ever(bench.root, "liaison")


def test_an_end_is_never_put_off(bench):
    soon = clock.now() + timedelta(days=1)
    made = give(bench.person("tech"), Appointment("liaison", "site", clock.now(), until=soon, basis="test"))
    end(made, soon + timedelta(days=5))
    assert made.until == soon


def test_a_suspended_account_holds_nothing(bench):
    bench.person("auditor").state = "suspended"
    assert holders(bench.root, "auditor", clock.now()) == []
