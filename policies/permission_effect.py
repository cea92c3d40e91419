"""What a permission change would do, before anybody decides on it: rights gained and lost, where, over how many objects (R-7.4).

It is computed from the very ACLs that will decide, with and without the principals in question. Nothing is walked: the carriers
of ACLs are few, and what they hold is counted by the registers.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from content_types.exchange_box import DivisionDesk
from content_types.permission_change import ChangeKind, PermissionChange
from govrepo import clock
from govrepo.catalog import register
from govrepo.database import site
from govrepo.i18n import _
from govrepo.security.acl import ACLAuthorizationPolicy
from policies.change_request import verdicts
from policies.engine import Reason
from policies.permissions import Permission as P
from policies.scopes import divisions_of

_ACL = ACLAuthorizationPolicy()


class Carrier(NamedTuple):
    """An object that carries an ACL: what it is called, and how many objects it governs (None: not a number)."""

    context: Any
    title: Any
    objects: int | None


class Cell(NamedTuple):
    """What changes at one carrier: its name, the permissions, and the number of objects they reach."""

    title: Any
    permissions: tuple[P, ...]
    objects: int | None


class Effect(NamedTuple):
    """The preview: permissions gained and lost, and what the separation of duties says."""

    gained: tuple[Cell, ...]
    lost: tuple[Cell, ...]
    reasons: tuple[Reason, ...]


def effect(change: PermissionChange, settings: Any) -> Effect:
    """What a change would do now, from the ACLs with and without its principals."""
    now, root = clock.now(), site(change.person)
    before, after = principals(change, now)
    gained, lost = [], []
    for carrier in carriers(change, root, before ^ after):
        had, has = (_allowed(carrier.context, each) for each in (before, after))
        gained.append(Cell(carrier.title, _sorted(has - had), carrier.objects))
        lost.append(Cell(carrier.title, _sorted(had - has), carrier.objects))
    reasons = tuple(verdicts(change, now, settings))
    return Effect(
        tuple(each for each in gained if each.permissions), tuple(each for each in lost if each.permissions), reasons
    )


def principals(change: PermissionChange, now: datetime) -> tuple[frozenset[str], frozenset[str]]:
    """The person's role principals before and after a change."""
    person, old = change.person, change.appointment
    before = frozenset(person.principals(now))
    if change.kind is ChangeKind.SUSPEND:
        return before, frozenset()
    held = person.appointments(now)
    if change.kind in (ChangeKind.CHANGE, ChangeKind.REVOKE):
        held = tuple(each for each in held if each is not old)
    after = frozenset(each.principal for each in held)
    return before, after | {change.principal} if change.role and change.kind is not ChangeKind.REVOKE else after


def carriers(change: PermissionChange, root: Any, concerned: frozenset[str]) -> Iterator[Carrier]:
    """The carriers whose own ACL names one of the principals concerned."""
    for carrier in _all_carriers(change, root):
        acl = getattr(carrier.context, "__acl__", None) or ()
        if any(principal in concerned for _action, principal, _permissions in acl):
            yield carrier


def _all_carriers(change: PermissionChange, root: Any) -> Iterator[Carrier]:
    yield Carrier(root, _("全站"), None)
    for box in root["exchange"].values():
        yield from _of_box(box)
    for unit in root["units"].values():
        yield Carrier(unit, unit.short_name, None)
        yield from (Carrier(division, division.name, None) for division in divisions_of(unit))
    yield Carrier(change.person, _("本单位人员"), None)


def _of_box(box: Any) -> Iterator[Carrier]:
    """A box with its deliveries and dispatches, and each division's desk in it."""
    name = box.__name__
    came = register(box, "deliveries").counts("box", {name})[name]
    yield Carrier(box, box.title, came + _sent(box, name))
    for desk in box["outbox"].values():
        if isinstance(desk, DivisionDesk):
            words = {"box": box.title, "division": desk.division.name}
            title = _("${box}（${division}）", mapping=words)
            yield Carrier(desk, title, _sent(box, f"{name}/{desk.__name__}"))


def _sent(box: Any, carrier: str) -> int:
    return register(box, "dispatches").counts("carrier", {carrier})[carrier]


def _allowed(context: Any, held: frozenset[str]) -> set[P]:
    return {each for each in P if _ACL.permits(context, tuple(held), each)}


def _sorted(permissions: set[P]) -> tuple[P, ...]:
    return tuple(each for each in P if each in permissions)
