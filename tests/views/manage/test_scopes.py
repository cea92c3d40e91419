"""Scopes in words."""

import pytest

from policies.scopes import scope_title
from tests.app import site
from views.manage.scopes import role_title


@pytest.mark.parametrize(
    ("scope", "title"),
    [
        ("site", "全站"),
        ("unit:foshan", "佛山市"),
        ("division:zh1", "省府办公厅 综合一处"),
        ("unit:nowhere", "unit:nowhere"),
        ("division:nowhere", "division:nowhere"),
        ("fonds:1", "fonds:1"),
    ],
)
def test_a_scope_has_a_name(shared_app, scope, title):
    with site(shared_app) as root:
        assert str(scope_title(root, scope)) == title


def test_a_role_has_a_name():
    assert str(role_title("auditor")) == "审计员"
