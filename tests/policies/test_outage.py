"""Availability (R-N3.1, P-82): outages are noticed, counted and explained."""

from datetime import UTC, timedelta

import pytest

from govrepo import clock
from policies import outage as policy
from policies.engine import Refused, may
from tests.policies.bench import later, local


@pytest.fixture
def served(bench, monkeypatch):
    """What is remembered of the service; the worker is in it."""
    monkeypatch.setattr(bench.registry, "in_service", True)
    bench.root.upkeep.served_since = local("2012-12-01 00:00").astimezone(UTC)
    return bench.root.upkeep


def test_r_n3_1_a_worker_that_runs_notices_nothing(bench, served):
    served.served_at = clock.now() - timedelta(minutes=4)
    policy.beat(bench.job())
    assert clock.now() - served.served_at < timedelta(seconds=30)
    served.served_at = None
    policy.beat(bench.job())
    assert policy.outages(bench.root) == []


def test_r_n3_1_what_did_not_run_is_an_outage_with_start_and_end(bench, served):
    served.served_at = local("2013-01-07 08:15").astimezone(UTC)
    policy.beat(bench.job())
    (found,) = policy.outages(bench.root)
    assert (found.began, found.state) == (local("2013-01-07 08:15"), "noticed")
    assert clock.now() - found.ended < timedelta(seconds=30)
    assert [each.actor for each in bench.journaled("outage.notice")] == ["system"]


def test_r_n3_1_what_a_script_drains_is_no_service(bench, served, monkeypatch):
    monkeypatch.setattr(bench.registry, "in_service", False)
    served.served_at = before = local("2013-01-06 08:15").astimezone(UTC)
    policy.beat(bench.job())
    assert (policy.outages(bench.root), served.served_at) == ([], before)


def test_r_n3_1_the_share_of_a_month_leaves_its_outages_out(bench, served):
    policy.notice(bench.root, local("2012-12-31 18:00"), local("2013-01-01 06:00"), bench.registry)
    january, december = policy.by_month(bench.root)
    assert (january.month, december.month, len(january.outages)) == ("2013-01", "2012-12", 1)
    assert january.share == pytest.approx(1 - 6 / (6 * 24 + 10))
    assert december.share == pytest.approx(1 - 6 / (31 * 24))


def test_r_n3_1_a_month_counts_from_the_day_the_service_began(bench, served):
    served.served_since = local("2013-01-06 10:00").astimezone(UTC)
    policy.notice(bench.root, local("2013-01-06 12:00"), local("2013-01-06 18:00"), bench.registry)
    (january,) = policy.by_month(bench.root)
    assert january.share == pytest.approx(0.75)
    served.served_since = None
    assert policy.by_month(bench.root) == []


def test_r_n3_1_the_technical_group_says_the_cause(bench):
    found = policy.notice(bench.root, local("2013-01-07 08:00"), local("2013-01-07 09:00"), bench.registry)
    with pytest.raises(Refused):
        bench.act("tech", found, "explain", note=" ")
    assert not may(found, "explain", bench.actor("jm.clerk"))
    bench.act("tech", found, "explain", note="机房停电")
    later(minutes=1)
    bench.act("liaison", found, "explain", note="机房计划停电")
    assert (found.state, found.cause, found.explained_by.login) == ("explained", "机房计划停电", "liaison")


@pytest.mark.parametrize(("login", "allowed"), [("tech", True), ("admin", True), ("liaison", True), ("auditor", False)])
def test_7_2_who_deals_with_faults_explains(bench, login, allowed):
    found = policy.notice(bench.root, local("2013-01-07 08:00"), local("2013-01-07 09:00"), bench.registry)
    assert bool(may(found, "explain", bench.actor(login))) is allowed
