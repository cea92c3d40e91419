"""Permission changes (R-7.4, R-8.2, domain.md 5.7): requested, reviewed, executed, verified; SOD-4 to SOD-6, SOD-13, SOD-15."""

from datetime import timedelta

import pytest

from content_types.permission_change import ChangeKind
from govrepo import clock
from govrepo.catalog import Eq, register
from policies import rules
from policies.engine import Refused, act
from policies.permission_change import lapse_overdue, lapses_at, request_change
from tests.policies.bench import later, local


def ask(bench, login="zh1.head", person="zh1.officer", kind=ChangeKind.GRANT, **more):
    wanted = {"role": "receiver", "scope": "division:zh1", "reason": "新来同志"} | more
    return request_change(bench.actor(login), bench.person(person), kind, **wanted)


def refused(bench, *args, **more):
    """The articles and fields of a refused request; nothing is stored."""
    before = bench.root["admin"]["changes"].get("2013")
    count = 0 if before is None else len(before)
    with pytest.raises(Refused) as caught:
        ask(bench, *args, **more)
    after = bench.root["admin"]["changes"].get("2013")
    assert (0 if after is None else len(after)) == count
    return {(reason.article, reason.field) for reason in caught.value.reasons}


def done(bench, change, *names):
    for name in names:
        bench.act({"approve": "auditor", "execute": "admin", "verify": "auditor"}[name], change, name)
    return change


def test_r_7_4_a_change_takes_effect_only_after_review_and_execution(bench):
    """R-7.4, R-8.2: approved by the auditor, executed by the administrator, and the rights are there at once."""
    change = ask(bench)
    officer = bench.person("zh1.officer")
    assert "receiver@division:zh1" not in officer.principals(clock.now())
    assert bench.refusal("admin", change, "execute") == ["R-8.2"]
    done(bench, change, "approve")
    assert "receiver@division:zh1" not in officer.principals(clock.now())
    done(bench, change, "execute")
    assert "receiver@division:zh1" in officer.principals(clock.now())
    assert change.result.basis == change.title == "权变〔2013〕1号"
    assert change.result.change is change
    done(bench, change, "verify")
    assert [entry.action for entry in bench.journaled() if entry.action.startswith("permission_change")] == [
        f"permission_change.{name}" for name in ("request", "approve", "execute", "verify")
    ]
    assert register(bench.root, "appointments").count(Eq("person", officer.id)) == 2


def test_numbers_are_gapless_within_a_year(bench):
    assert [ask(bench, person=each).number for each in ("zh1.officer", "zh2.officer", "zh3.officer")] == [1, 2, 3]
    clock.travel(local("2014-01-06 10:00"))
    assert ask(bench, person="zh4.officer").title == "权变〔2014〕1号"


@pytest.mark.parametrize(
    ("login", "person", "role", "scope"),
    [
        ("zh1.head", "zh2.officer", "receiver", "division:zh1"),
        ("office.leader", "zh2.officer", "registry_clerk", "unit:gd-office"),
        ("office.leader", "zh2.officer", "receiver", "division:zh1"),
        ("jm.approver", "jm.clerk", "unit_archivist", "unit:jiangmen"),
        ("admin", "jm.clerk", "unit_archivist", "unit:jiangmen"),
        ("jm.clerk", "jm.clerk", "unit_archivist", "unit:jiangmen"),
    ],
)
def test_5_7_heads_the_administrator_and_the_person_ask(bench, login, person, role, scope):
    assert ask(bench, login, person, role=role, scope=scope).state == "submitted"


@pytest.mark.parametrize(
    ("login", "person", "role", "scope"),
    [
        ("zh2.head", "zh1.officer", "receiver", "division:zh1"),
        ("zh1.head", "zh1.officer", "registry_clerk", "unit:gd-office"),
        ("jm.approver", "gz.clerk", "unit_archivist", "unit:guangzhou"),
        ("auditor", "zh1.officer", "receiver", "division:zh1"),
        ("security", "zh1.officer", "receiver", "division:zh1"),
        ("zh1.officer", "zh2.officer", "receiver", "division:zh1"),
    ],
)
def test_5_7_others_do_not_ask(bench, login, person, role, scope):
    assert refused(bench, login, person, role=role, scope=scope) == {("5.7", "scope")}


def test_5_7_every_fault_stands_at_its_field(bench):
    assert refused(bench, reason=" ") == {("5.7", "reason")}
    assert refused(bench, role="emperor") == {("5.7", "role")}
    assert refused(bench, scope="unit:gd-office", login="admin") == {("5.7", "scope")}
    assert refused(bench, scope="division:nowhere", login="admin") == {("5.7", "scope")}
    assert refused(bench, until=clock.now() - timedelta(days=1)) == {("5.7", "until")}
    assert refused(bench, person="zh1.receiver") == {("5.7", "role")}
    assert refused(bench, kind="revoke") == {("5.7", "appointment")}
    assert refused(bench, kind="restore") == {("5.7", "kind")}
    assert refused(bench, kind="designate") == {("R-11.3", "until")}


def test_sod_4_nobody_decides_or_executes_about_oneself(bench):
    """SOD-4, R-28.2."""
    own = ask(bench, "admin", "admin", role="liaison", scope="site")
    done(bench, own, "approve")
    assert bench.refusal("admin", own, "execute") == ["SOD-4"]
    about_auditor = ask(bench, "auditor", "auditor", role="liaison", scope="site")
    assert bench.refusal("auditor", about_auditor, "approve") == ["SOD-4", "SOD-5"]
    assert bench.refusal("auditor", about_auditor, "reject", note="x") == ["SOD-4", "SOD-5"]


def test_sod_5_the_reviewer_differs_from_requester_and_executor(bench):
    change = ask(bench, "admin", "tech", role="liaison", scope="site")
    reviewer = bench.as_role(bench.person("admin"), "auditor@site")
    with pytest.raises(Refused, match="申请人不得审核"):
        act(change, "approve", reviewer)
    done(bench, change, "approve")
    executor = bench.as_role(bench.person("auditor"), "administrator@site")
    with pytest.raises(Refused, match="审核人不得执行"):
        act(change, "execute", executor)
    done(bench, change, "execute")
    with pytest.raises(Refused, match="执行人不得复核"):
        act(change, "verify", reviewer)


def test_the_requester_withdraws_and_a_rejection_says_why(bench):
    change = ask(bench)
    assert bench.refusal("zh1.officer", change, "withdraw") == ["5.7"]
    bench.act("zh1.head", change, "withdraw")
    assert change.state == "withdrawn"
    second = ask(bench)
    assert bench.refusal("auditor", second, "reject", note="") == ["R-7.4"]
    bench.act("auditor", second, "reject", note="不符合编制")
    assert (second.state, second.decided.note) == ("rejected", "不符合编制")
    assert bench.refusal("admin", second, "execute") == ["R-8.2"]


def test_5_7_what_is_not_executed_in_ten_working_days_lapses(bench):
    change = done(bench, ask(bench), "approve")
    clock.travel(local("2013-01-21 23:59"))
    lapse_overdue(bench.job())
    assert change.state == "approved", "the tenth working day is the 21st"
    clock.travel(local("2013-01-22 00:00"))
    assert bench.refusal("admin", change, "execute") == ["5.7"]
    lapse_overdue(bench.job())
    assert change.state == "lapsed"
    assert change.history[-1].actor == "system"


def test_sod_15_the_rules_are_checked_again_at_execution(bench):
    change = done(bench, ask(bench, "admin", "office.registry2", role="liaison", scope="site"), "approve")
    bench.person("office.registry2").division = None
    assert bench.refusal("admin", change, "execute") == ["R-4.1"]


def test_a_role_is_taken_at_once_and_at_its_time(bench):
    receiver = bench.person("zh1.receiver")
    (held,) = receiver.appointments(clock.now())
    change = ask(bench, person="zh1.receiver", kind="revoke", appointment=held, role="", scope="")
    done(bench, change, "approve", "execute", "verify")
    assert receiver.principals(clock.now()) == ()
    (held,) = bench.person("zh2.receiver").appointments(clock.now())
    soon = clock.now() + timedelta(days=3)
    change = ask(bench, "zh2.head", "zh2.receiver", "revoke", appointment=held, since=soon, role="", scope="")
    done(bench, change, "approve", "execute")
    assert bench.person("zh2.receiver").principals(clock.now()) != ()
    later(days=3)
    assert bench.person("zh2.receiver").principals(clock.now()) == ()


def test_a_change_replaces_one_appointment_by_another(bench):
    officer = bench.person("zh1.officer")
    (held,) = officer.appointments(clock.now())
    change = ask(bench, kind="change", appointment=held)
    done(bench, change, "approve", "execute", "verify")
    assert officer.principals(clock.now()) == ("receiver@division:zh1",)


def test_an_account_is_suspended_and_restored(bench):
    person = bench.person("zh1.officer")
    done(bench, ask(bench, kind="suspend", role="", scope=""), "approve", "execute", "verify")
    assert person.state == "suspended"
    assert refused(bench) == {("5.7", "person")}
    done(bench, ask(bench, kind="restore", role="", scope=""), "approve", "execute", "verify")
    assert person.principals(clock.now()) == ("case_officer@division:zh1",)


def test_7_2_a_unit_administrator_executes_within_the_own_unit(bench):
    done(
        bench,
        ask(bench, "admin", "jm.approver", role="unit_administrator", scope="unit:jiangmen"),
        "approve",
        "execute",
    )
    own = done(bench, ask(bench, "jm.approver", "jm.clerk", role="unit_archivist", scope="unit:jiangmen"), "approve")
    bench.act("jm.approver", own, "execute")
    assert own.state == "executed"
    foreign = done(bench, ask(bench), "approve")
    assert bench.refusal("jm.approver", foreign, "execute") == ["R-8.2"]


def test_verification_compares_effective_rights_with_the_request(bench):
    change = done(bench, ask(bench), "approve", "execute")
    change.result.until = clock.now()
    assert bench.refusal("auditor", change, "verify") == ["5.7"]


def test_r_41_1_the_time_for_the_execution_is_a_rule_that_counts_from_the_approval(bench):
    """What was approved before a rule changed stays under the rule it was approved under."""
    settings = bench.registry.govrepo_settings
    before = done(bench, ask(bench), "approve")
    rules.change(bench.root, "change_lapse_days", "2", "2013-01-07", "厅办〔2013〕1号", bench.actor("admin"))
    later(minutes=1)
    after = done(bench, ask(bench, "zh2.head", "zh2.officer", scope="division:zh2"), "approve")
    assert lapses_at(before, settings) == local("2013-01-22 00:00")
    assert lapses_at(after, settings) == local("2013-01-10 00:00")
    later(days=3)
    assert bench.refusal("admin", after, "execute") == ["5.7"]
    lapse_overdue(bench.job())
    assert (before.state, after.state) == ("approved", "lapsed")
