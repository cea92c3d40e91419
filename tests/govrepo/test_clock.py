"""The only source of time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govrepo import clock

AT = datetime(2013, 1, 7, 16, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _system_time():
    yield
    clock.reset()


def test_it_is_the_systems_time_unless_set():
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert clock.now().tzinfo is UTC


def test_people_see_local_time():
    with clock.frozen(AT):
        assert clock.local(clock.now()).isoformat() == "2013-01-08T00:30:00+08:00"
        assert clock.today().isoformat() == "2013-01-08"


def test_travelling_lets_time_go_on():
    clock.travel(AT)
    first = clock.now()
    assert AT <= first <= clock.now() < AT + timedelta(minutes=1)
    clock.reset()
    assert clock.now() > AT + timedelta(days=1000)


def test_standing_still_ends_with_the_block_and_nests():
    clock.travel(AT)
    with clock.frozen(AT + timedelta(days=1)):
        with clock.frozen(AT + timedelta(days=2)):
            assert clock.now() == AT + timedelta(days=2)
        assert clock.now() == AT + timedelta(days=1)
    assert AT <= clock.now() < AT + timedelta(minutes=1)


def test_travelling_ends_a_standstill():
    with clock.frozen(AT):
        clock.travel(AT + timedelta(days=1))
        assert clock.now() > AT


@given(st.datetimes(datetime(1949, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - Made aware below.
def test_micros_and_back(naive):
    instant = naive.replace(tzinfo=UTC)
    assert clock.from_micros(clock.micros(instant)) == instant


def test_who_sets_it_is_known():
    assert not clock.is_set()
    with clock.frozen(clock.now()):
        assert clock.is_set()
    clock.travel(clock.now() - timedelta(days=1))
    assert clock.is_set()
    clock.reset()
    assert not clock.is_set()


def test_the_systems_clock_goes_with_the_time_that_passes_whatever_the_sites_clock_says():
    before = clock.drift()
    with clock.frozen(clock.now() - timedelta(days=9)):
        assert abs(clock.drift() - before) < timedelta(seconds=5)
