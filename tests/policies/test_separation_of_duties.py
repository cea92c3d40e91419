"""The separation of duties by rule (domain.md 7.3, SOD-1 to SOD-3, SOD-6, SOD-13, SOD-15; R-4.1, R-5.2, R-6.1, R-6.2)."""

from datetime import date, timedelta

import pytest

from content_types.appointment import Appointment
from content_types.training import TrainingKind
from govrepo import clock
from govrepo.settings import Settings
from policies import separation_of_duties as sod
from policies.alarm import open_alarms
from policies.engine import Refused, act
from policies.permission_change import request_change
from policies.training import enter
from tests.policies.bench import local


def hold(bench, login, role, scope="site", until=None):
    return bench.person(login).appoint(Appointment(role, scope, clock.now(), until=until, basis="test"))


def train(bench, login, day=date(2012, 12, 1)):
    for kind in TrainingKind:
        enter(bench.person(login), kind, day, passed=True, subject="", by=None)


def broken(bench, login, role, scope="site", since=None, until=None, **settings):
    """The rules that an appointment would break."""
    found = sod.problems(
        bench.person(login),
        role,
        scope,
        since or clock.now(),
        until,
        root=bench.root,
        settings=Settings({f"govrepo.{name}": value for name, value in settings.items()}),
    )
    return sorted({reason.article for reason in found})


def ask(bench, login, person, kind="grant", **more):
    return request_change(bench.actor(login), bench.person(person), kind, reason="试验", **more)


@pytest.mark.parametrize(
    ("login", "role"),
    [("auditor", "administrator"), ("auditor", "security_officer"), ("admin", "auditor"), ("security", "auditor")],
)
def test_sod_1_the_auditor_is_neither_administrator_nor_security_officer(bench, login, role):
    """SOD-1, R-5.2: refused at submission, and nothing is stored."""
    assert broken(bench, login, role) == ["SOD-1"]
    with pytest.raises(Refused) as caught:
        ask(bench, "admin", login, role=role, scope="site")
    assert [(reason.article, reason.field) for reason in caught.value.reasons] == [("SOD-1", "role")]
    assert caught.value.refusal["action"] == "permission_change.request"
    assert "2013" not in bench.root["admin"]["changes"]


def test_sod_1_counts_only_overlapping_time(bench):
    hold(bench, "tech", "auditor", until=clock.now() + timedelta(days=10))
    train(bench, "tech")
    assert broken(bench, "tech", "administrator", since=clock.now() + timedelta(days=10)) == []
    assert broken(bench, "tech", "administrator", since=clock.now() + timedelta(days=9)) == ["SOD-1"]


def test_sod_2_the_administrator_is_not_the_security_officer_unless_the_setting_allows_it(bench):
    assert broken(bench, "admin", "security_officer") == ["SOD-2"]
    assert broken(bench, "security", "administrator") == ["SOD-2"]
    assert broken(bench, "security", "administrator", separate_administrator="no") == []


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        ("receiver", "division:zh1"),
        ("registry_clerk", "unit:gd-office"),
        ("archivist", "unit:gd-office"),
        ("seal_keeper", "unit:gd-office"),
        ("office_leader", "unit:gd-office"),
        ("unit_administrator", "unit:gd-office"),
    ],
)
@pytest.mark.parametrize("login", ["auditor", "admin", "security"])
def test_sod_3_the_three_hold_no_business_role(bench, login, role, scope):
    assert broken(bench, login, role, scope) == ["SOD-3"]


def test_sod_3_works_both_ways_and_leaves_the_other_operators_alone(bench):
    train(bench, "office.registry1")
    assert broken(bench, "office.registry1", "auditor") == ["SOD-3"]
    assert broken(bench, "admin", "liaison") == []
    assert broken(bench, "office.registry1", "technician") == []


def test_r_4_1_only_members_of_the_operator_hold_its_roles(bench):
    assert broken(bench, "zh1.officer", "technician") == ["R-4.1"]
    assert broken(bench, "jm.clerk", "liaison") == ["R-4.1"]
    bench.root["units"]["jiangmen"].operator = True
    assert broken(bench, "jm.clerk", "liaison") == []


def test_r_6_1_officers_are_established_staff(bench):
    train(bench, "tech")
    bench.person("tech").established = False
    assert broken(bench, "tech", "security_officer") == ["R-6.1"]
    assert broken(bench, "tech", "liaison") == []


def test_r_6_2_officers_have_passed_both_trainings_before_they_start(bench):
    assert broken(bench, "tech", "security_officer") == ["R-6.2"]
    tech = bench.person("tech")
    enter(tech, TrainingKind.SKILLS, date(2012, 12, 1), passed=True, subject="", by=None)
    assert broken(bench, "tech", "security_officer") == ["R-6.2"], "without the confidentiality training: refused"
    enter(tech, TrainingKind.CONFIDENTIALITY, date(2012, 12, 1), passed=False, subject="", by=None)
    assert broken(bench, "tech", "security_officer") == ["R-6.2"], "not passed"
    enter(tech, TrainingKind.CONFIDENTIALITY, date(2013, 1, 7), passed=True, subject="", by=None)
    assert broken(bench, "tech", "security_officer") == ["R-6.2"], "not before the start"
    assert broken(bench, "tech", "security_officer", since=local("2013-01-08 09:00")) == []


def test_sod_6_a_leader_of_the_office_decides_on_the_auditors_appointment(bench):
    train(bench, "tech")
    change = ask(bench, "admin", "tech", role="auditor", scope="site")
    assert bench.refusal("auditor", change, "approve") == ["SOD-6"]
    assert bench.refusal("auditor", change, "reject", note="x") == ["SOD-6"]
    bench.act("office.leader", change, "approve")
    bench.act("admin", change, "execute")
    assert bench.refusal("auditor", change, "verify") == ["SOD-6"]
    bench.act("office.leader", change, "verify")
    assert "auditor@site" in bench.person("tech").principals(clock.now())


def test_sod_6_a_leader_decides_on_nothing_else(bench):
    change = ask(bench, "admin", "tech", role="liaison", scope="site")
    assert bench.refusal("office.leader", change, "approve") == ["R-7.4"]


@pytest.mark.parametrize("kind", ["revoke", "suspend", "change"])
@pytest.mark.parametrize("login", ["auditor", "admin"])
def test_sod_13_the_last_auditor_or_administrator_stays(bench, login, kind):
    (held,) = bench.person(login).appointments(clock.now())
    more = {
        "revoke": {"appointment": held},
        "suspend": {},
        "change": {"appointment": held, "role": "liaison", "scope": "site"},
    }[kind]
    with pytest.raises(Refused) as caught:
        ask(bench, login, login, kind, **more)
    assert [reason.article for reason in caught.value.reasons] == ["SOD-13"]


def test_sod_13_is_asked_again_at_execution(bench):
    second = hold(bench, "tech", "administrator")
    (held,) = bench.person("admin").appointments(clock.now())
    change = ask(bench, "admin", "admin", "suspend")
    bench.act("auditor", change, "approve")
    second.until = clock.now()
    executor = bench.as_role(bench.person("tech"), "administrator@site")
    with pytest.raises(Refused) as caught:
        act(change, "execute", executor)
    assert [reason.article for reason in caught.value.reasons] == ["SOD-13"]
    assert held.in_force(clock.now())


def test_sod_15_the_nightly_check_reports_to_the_auditor(bench):
    """SOD-15: what came about otherwise is found; the report stays and is journaled."""
    sod.report(bench.job())
    assert sod.latest_report(bench.root).findings == ()
    hold(bench, "auditor", "administrator")
    bench.person("security").established = False
    clock.travel(local("2013-01-08 02:00"))
    sod.report(bench.job())
    latest = sod.latest_report(bench.root)
    found = {(each.rule, each.name, each.role) for each in latest.findings}
    auditor, security = bench.person("auditor").name, bench.person("security").name
    assert {
        ("SOD-1", auditor, "auditor"),
        ("SOD-1", auditor, "administrator"),
        ("R-6.1", security, "security_officer"),
    } <= found
    assert latest.checked == sum(len(each.appointments(clock.now())) for each in bench.root["people"].values())
    assert len(bench.journaled("separation.checked")) == 2


def test_sod_15_an_orphaned_post_is_found(bench):
    bench.person("auditor").state = "suspended"
    settings = bench.registry.govrepo_settings
    assert [(each.rule, each.role) for each in sod.violations(bench.root, clock.now(), settings)] == [
        ("SOD-13", "auditor")
    ]


def test_sod_15_each_finding_is_an_alarm_once_however_many_nights_it_stands(bench):
    hold(bench, "admin", "auditor")
    sod.report(bench.job())
    found = len(set(sod.latest_report(bench.root).findings))
    clock.travel(local("2013-01-08 02:00"))
    assert open_alarms(bench.root) == found > 0
    sod.report(bench.job())
    assert open_alarms(bench.root) == found


def test_before_the_first_night_there_is_no_report(bench):
    if "separation" in bench.root["admin"]:
        del bench.root["admin"]["separation"]
    assert sod.latest_report(bench.root) is None


def test_every_rule_of_7_3_stands_in_the_table():
    assert [name for name in sod.RULES if name.startswith("SOD-")] == [f"SOD-{number}" for number in range(1, 16)]
    checked = [name for name, rule in sod.RULES.items() if rule.check]
    assert checked == ["SOD-1", "SOD-2", "SOD-3", "R-4.1", "R-6.1", "R-6.2"]
