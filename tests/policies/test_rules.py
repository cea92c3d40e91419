"""Business settings are changed by the administrator, on a basis, from today on; whoever reads them follows (R-41.1, R-8.1)."""

from datetime import date

import pytest

from govrepo import clock, rules
from policies import check_in, official_document
from policies import rules as policy
from policies.engine import Refused
from tests.policies.bench import later, local


def change(bench, name="cut_off", value="16:30", since="2013-02-01", basis="会议纪要", login="admin"):
    return policy.change(bench.root, name, value, since, basis, bench.actor(login))


def value(bench, name, at=None):
    return rules.value(bench.root, bench.registry.govrepo_settings, name, at and local(at))


def refused(bench, **wrong):
    with pytest.raises(Refused) as caught:
        change(bench, **wrong)
    assert bench.root.rules.of(wrong.get("name", "cut_off")) == ()
    assert bench.journaled("rule.change") == []
    return caught.value.fields


def test_r_41_1_a_value_counts_from_its_day_on(bench):
    change(bench)
    assert value(bench, "cut_off") == "17:00"
    assert value(bench, "cut_off", "2013-01-31 23:59") == "17:00"
    assert value(bench, "cut_off", "2013-02-01 00:00") == "16:30"


def test_r_41_1_of_today_from_this_moment_on(bench):
    change(bench, since="2013-01-07")
    assert value(bench, "cut_off", "2013-01-07 09:59") == "17:00"
    assert value(bench, "cut_off") == "16:30"


def test_the_journal_keeps_from_to_day_and_basis(bench):
    change(bench)
    (entry,) = bench.journaled("rule.change")
    assert entry.reason == "会议纪要"
    assert entry.details == {"name": "cut_off", "from": "17:00", "to": "16:30", "since": "2013-02-01T00:00:00+08:00"}
    assert entry.actor == bench.person("admin").principal


@pytest.mark.parametrize("login", ["auditor", "security", "tech", "liaison", "office.leader", "gz.clerk"])
def test_r_8_1_nobody_but_the_administrator(bench, login):
    assert refused(bench, login=login) == {}


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("cut_off", "25:00"),
        ("cut_off", ""),
        ("half_days", "08:30-12:00"),
        ("half_days", "12:00-08:30,14:00-17:30"),
        ("half_days", "08:30-14:30,14:00-17:30"),
        ("effective_date", "2013-02-30"),
        ("max_classification", "most_secret"),
        ("session_hours", "0"),
        ("session_hours", "25"),
        ("password_days", "x"),
        ("password_min_length", "7"),
    ],
)
def test_a_value_must_fit(bench, name, wrong):
    assert list(refused(bench, name=name, value=wrong)) == ["value"]


@pytest.mark.parametrize("since", ["", "2013-01-06", "1. 2. 2013"])
def test_r_41_1_never_backdated(bench, since):
    assert list(refused(bench, since=since)) == ["effective"]


def test_a_change_has_a_basis_and_changes_something(bench):
    assert list(refused(bench, basis=" ")) == ["basis"]
    assert list(refused(bench, value="17:00")) == ["value"]


def test_settings_of_the_host_are_no_rules(bench):
    with pytest.raises(KeyError):
        change(bench, name="journal", value="/tmp/x")


def test_every_rule_is_a_setting_and_its_default_fits(bench):
    for name, rule in policy.RULES.items():
        default = getattr(bench.registry.govrepo_settings, name)
        assert rule.read(str(default)) == default
    assert set(policy.in_force(bench.root, bench.registry.govrepo_settings, clock.now())) == set(policy.RULES)


def test_p_37_sending_follows_the_cut_off_in_force(bench):
    change(bench, value="09:00", since="2013-01-07")
    assert bench.sent().effective_day == date(2013, 1, 8)


def test_r_n1_2_sending_follows_the_effective_date_in_force(bench):
    dispatch = bench.released()
    change(bench, name="effective_date", value="2013-06-01", since="2013-01-07")
    assert bench.refusal("jm.clerk", dispatch, "send") == ["R-N1.2"]


def test_p_3_drafts_follow_the_classification_in_force(bench):
    document = bench.draft(classification="confidential").document
    at_first = official_document.element_problems(document, value(bench, "max_classification"))
    change(bench, name="max_classification", value="confidential", since="2013-01-07")
    afterwards = official_document.element_problems(document, value(bench, "max_classification"))
    assert "P-3" in {reason.article for reason in at_first}
    assert "P-3" not in {reason.article for reason in afterwards}


def test_r_20_1_missing_half_days_are_judged_by_the_hours_of_their_day(bench):
    box, settings = bench.box("foshan"), bench.registry.govrepo_settings
    change(bench, name="half_days", value="08:00-09:30,14:00-17:30", since="2013-01-08")
    clock.travel(local("2013-01-08 10:00"))
    assert "2013-01-08" in {day.isoformat() for day, _half in check_in.missing(box, date(2013, 1, 8), settings)}
    clock.travel(local("2013-01-08 09:00"))
    assert check_in.missing(box, date(2013, 1, 8), settings) == []


def test_r_41_1_the_hours_before_the_senders_check_are_a_rule(bench):
    """P-38: 24 hours, until another number is decided."""
    dispatch = bench.delivered()
    change(bench, name="sender_check_hours", value="2", since="2013-01-07")
    later(hours=1)
    assert bench.refusal("jm.clerk", dispatch, "check") == ["P-38"]
    later(hours=1)
    bench.act("jm.clerk", dispatch, "check")
