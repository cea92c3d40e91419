"""The substitute receiver: by the head alone, at once, for a while, on record (R-11.3, R-11.4)."""

from datetime import date

import pytest

from govrepo import clock
from policies import rules
from policies.engine import Refused
from policies.permission_change import request_change
from policies.permissions import Permission
from policies.substitute import box_of, candidates, designate, designations, end_designation, longest, substitutes
from tests.policies.bench import later, local

LAST_DAY = date(2013, 1, 11)


@pytest.fixture
def zh2(bench):
    return bench.root["units"]["gd-office"]["zh2"]


def name(bench, division, by="zh2.head", who="zh2.officer", day=LAST_DAY, reason="收文员病假"):
    return designate(bench.actor(by), division, bench.person(who) if who else None, day, reason)


def reasons(call):
    with pytest.raises(Refused) as caught:
        call()
    return {(reason.article, reason.field) for reason in caught.value.reasons}


def test_r_11_3_it_starts_at_once_and_ends_by_itself(bench, zh2):
    change = name(bench, zh2)
    assert bench.actor("zh2.officer").allowed(Permission.DELIVERY_SIGN_FOR, box_of(zh2))
    assert (change.kind, change.state, change.immediate) == ("designate", "executed", True)
    assert [each.basis for each in substitutes(zh2)] == [change.title]
    with clock.frozen(local("2013-01-11 23:59")):
        assert bench.actor("zh2.officer").allowed(Permission.DELIVERY_SIGN_FOR, box_of(zh2))
    with clock.frozen(local("2013-01-12 00:00")):
        assert not bench.actor("zh2.officer").allowed(Permission.DELIVERY_SIGN_FOR, box_of(zh2))
        assert substitutes(zh2) == []
    bench.act("auditor", change, "verify")


@pytest.mark.parametrize("by", ["zh1.head", "zh2.receiver", "admin", "auditor", "office.leader"])
def test_r_11_4_nobody_but_the_head(bench, zh2, by):
    assert ("R-11.4", "") in reasons(lambda: name(bench, zh2, by=by))
    assert bench.journaled("permission_change.execute_at_once") == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"who": "zh1.officer"}, "person"),
        ({"who": "zh2.head"}, "person"),
        ({"who": "zh2.receiver"}, "person"),
        ({"who": ""}, "person"),
        ({"day": date(2013, 1, 6)}, "until"),
        ({"day": date(2013, 2, 6)}, "until"),
        ({"day": None}, "until"),
        ({"reason": " "}, "reason"),
    ],
)
def test_r_11_3_whom_how_long_and_why(bench, zh2, change, field):
    assert reasons(lambda: name(bench, zh2, **change)) == {("R-11.3", field)}


def test_thirty_days_are_the_most(bench, zh2):
    assert name(bench, zh2, day=date(2013, 2, 5)).until == local("2013-02-06 00:00")


def test_sod_3_no_officer_stands_in(bench, zh2):
    bench.person("security").division = zh2
    assert reasons(lambda: name(bench, zh2, who="security")) == {("SOD-3", "person")}


def test_the_head_ends_it_early_and_nobody_else(bench, zh2):
    name(bench, zh2)
    (appointment,) = substitutes(zh2)
    assert reasons(lambda: end_designation(bench.actor("zh1.head"), zh2, appointment.uid)) == {("R-11.4", "")}
    end_designation(bench.actor("zh2.head"), zh2, appointment.uid)
    assert substitutes(zh2) == []
    assert len(bench.journaled("substitute.end")) == 1
    with pytest.raises(LookupError):
        end_designation(bench.actor("zh2.head"), zh2, appointment.uid)


def test_whom_the_form_offers(bench, zh2):
    assert [each.login for each in candidates(zh2, bench.actor("zh2.head"))] == ["zh2.officer"]


def test_r_11_3_what_the_head_ended_early_can_still_be_verified(bench, zh2):
    change = name(bench, zh2)
    later(minutes=1)
    end_designation(bench.actor("zh2.head"), zh2, change.result.uid)
    bench.act("auditor", change, "verify")
    assert change.state == "verified"


def test_r_41_1_the_longest_designation_is_a_rule(bench, zh2):
    settings = bench.registry.govrepo_settings
    assert longest(zh2, settings) == 30
    rules.change(bench.root, "designation_days", "3", "2013-01-07", "厅办〔2013〕1号", bench.actor("admin"))
    later(minutes=1)
    assert longest(zh2, settings) == 3
    assert reasons(lambda: name(bench, zh2, day=date(2013, 1, 10))) == {("R-11.3", "until")}
    name(bench, zh2, day=date(2013, 1, 9))


def test_r_11_3_the_auditor_is_told_of_each_designation_and_of_nothing_else(bench, zh2):
    change = name(bench, zh2)
    asked = {"role": "receiver", "scope": zh2.scope, "until": local("2013-01-20 00:00"), "reason": "x"}
    request_change(bench.actor("admin"), bench.person("zh2.head"), "designate", **asked)
    assert designations(bench.root) == [change]
