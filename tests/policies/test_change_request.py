"""Who may ask for what (domain.md 5.7); the requests themselves are tried in test_permission_change.py."""

import pytest

from govrepo import clock
from policies.actor import system_actor
from policies.change_request import may_ask, unit_within
from policies.engine import Refused, may
from policies.permission_change import request_change
from tests.policies.bench import later


@pytest.mark.parametrize(
    ("login", "scope", "wanted"),
    [
        ("zh1.head", "division:zh1", True),
        ("zh1.head", "division:zh2", False),
        ("zh1.head", "unit:gd-office", False),
        ("office.leader", "division:zh2", True),
        ("jm.approver", "unit:jiangmen", True),
        ("jm.approver", "site", False),
        ("jm.clerk", "unit:jiangmen", False),
        ("admin", "site", True),
    ],
)
def test_5_7_each_asks_for_the_own_scope(bench, login, scope, wanted):
    assert may_ask(bench.actor(login), bench.person("zh2.officer"), scope, bench.root) is wanted


def test_the_system_asks_for_nothing(bench):
    assert not may_ask(system_actor(bench.registry), bench.person("zh2.officer"), "site", bench.root)


def approved(bench, login, person, kind="grant", **more):
    change = request_change(bench.actor(login), bench.person(person), kind, **({"reason": "x"} | more))
    bench.act("auditor", change, "approve")
    return change


def test_p_18_a_unit_administrator_carries_out_what_stays_within_the_unit(bench):
    """7.2 "execute permission change": o within unit; of foreign units nothing, neither the place nor the person."""
    own = approved(bench, "jm.admin", "jm.clerk", role="unit_archivist", scope="unit:jiangmen")
    assert unit_within(own, bench.root) is bench.root["units"]["jiangmen"]
    assert may(own, "execute", bench.actor("jm.admin"))
    assert not may(own, "execute", bench.actor("gz.admin"))
    foreigner = approved(bench, "jm.admin", "gz.clerk", role="unit_archivist", scope="unit:jiangmen")
    for login in ("jm.admin", "gz.admin"):
        assert not may(foreigner, "execute", bench.actor(login))
    assert may(foreigner, "execute", bench.actor("admin"))


def test_p_18_sod_4_not_of_oneself(bench):
    own = approved(bench, "jm.approver", "jm.admin", role="unit_archivist", scope="unit:jiangmen")
    assert [each.article for each in may(own, "execute", bench.actor("jm.admin")).reasons] == ["SOD-4"]
    assert may(own, "execute", bench.actor("admin"))


def test_p_18_nobody_takes_a_role_in_another_unit_by_giving_one_in_the_own(bench):
    """A change names the appointment it takes: it too must be of those who ask."""
    (held,) = bench.person("gz.clerk").appointments(clock.now())
    wanted = {"role": "unit_archivist", "scope": "unit:jiangmen", "appointment": held, "reason": "x"}
    with pytest.raises(Refused) as caught:
        request_change(bench.actor("jm.admin"), bench.person("gz.clerk"), "change", **wanted)
    assert [each.article for each in caught.value.reasons] == ["5.7"]
    change = approved(bench, "admin", "gz.clerk", "change", **wanted)
    for login in ("jm.admin", "gz.admin"):
        assert not may(change, "execute", bench.actor(login))


def test_p_18_a_whole_account_with_a_role_of_the_site_is_none_of_the_units_business(bench):
    change = approved(bench, "office.leader", "tech", "suspend")
    assert not may(change, "execute", bench.actor("office.admin"))
    assert may(change, "execute", bench.actor("admin"))
    ordinary = approved(bench, "office.leader", "zh1.officer", "suspend")
    assert may(ordinary, "execute", bench.actor("office.admin"))


def test_5_7_a_revocation_is_verified_after_what_it_revoked_and_before(bench):
    """What a later request has ended was executed as requested all the same."""
    first = approved(bench, "jm.admin", "jm.clerk", role="unit_archivist", scope="unit:jiangmen")
    bench.act("admin", first, "execute")
    later(minutes=1)
    second = approved(bench, "jm.admin", "jm.clerk", "revoke", appointment=first.result)
    bench.act("admin", second, "execute")
    later(minutes=1)
    bench.act("auditor", first, "verify")
    bench.act("auditor", second, "verify")
