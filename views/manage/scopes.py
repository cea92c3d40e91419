"""Scopes and roles in words: what an appointment's ``unit:foshan`` is called."""

from typing import Any

from content_types.division import Division
from policies.roles import ROLES, Role
from policies.scopes import place_of
from views.i18n import _


def scope_title(root: Any, scope: str) -> Any:
    """The name of a scope: the site, a unit, or a division with its unit; the scope itself if it is of another kind."""
    place = place_of(scope, root)
    if place is root:
        return _("全站")
    if isinstance(place, Division):
        return f"{place.unit.short_name} {place.name}"
    return scope if place is None else place.short_name


def role_title(role: str) -> Any:
    """The name of a role."""
    return ROLES[Role(role)].label


SCOPE_KINDS = {"site": _("全站"), "unit": _("使用单位"), "division": _("处室")}
"""The kinds of scope in words."""
