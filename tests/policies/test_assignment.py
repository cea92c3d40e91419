"""The assignment's workflow (domain.md 5.3, assign; 4.9 assigned_to; R-11.2)."""

import pytest

from content_types.assignment import Part
from govrepo.catalog import Eq, register
from policies.assignment import TABLE


@pytest.fixture
def assignment(bench):
    delivery = bench.signed()
    person = bench.person("zh1.officer")
    bench.act("office.registry1", delivery, "distribute", targets=((person, Part.READ),), note="请阅")
    return delivery.assignments[0]


def test_it_starts_open_in_the_persons_own_list(bench, assignment):
    person = bench.person("zh1.officer")
    assert assignment.state == TABLE.initial == "open"
    assert assignment.__parent__.__parent__ is person["assigned"]
    found = register(bench.root, "assignments").query(Eq("person", person.id) & Eq("state", "open"), sort="order")
    assert found.objects == (assignment,)


def test_the_first_opening_counts(bench, assignment):
    bench.act("zh1.officer", assignment, "open")
    first = assignment.first_opened_at
    bench.act("zh1.officer", assignment, "open")
    assert assignment.first_opened_at == first is not None


def test_nobody_closes_unread(bench, assignment):
    assert bench.refusal("zh1.officer", assignment, "close") == ["P-51"]
    bench.act("zh1.officer", assignment, "open")
    bench.act("zh1.officer", assignment, "close", note="已办")
    assert (assignment.state, assignment.result) == ("closed", "已办")
    assert assignment.closed_at is not None
    assert [entry.transition for entry in assignment.history] == ["assign", "open", "close"]


def test_nobody_elses_business(bench, assignment):
    for login in ("zh1.receiver", "zh1.head", "office.registry1", "admin", "auditor"):
        assert bench.refusal(login, assignment, "open") == [""]


def test_a_closed_one_may_be_read_again_and_not_closed_again(bench, assignment):
    for name in ("open", "close", "open"):
        bench.act("zh1.officer", assignment, name)
    assert bench.refusal("zh1.officer", assignment, "close") == [""]
