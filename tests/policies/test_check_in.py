"""The half-day check-in (R-20.1, R-20.2)."""

from datetime import date

import pytest

from content_types.check_in import HalfDay
from govrepo import clock
from policies.check_in import check_in, current, half_day_key, missing
from policies.engine import Refused
from tests.policies.bench import local


def test_r_20_1_the_first_of_a_half_day_is_recorded_and_journaled(bench):
    box, actor = bench.box("gd-office"), bench.actor("office.registry1")
    assert check_in(box, actor)
    assert not check_in(box, bench.actor("office.registry2"))
    clock.travel(local("2013-01-07 14:05"))
    assert check_in(box, actor)
    assert sorted(box.check_ins) == ["2013-01-07am", "2013-01-07pm"]
    assert box.check_ins["2013-01-07am"].person_name == actor.name
    assert [entry.details for entry in bench.journaled("box.check_in")] == [{"half_day": "am"}, {"half_day": "pm"}]


@pytest.mark.parametrize("login", ["office.leader", "zh1.receiver", "gz.clerk", "admin"])
def test_r_20_1_only_with_the_receivers_role(bench, login):
    with pytest.raises(Refused) as caught:
        check_in(bench.box("gd-office"), bench.actor(login))
    assert caught.value.refusal["action"] == "box.check_in"
    assert len(bench.box("gd-office").check_ins) == 0


def test_r_20_1_story_10_the_missing_afternoon_is_listed(bench):
    box, settings = bench.box("gd-office-zh1"), bench.registry.govrepo_settings
    clock.travel(local("2013-01-07 09:10"))
    check_in(box, bench.actor("zh1.receiver"))
    clock.travel(local("2013-01-07 18:00"))
    assert missing(box, date(2013, 1, 7), settings) == [(date(2013, 1, 7), HalfDay.AFTERNOON)]


def test_the_check_in_of_the_half_day_in_hand(bench):
    box, settings = bench.box("gd-office"), bench.registry.govrepo_settings
    assert half_day_key(box, settings) == "2013-01-07am"
    assert current(box, settings) is None
    check_in(box, bench.actor("office.registry1"))
    assert current(box, settings).person_name == bench.person("office.registry1").name
    clock.travel(local("2013-01-07 14:00"))
    assert current(box, settings) is None
