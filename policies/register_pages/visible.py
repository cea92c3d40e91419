"""Who sees which rows of a register (domain.md 7.2): as the ACLs of site, boxes and units say, never by a list of roles here."""

from collections.abc import Callable
from typing import Any

from content_types.exchange_box import ExchangeBox
from govrepo import clock
from govrepo.catalog import EVERYTHING, Eq, Query, Range
from govrepo.catalog import Any as AnyOf
from policies.actor import Actor
from policies.exchange_box import boxes_of, readable_carriers
from policies.permissions import Permission as P
from policies.register_pages.declaration import Visible


def on_site(permission: P) -> Visible:
    """All rows, for whoever holds the permission at the site."""

    def rows(actor: Actor, root: Any, asked: P) -> Query | None:
        return EVERYTHING if actor.allowed(asked, root) else None

    return Visible(permission, rows)


def in_boxes(permission: P, index: str = "box", kept: Callable[[ExchangeBox], bool] = lambda _box: True) -> Visible:
    """The rows of the boxes at which the actor holds the permission; ``index`` holds the names of boxes, ``kept`` leaves boxes out."""

    def rows(actor: Actor, root: Any, asked: P) -> Query | None:
        names = [str(box.__name__) for box in boxes_of(actor, root) if actor.allowed(asked, box) and kept(box)]
        return AnyOf(index, names) if names else None

    return Visible(permission, rows)


def sent_from(index: str) -> Visible:
    """The rows of what was sent from outboxes and desks that the actor reads; ``index`` holds their names."""

    def rows(actor: Actor, root: Any, _asked: P) -> Query | None:
        names = [name for box in boxes_of(actor, root) for name in readable_carriers(actor, box)]
        return AnyOf(index, names) if names else None

    return Visible(P.DISPATCH_READ, rows)


def sent_by_us(index: str) -> Visible:
    """What the actor's outboxes sent, as far as the sender counts it: not the copies made inside the receiving unit (R-35.1)."""
    sent = sent_from(index)

    def rows(actor: Actor, root: Any, _asked: P) -> Query | None:
        found = sent.query(actor, root)
        return None if found is None else found & Eq("internal", 0)

    return Visible(sent.permission, rows)


def late_from_us(index: str) -> Visible:
    """Of what the actor's outboxes sent, what should have been signed for by now (5.3, part 10)."""
    sent = sent_by_us(index)

    def rows(actor: Actor, root: Any, _asked: P) -> Query | None:
        found = sent.query(actor, root)
        return None if found is None else found & Range("sign_by", 1, clock.micros(clock.now()) - 1)

    return Visible(sent.permission, rows)
