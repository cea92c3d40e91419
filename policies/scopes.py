"""Scopes of appointments in words and objects: ``site``, ``unit:<code>``, ``division:<code>`` (domain.md 4.3)."""

from collections.abc import Iterator
from typing import Any

from content_types.division import Division
from content_types.unit import Unit, UnitKind
from govrepo.database import site
from govrepo.i18n import _


def place_of(scope: str, root: Any) -> Any:
    """What a scope names: the site, a unit or a division; None for a scope that names nothing."""
    kind, _colon, code = scope.partition(":")
    if scope == "site":
        return root
    if kind == "unit":
        return root["units"].get(code)
    if kind == "division":
        found = (unit.get(code) for unit in root["units"].values())
        return next((each for each in found if isinstance(each, Division)), None)
    return None


def scope_title(root: Any, scope: str) -> Any:
    """The name of a scope: the site, a unit, or a division with its unit; the scope itself if it is of another kind."""
    place = place_of(scope, root)
    if place is root:
        return _("全站")
    if isinstance(place, Division):
        return f"{place.unit.short_name} {place.name}"
    return scope if place is None else place.short_name


def unit_of(scope: str, root: Any) -> Unit | None:
    """The unit a scope lies in; None for the site and for a scope that names nothing."""
    place = place_of(scope, root)
    if isinstance(place, Division):
        return place.unit
    return place if isinstance(place, Unit) else None


def divisions_of(unit: Unit) -> list[Division]:
    """A unit's divisions in their official order."""
    return sorted((each for each in unit.values() if isinstance(each, Division)), key=lambda one: one.rank)


def operators(root: Any) -> Iterator[Any]:
    """The units and divisions that run the system (信息化管理单位, R-4.1)."""
    for unit in root["units"].values():
        yield from (place for place in (unit, *divisions_of(unit)) if place.operator)


def operator_office(root: Any) -> Unit | None:
    """The unit whose leaders decide on the auditor's appointment (SOD-6): the operator, or the unit it is part of."""
    place = next(operators(root), None)
    return place.unit if isinstance(place, Division) else place


def keeping(unit: Unit) -> Unit:
    """The unit that keeps a unit's seals: itself, but the general office those of the provincial government."""
    if unit.kind is not UnitKind.PROVINCE:
        return unit
    units = site(unit)["units"].values()
    return next((each for each in units if each.kind is UnitKind.GENERAL_OFFICE), unit)
