"""Dead letters: one entry and one alarm each, however often they are looked at (R-7.1)."""

import pytest

from govrepo import work
from govrepo.work.backoff import LAST_ATTEMPT
from govrepo.work.queue import Item
from policies.alarm import open_alarms
from policies.work_queue import watch


@pytest.fixture
def letter(bench):
    item = Item("exchange.fan_out", {"path": "/x"})
    item.failures = LAST_ATTEMPT
    bench.root.work.bury(item)
    return item


def test_a_dead_letter_is_journaled_and_raises_an_alarm_once(bench, letter):
    watch(bench.job())
    watch(bench.job())
    (entry,) = bench.journaled("work.die")
    assert (entry.result, entry.details["letter"], entry.details["attempts"]) == ("failed", letter.id, LAST_ATTEMPT)
    (alarm,) = bench.journaled("alarm.raise")
    assert "exchange.fan_out" in alarm.reason
    assert open_alarms(bench.root) == 1


def test_without_one_there_is_nothing_to_say(bench):
    assert work.dead_letters(bench.root) == []
    watch(bench.job())
    assert bench.journaled("work.die") == []
