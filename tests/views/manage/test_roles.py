"""Roles: scope, grants and holders in force, as the tables say (domain.md 7.1, 7.2)."""

import pytest

from policies.roles import ROLES, Role
from tests.desk import lines, words


def test_every_role_with_scope_and_number_of_holders(desk):
    found = lines(desk("auditor").get("/@@roles"))
    assert len(found) == len(ROLES)
    assert "审计员 auditor 全站 1" in found
    assert "厅领导 office_leader 使用单位 1" in found


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("auditor", ("audit:journal:read", "auditor")),
        ("case_officer", ("厅交换箱内本处室的发件", "exchange:dispatch:send", "zh1.officer", "省府办公厅 综合一处")),
        ("registry_clerk", ("厅交换箱", "exchange:offline:enter", "office.registry1")),
        ("appraiser", ("现在没有人担任", "还没有权限")),
    ],
)
def test_what_a_role_may_and_who_holds_it(desk, role, said):
    text = words(desk("auditor").get(f"/@@roles?role={role}"))
    for each in said:
        assert each in text


def test_every_role_has_its_page(desk):
    for role in Role:
        assert desk("auditor").get(f"/@@roles?role={role}").status_int == 200
    desk("auditor").get("/@@roles?role=king", status=404)
