"""The one way in which an ACL comes about: the table of grants, merged with the approved overrides in force (R-7.4, R-8.2).

A carrier says what the tables grant it by registering a function with :func:`grants_of`; one that must keep more in step than its
own ACL registers with :func:`refresh`. Whoever changes overrides calls ``refresh``, so that no recomputation loses one.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import singledispatch
from typing import Any, NamedTuple

from substanced.util import set_acl

from content_types.content import AclVersion, Carrier
from govrepo import clock
from govrepo.security.acl import Allow, Deny

Ace = tuple[Any, str, tuple[str, ...]]


class Grant(NamedTuple):
    """What a table grants a principal."""

    principal: str
    permissions: tuple[str, ...]


def acl(grants: Iterable[Grant], overrides: Iterable[Any], now: datetime) -> list[Ace]:
    """The ACL of grants and overrides at an instant.

    What was taken away stands as a refusal after all allowances: it also ends what would be inherited, but it takes nothing from a
    person whom another role of the same ACL allows it.
    """
    held: dict[str, dict[str, None]] = {}
    for grant in grants:
        held.setdefault(grant.principal, {}).update(dict.fromkeys(map(str, grant.permissions)))
    refused: dict[str, dict[str, None]] = {}
    for (principal, permission), override in deciding(overrides, now).items():
        if override.allowed:
            held.setdefault(principal, {})[permission] = None
        else:
            held.get(principal, {}).pop(permission, None)
            refused.setdefault(principal, {})[permission] = None
    return [*_lines(Allow, held), *_lines(Deny, refused)]


def _lines(action: Any, table: dict[str, dict[str, None]]) -> list[Ace]:
    return [(action, principal, tuple(permissions)) for principal, permissions in table.items() if permissions]


def deciding(overrides: Iterable[Any], now: datetime) -> dict[tuple[str, str], Any]:
    """The override that decides for each principal and permission at an instant: of those in force, the one executed last."""
    return {(each.principal, each.permission): each for each in overrides if each.in_force(now)}


@singledispatch
def grants_of(_carrier: Any) -> tuple[Grant, ...]:
    """What the tables grant at a carrier; nothing, where none says otherwise."""
    return ()


@singledispatch
def refresh(carrier: Any, registry: Any) -> None:
    """Compute a carrier's ACL anew, with everything that must keep in step."""
    put_acl(carrier, registry)


def put_acl(carrier: Any, registry: Any) -> None:
    """Set a carrier's ACL from its grants and overrides, and keep it in the carrier's history if it differs."""
    now = clock.now()
    lines = acl(grants_of(carrier), carrier.overrides, now)
    if (lines or hasattr(carrier, "__acl__")) and set_acl(carrier, lines, registry=registry):
        carrier.acl_history = (*carrier.acl_history, AclVersion(now, tuple(lines)))


def acl_at(carrier: Any, at: datetime) -> tuple[Any, bool]:
    """The ACL an object had at an instant, or None, and whether the history reaches back so far; else it is the oldest known."""
    now = getattr(carrier, "__acl__", None)
    if not isinstance(carrier, Carrier):
        return now, True
    for version in reversed(carrier.acl_history):
        if version.at <= at:
            return version.acl, True
    return (carrier.acl_history[0].acl, False) if carrier.acl_history else (now, now is None)
