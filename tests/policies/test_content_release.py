"""Opening content to the auditor: asked with a reason, granted for some days by a leader, ended by itself (domain.md 7.2, R-7.6)."""

from datetime import timedelta

import pytest

from govrepo import clock
from policies import content_release as policy
from policies import explain
from policies.engine import Refused
from policies.permissions import Permission as P


@pytest.fixture
def release(bench):
    return policy.ask(bench.root, bench.sent(), "查证", bench.actor("auditor"))


def test_only_the_auditor_asks_and_says_why(bench):
    dispatch = bench.draft()
    for login, reason in (("admin", "x"), ("office.leader", "x"), ("auditor", " ")):
        with pytest.raises(Refused):
            policy.ask(bench.root, dispatch, reason, bench.actor(login))


def test_only_a_leader_decides_for_some_days(bench, release):
    for login in ("auditor", "admin", "security", "tech"):
        assert bench.refusal(login, release, "grant", days="3") == ["7.2"]
    for days in ("", "0", "8", "-1", "x", "9" * 50, "³"):
        assert bench.refusal("office.leader", release, "grant", days=days) == ["7.2"]
    assert policy.to_decide(bench.root, bench.actor("office.leader")) == 1
    bench.act("office.leader", release, "refuse", note="不必")
    assert not policy.is_open(release)
    assert not bench.actor("auditor").allowed(P.RELEASE_OPEN, release)


def test_it_opens_to_whoever_asked_and_ends_by_itself(bench, release):
    bench.act("office.leader", release, "grant", days="3")
    assert policy.is_open(release)
    when = explain.moment(bench.registry)
    answer = explain.may(release, P.RELEASE_OPEN, bench.person("auditor"), when)
    assert (answer.decision.allowed, answer.decision.carrier) == (True, release)
    assert answer.decision.principal == bench.person("auditor").principal
    assert not bench.actor("office.leader").allowed(P.RELEASE_OPEN, release)
    with clock.frozen(clock.now() + timedelta(days=3)):
        assert not policy.is_open(release), "at its instant, before the worker comes"
        policy.end(bench.job())
        assert release.state == "ended"
        assert not bench.actor("auditor").allowed(P.RELEASE_OPEN, release)
    assert [each.transition for each in release.history] == ["ask", "grant", "end"]


def test_sod_4_nobody_grants_the_own_request(bench, release):
    release.asked_by = bench.person("office.leader")
    assert bench.refusal("office.leader", release, "grant", days="3") == ["SOD-4"]
