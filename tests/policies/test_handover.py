"""The handover (R-6.3): recorded by those concerned, confirmed by both, needed before an officer's post changes hands."""

from datetime import date

import pytest

from content_types.training import TrainingKind
from govrepo import clock
from policies.engine import Refused
from policies.handover import record_handover
from policies.permission_change import request_change
from policies.training import enter

TODAY = date(2013, 1, 7)


def handover(bench, by="security", giver="security", taker="tech", **more):
    wanted = {"role": "security_officer", "items": "密钥、台账", "day": TODAY} | more
    return record_handover(bench.actor(by), bench.person(giver), bench.person(taker), **wanted)


def successor(bench):
    """A technician fit to follow the security officer, and the approved change."""
    person = bench.person("tech")
    person.established = True
    for kind in TrainingKind:
        enter(person, kind, date(2012, 12, 1), passed=True, subject="", by=person)
    (held,) = bench.person("security").appointments(clock.now())
    change = request_change(
        bench.actor("admin"), person, "grant", role="security_officer", scope="site", appointment=held, reason="轮岗"
    )
    bench.act("auditor", change, "approve")
    return change


def test_r_6_3_the_successor_starts_after_both_confirmed_and_the_old_authorisation_ends_then(bench):
    change = successor(bench)
    assert bench.refusal("admin", change, "execute") == ["R-6.3"]
    made = handover(bench)
    assert bench.refusal("admin", change, "execute") == ["R-6.3"]
    assert bench.refusal("tech", made, "give") == ["R-6.3"]
    bench.act("security", made, "give")
    assert bench.refusal("admin", change, "execute") == ["R-6.3"]
    assert bench.refusal("security", made, "take") == ["R-6.3"]
    bench.act("tech", made, "take")
    bench.act("admin", change, "execute")
    assert bench.person("security").principals(clock.now()) == ()
    assert "security_officer@site" in bench.person("tech").principals(clock.now())
    bench.act("auditor", change, "verify")


def test_r_6_3_an_officer_does_not_go_without_a_handover(bench):
    (held,) = bench.person("security").appointments(clock.now())
    change = request_change(bench.actor("admin"), bench.person("security"), "revoke", appointment=held, reason="退休")
    bench.act("auditor", change, "approve")
    assert bench.refusal("admin", change, "execute") == ["R-6.3"]


def test_r_6_3_only_those_concerned_record_it_and_it_lacks_nothing(bench):
    for login, more, field in (
        ("zh1.head", {}, "giver"),
        ("security", {"role": "auditor"}, "role"),
        ("security", {"role": "receiver"}, "role"),
        ("security", {"taker": "security"}, "taker"),
        ("security", {"items": " "}, "items"),
    ):
        with pytest.raises(Refused) as caught:
            handover(bench, login, **more)
        assert set(caught.value.fields) == {field}
