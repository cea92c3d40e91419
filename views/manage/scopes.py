"""Roles and kinds of scopes in words; what a scope is called, policies/scopes.py tells."""

from typing import Any

from policies.roles import ROLES, Role
from views.i18n import _


def role_title(role: str) -> Any:
    """The name of a role."""
    return ROLES[Role(role)].label


SCOPE_KINDS = {"site": _("全站"), "unit": _("使用单位"), "division": _("处室")}
"""The kinds of scope in words."""
