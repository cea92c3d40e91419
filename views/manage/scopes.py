"""Scopes and roles in words: what an appointment's ``unit:foshan`` is called."""

from typing import Any

from policies.roles import ROLES, Role
from views.i18n import _


def scope_title(root: Any, scope: str) -> Any:
    """The name of a scope: the site, a unit, or a division with its unit; the scope itself if it is of another kind."""
    kind, _colon, code = scope.partition(":")
    if kind == "site":
        return _("全站")
    if kind == "unit" and code in root["units"]:
        return root["units"][code].short_name
    if kind == "division":
        found = next((unit[code] for unit in root["units"].values() if code in unit), None)
        return scope if found is None else f"{found.unit.short_name} {found.name}"
    return scope


def role_title(role: str) -> Any:
    """The name of a role."""
    return ROLES[Role(role)].label


SCOPE_KINDS = {"site": _("全站"), "unit": _("使用单位"), "division": _("处室")}
"""The kinds of scope in words."""
