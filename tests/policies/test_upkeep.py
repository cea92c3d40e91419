"""Packing: asked for by the administrator, done by the worker, both in the journal (R-8.1, R-7.2)."""

import pytest

from policies import upkeep as policy
from policies.engine import Refused


def ask(bench, days="30", login="admin"):
    return policy.ask(bench.root, days, bench.actor(login))


def test_a_pack_is_work_for_the_worker(bench):
    before = bench.work()
    ask(bench)
    assert bench.work() == sorted([*before, "database.pack"])
    assert bench.root.upkeep.running.days == 30
    assert bench.journaled("database.pack")[0].details == {"days": 30}


def test_one_at_a_time(bench):
    ask(bench)
    with pytest.raises(Refused):
        ask(bench)
    assert len(bench.journaled("database.pack")) == 1


@pytest.mark.parametrize("days", ["", "0", "-1", "x", "3651", "１"])
def test_the_days_must_fit(bench, days):
    with pytest.raises(Refused) as caught:
        ask(bench, days)
    assert list(caught.value.fields) == ["days"]
    assert bench.root.upkeep.running is None


@pytest.mark.parametrize("login", ["auditor", "tech", "security", "gz.clerk"])
def test_r_8_1_nobody_but_the_administrator(bench, login):
    with pytest.raises(Refused):
        ask(bench, login=login)


def test_how_it_went_is_journaled_in_the_name_of_the_system(bench):
    ask(bench)
    policy.pack(bench.job())
    assert bench.root.upkeep.running is None
    (entry,) = bench.journaled("database.packed")
    assert entry.actor == "system"
    assert entry.details["error"] == ""
    policy.pack(bench.job())
    assert len(bench.journaled("database.packed")) == 1
