"""Alarms: one for each cause, acknowledged by the auditor in words, and nothing else changed (R-7.1, R-7.6)."""

import pytest

from content_types.alarm import AlarmKind
from govrepo.i18n import _
from policies.actor import system_actor
from policies.alarm import open_alarms, raise_alarm


@pytest.fixture
def raised(bench):
    def make(words="时钟回拨 7 分钟", kind=AlarmKind.CLOCK, **more):
        return raise_alarm(bench.root, system_actor(bench.registry), kind, words, **more)

    return make


def test_a_cause_raises_one_alarm(bench, raised):
    first = raised(entries=[7, 8], path="/@@journal")
    assert (first.title, first.entries, first.path) == ("警报〔2013〕1号", (7, 8), "/@@journal")
    assert raised() is None, "the words are the cause"
    assert raised(kind=AlarmKind.JOURNAL).number == 2, "of another kind"
    assert raised("磁盘剩余 3 GB", cause="disk").number == 3
    assert raised("磁盘剩余 2 GB", cause="disk") is None
    assert open_alarms(bench.root) == 3
    assert next(entry.reason for entry in bench.journaled("alarm.raise")) == "时钟回拨 7 分钟"


def test_r_7_1_the_auditor_acknowledges_in_words(bench, raised):
    alarm = raised()
    assert bench.refusal("auditor", alarm, "acknowledge", note=" ") == ["R-7.1"]
    bench.act("auditor", alarm, "acknowledge", note="已核实，机房校时")
    assert (alarm.state, alarm.note) == ("acknowledged", "已核实，机房校时")
    assert bench.refusal("auditor", alarm, "acknowledge", note="再写") != []
    assert raised() is None, "what was acknowledged is known"
    assert open_alarms(bench.root) == 0


@pytest.mark.parametrize("login", ["admin", "security", "tech", "office.leader", "jm.clerk"])
def test_nobody_else_acknowledges(bench, raised, login):
    assert bench.refusal(login, raised(), "acknowledge", note="无事") == ["R-7.1"]


def test_words_with_values_are_kept_in_chinese(raised):
    assert raised(_("请写明依据。")).words == "请写明依据。"
