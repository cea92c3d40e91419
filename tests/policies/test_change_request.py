"""Who may ask for what (domain.md 5.7); the requests themselves are tried in test_permission_change.py."""

import pytest

from policies.actor import system_actor
from policies.change_request import may_ask


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
