from datetime import UTC, datetime, timedelta

import pytest

from govrepo import clock
from govrepo.security import throttle
from govrepo.security.throttle import Throttle

NOW = datetime(2013, 1, 4, 9, tzinfo=UTC)


@pytest.fixture
def gate():
    with clock.frozen(NOW):
        yield Throttle(attempts=3, wait_seconds=60)


def _try(gate, times, login="alice", address="10.0.0.7"):
    return [gate.admit(login, address) for _ in range(times)]


def test_the_wait_begins_after_the_permitted_tries_and_doubles(gate):
    assert _try(gate, 6) == [0, 0, 0, 60, 120, 240]


def test_a_wait_that_is_over_lets_one_try_through(gate):
    _try(gate, 3)
    with clock.frozen(NOW + timedelta(seconds=60)):
        assert _try(gate, 2) == [0, 120]


def test_a_started_second_is_a_second_to_wait(gate):
    _try(gate, 3)
    with clock.frozen(NOW + timedelta(seconds=59, milliseconds=500)):
        assert _try(gate, 1) == [1]


def test_no_wait_is_longer_than_an_hour(gate):
    assert _try(gate, 40)[-1] == 3600


def test_success_forgets_the_name_but_not_other_names(gate):
    _try(gate, 2)
    _try(gate, 2, login="bob")
    gate.succeeded("alice", "10.0.0.7")
    assert _try(gate, 3) == [0, 0, 0]
    assert _try(gate, 2, login="bob") == [0, 60]


def test_success_of_a_name_never_tried_here_is_no_error(gate):
    gate.succeeded("nobody", "10.0.0.8")
    assert gate.admit("nobody", "10.0.0.8") == 0


def test_a_name_is_one_name_however_written(gate):
    _try(gate, 3)
    assert gate.admit("  ALICE ", "10.0.0.8") == 60


def test_an_address_gets_four_times_the_tries(gate):
    waits = [gate.admit(f"guess{n}", "10.0.0.7") for n in range(14)]
    assert waits == [0] * 12 + [60, 120]
    assert gate.admit("guess99", "10.0.0.8") == 0


def test_an_own_success_does_not_wash_an_address_clean(gate):
    for n in range(11):
        gate.admit(f"guess{n}", "10.0.0.7")
    gate.admit("mine", "10.0.0.7")
    gate.succeeded("mine", "10.0.0.7")
    assert [gate.admit(f"more{n}", "10.0.0.7") for n in range(3)] == [0, 60, 120]


def test_a_day_later_all_is_forgotten(gate):
    _try(gate, 5)
    with clock.frozen(NOW + timedelta(hours=25)):
        assert _try(gate, 3) == [0, 0, 0]


def test_memory_is_bounded_and_the_longest_unused_goes_first(gate, monkeypatch):
    monkeypatch.setattr(throttle, "CAPACITY", 4)
    _try(gate, 3)
    gate.admit("bob", "10.0.0.8")
    gate.admit("carol", "10.0.0.9")
    assert len(gate._counts) == 4
    assert gate.admit("alice", "10.0.0.7") == 0
