"""Checks and rebuilds of registers: asked for by the administrator, done by the worker, both in the journal (R-8.1)."""

import pytest

from govrepo.catalog import register
from govrepo.catalog import run as runs
from policies import catalog as policy
from policies.engine import Refused


def ask(bench, act="check", name="people", login="admin"):
    policy.ask(bench.root, name, act, bench.actor(login))


def people(bench):
    return register(bench.root, "people", bench.registry)


def work_off(bench):
    """The handler as often as it enqueues itself."""
    steps = 0
    while runs.running(people(bench)) is not None:
        policy.step(bench.job(register="people"))
        steps += 1
    return steps


@pytest.mark.parametrize(("act", "done"), [("check", "catalog.checked"), ("rebuild", "catalog.rebuilt")])
def test_a_run_is_work_for_the_worker(bench, act, done):
    before = bench.work()
    ask(bench, act)
    assert bench.work() == sorted([*before, "catalog.step"])
    (asked,) = bench.journaled(f"catalog.{act}")
    assert (asked.details, asked.actor) == ({"register": "people"}, bench.person("admin").principal)
    assert work_off(bench) > 1
    (entry,) = bench.journaled(done)
    assert entry.actor == "system"
    assert entry.details["register"] == "people"
    assert entry.details["number"] == (0 if act == "check" else people(bench).data.main.size)
    assert runs.last(people(bench), act).by_name == bench.person("admin").name


def test_every_register_of_the_sample_agrees_with_its_objects(bench):
    """Steps over the whole site find nothing, in any register."""
    for name in bench.registry.govrepo_registers:
        ask(bench, "check", name)
        found = register(bench.root, name, bench.registry)
        while runs.running(found) is not None:
            policy.step(bench.job(register=name))
        assert runs.last(found, "check").problems == (), name


@pytest.mark.parametrize(("running", "words"), [("check", "正在核对"), ("rebuild", "正在重建")])
@pytest.mark.parametrize("second", ["check", "rebuild"])
def test_one_at_a_time_with_a_clear_reason(bench, running, words, second):
    ask(bench, running)
    with pytest.raises(Refused) as caught:
        ask(bench, second)
    assert words in caught.value.fields["act"]
    assert len(bench.journaled(f"catalog.{running}")) == 1
    ask(bench, second, "units")  # Another register has nothing to do with it.


def test_a_run_is_broken_off(bench):
    ask(bench, "rebuild")
    policy.step(bench.job(register="people"))
    assert people(bench).data.coming is not None
    ask(bench, "break_off")
    assert people(bench).data.coming is None
    policy.step(bench.job(register="people"))
    assert bench.journaled("catalog.rebuilt") == []
    with pytest.raises(Refused):
        ask(bench, "break_off")
    ask(bench, "rebuild")


@pytest.mark.parametrize("login", ["auditor", "tech", "security", "gz.clerk"])
@pytest.mark.parametrize("act", ["check", "rebuild", "break_off"])
def test_r_8_1_nobody_but_the_administrator(bench, login, act):
    with pytest.raises(Refused):
        ask(bench, act, login=login)
    assert runs.running(people(bench)) is None


def test_what_does_not_exist_is_no_act(bench):
    with pytest.raises(LookupError):
        ask(bench, name="nothing")
    with pytest.raises(ValueError, match="burn"):
        ask(bench, "burn")
