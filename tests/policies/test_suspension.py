"""Emergency suspension: at once, by those who may, reported, reviewed afterwards, lifted by the leader alone (R-39.2 to R-39.4)."""

import pytest

from govrepo import clock
from govrepo.security import accounts
from policies.engine import Refused, may
from policies.permission_change import request_change
from policies.suspension import review_due, suspend, suspensions
from tests.policies.bench import later, local

WHO = "jm.clerk"


@pytest.fixture
def stopped(bench):
    return suspend(
        bench.actor("tech"), bench.person(WHO), reason="外接存储设备", equipment="计算机一台", basis="抽查〔2013〕1号"
    )


def refused(call):
    with pytest.raises(Refused) as caught:
        call()
    return {reason.article for reason in caught.value.reasons}


def test_r_39_2_it_works_at_once_and_for_all_sessions(bench):
    person = bench.person(WHO)
    accounts.open_session(person, "10.0.0.7")
    made = suspend(bench.actor("tech"), person, reason="违规")
    assert (person.state, dict(person.sessions), person.principals(clock.now())) == ("suspended", {}, ())
    assert person.suspension is made
    assert (made.change.kind, made.change.state, made.change.immediate) == ("suspend", "executed", True)
    assert [entry.action for entry in bench.journaled()][-3:] == [
        "permission_change.execute_at_once",
        "person.suspend",
        "suspension.order",
    ]


@pytest.mark.parametrize("login", ["auditor", "admin", "security", "liaison", "office.leader", "gz.clerk"])
def test_r_39_2_nobody_else_may(bench, login):
    assert refused(lambda: suspend(bench.actor(login), bench.person(WHO), reason="x")) == {"R-39.2"}
    assert bench.person(WHO).state == "active"
    assert suspensions(bench.root) == []


def test_a_unit_administrator_stops_the_own_unit_only(bench):
    administrator = bench.as_role(bench.person("jm.approver"), "unit_administrator@unit:jiangmen")
    assert refused(lambda: suspend(administrator, bench.person("gz.clerk"), reason="x")) == {"R-39.2"}
    assert suspend(administrator, bench.person(WHO), reason="x").state == "reported"


def test_nobody_oneself_and_not_without_a_reason(bench):
    assert refused(lambda: suspend(bench.actor("tech"), bench.person("tech"), reason=" ")) == {"SOD-4", "R-39.2"}


def test_nobody_twice(bench, stopped):
    assert refused(lambda: suspend(bench.actor("tech"), bench.person(WHO), reason="x")) == {"5.9"}


@pytest.mark.parametrize("login", ["auditor", "admin"])
def test_sod_13_the_last_auditor_and_administrator_stay(bench, login):
    assert refused(lambda: suspend(bench.actor("tech"), bench.person(login), reason="x")) == {"SOD-13"}


def test_r_39_3_only_the_leaders_decision_lifts(bench, stopped):
    for login in ("tech", "admin", "auditor"):
        assert refused(lambda login=login: bench.act(login, stopped, "lift", note="x")) == {"R-39.3"}
    assert refused(lambda: bench.act("office.leader", stopped, "lift", note="")) == {"R-7.4"}
    restore = {"kind": "restore", "reason": "x"}
    assert "R-39.3" in refused(lambda: request_change(bench.actor("admin"), bench.person(WHO), **restore))
    bench.act("office.leader", stopped, "maintain", note="继续核查")
    assert (stopped.state, stopped.decided.note, bench.person(WHO).state) == ("maintained", "继续核查", "suspended")
    bench.act("office.leader", stopped, "lift", note="已教育整改")
    assert (stopped.state, bench.person(WHO).state, bench.person(WHO).suspension) == ("lifted", "active", None)
    assert (stopped.lifted_by.kind, stopped.lifted_by.immediate) == ("restore", True)
    assert bench.actor(WHO).principals[-1].startswith("unit_clerk@")


def test_r_39_4_the_auditor_reviews_afterwards_even_when_it_is_over(bench, stopped):
    assert refused(lambda: bench.act("tech", stopped, "review")) != set()
    bench.act("office.leader", stopped, "lift", note="误报")
    bench.act("auditor", stopped, "review", note="程序合规")
    assert (stopped.change.state, stopped.change.verified.note) == ("verified", "程序合规")
    assert refused(lambda: bench.act("auditor", stopped, "review")) == {"R-39.4"}
    bench.act("auditor", stopped.lifted_by, "verify")


def test_sod_4_a_leader_does_not_decide_on_the_own_suspension(bench):
    made = suspend(bench.actor("tech"), bench.person("office.leader"), reason="x")
    leader = bench.as_role(bench.person("office.leader"), "office_leader@unit:gd-office")
    assert {each.article for each in may(made, "lift", leader).reasons} == {"SOD-4"}


def test_one_suspension_does_not_lift_another(bench, stopped):
    bench.act("office.leader", stopped, "lift", note="x")
    later(minutes=5)
    second = suspend(bench.actor("tech"), bench.person(WHO), reason="再次违规")
    stopped.state = "maintained"
    assert refused(lambda: bench.act("office.leader", stopped, "lift", note="x")) == {"5.9"}
    assert suspensions(bench.root) == [second, stopped]


def test_the_review_is_due_at_the_end_of_the_next_working_day(bench, stopped):
    assert review_due(stopped, bench.root.calendar) == local("2013-01-09 00:00")
