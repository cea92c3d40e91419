"""Settings with effective dates (R-41.1): which value counted when, and that nothing is taken away."""

from datetime import UTC
from types import SimpleNamespace

import pytest

from govrepo import rules
from govrepo.rules import RuleHistory, RuleValue
from tests.policies.bench import local

DECIDED = local("2013-01-07 10:00").astimezone(UTC)


def decided(value, since, at=DECIDED):
    return RuleValue(value, local(since).astimezone(UTC), at, "person:p1", "甲", "会议纪要")


@pytest.fixture
def history():
    return RuleHistory()


def test_r_41_1_the_value_in_force_at_an_instant(history):
    history.add("cut_off", decided("16:30", "2013-02-01 00:00"))
    history.add("cut_off", decided("16:00", "2013-03-01 00:00"))
    assert history.in_force("cut_off", local("2013-01-31 23:59")) is None
    assert history.in_force("cut_off", local("2013-02-01 00:00")).value == "16:30"
    assert history.in_force("cut_off", local("2013-03-05 12:00")).value == "16:00"
    assert history.in_force("half_days", local("2013-03-05 12:00")) is None


def test_of_two_values_of_one_day_the_later_decided_counts(history):
    history.add("cut_off", decided("16:30", "2013-02-01 00:00"))
    history.add("cut_off", decided("15:00", "2013-02-01 00:00", local("2013-01-08 10:00")))
    assert history.in_force("cut_off", local("2013-02-01 09:00")).value == "15:00"
    assert [each.value for each in history.of("cut_off")] == ["16:30", "15:00"]


def test_a_value_decided_later_may_count_earlier(history):
    history.add("cut_off", decided("16:00", "2013-03-01 00:00"))
    history.add("cut_off", decided("15:00", "2013-02-01 00:00", local("2013-01-08 10:00")))
    assert history.in_force("cut_off", local("2013-02-02 09:00")).value == "15:00"
    assert history.in_force("cut_off", local("2013-03-02 09:00")).value == "16:00"


def test_r_41_1_nothing_takes_effect_before_it_was_decided(history):
    with pytest.raises(ValueError, match="never takes effect before"):
        history.add("cut_off", decided("16:30", "2013-01-07 09:59"))
    assert history.of("cut_off") == ()


def test_the_ini_files_value_counts_until_another_does(app):
    from tests.app import site  # noqa: PLC0415 - Only here.

    settings = SimpleNamespace(cut_off="17:00")
    with site(app) as root:
        assert rules.value(root, settings, "cut_off") == "17:00"
        root.rules.add("cut_off", decided("16:30", "2013-02-01 00:00"))
        assert rules.value(root["people"], settings, "cut_off", local("2013-02-01 08:00")) == "16:30"
        assert rules.value(root["people"], settings, "cut_off", local("2013-01-31 08:00")) == "17:00"
