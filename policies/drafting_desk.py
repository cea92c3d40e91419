"""Drafting desks (拟稿台, domain.md 7.1, 7.2): where an outgoing document is begun, who works on it, and at which step who reads its content."""

from collections.abc import Collection
from typing import Any

from content_types.content import month_shelf, shelf
from content_types.drafting_desk import DraftingDesk
from content_types.exchange_box import BoxKind, ExchangeBox
from content_types.outgoing_document import OutgoingDocument
from govrepo import clock
from govrepo.database import site
from policies.access import Grant, grants_of, put_acl
from policies.actor import Actor
from policies.engine import Act, record, table_of
from policies.permissions import Permission as P
from policies.roles import DRAFTING_GRANTS, ROLES
from policies.scopes import unit_of

READ_AT: dict[P, tuple[str, ...]] = {
    P.DOCUMENT_PLATE: ("rechecked", "plating"),
    P.DOCUMENT_PROOF: ("plating", "proofing"),
    P.DOCUMENT_SEAL: ("sealing",),
}
"""7.2 "read document content": who has one task on a document reads it while the task is to be done."""


def begin(box: ExchangeBox, actor: Actor) -> OutgoingDocument:
    """A new draft in the name of a box, on the desk of the drafter's division; the caller has asked for the permission."""
    now = clock.now()
    division = None if box.kind is BoxKind.UNIT else actor.person.division
    document: OutgoingDocument = actor.registry.content.create("OutgoingDocument", box, actor.person, division)
    document.created_by = actor.id
    month_shelf(desk_of(box, division, actor.registry), now)[document.uid] = document
    record(table_of(document), "begin", Act(document, actor, now, {}), "")
    return document


def desk_of(box: ExchangeBox, division: Any, registry: Any) -> Any:
    """The desk of a division for a box, or the unit's only one, below the unit that works the box; made with its ACL on first use."""
    place = shelf(site(box)["outgoing"], box.owner.code)
    name = f"desk-{box.__name__}" + (f"-{division.code}" if division is not None else "")
    if name not in place:
        place[name] = registry.content.create("DraftingDesk", box, division)
        put_acl(place[name], registry)
    return place[name]


@grants_of.register
def desk_grants(desk: DraftingDesk) -> tuple[Grant, ...]:
    """What the tables grant at a desk: to the division's own roles, and to those that work for the whole unit."""
    places = {"unit": desk.box.owner, "division": desk.division}
    own = (
        Grant(f"{role}@{place.scope}", permissions)
        for role, permissions in DRAFTING_GRANTS
        if (place := places[ROLES[role].scope]) is not None
    )
    return (*own, Grant("system", (P.DOCUMENT_FINISH,)))


def may_read(document: OutgoingDocument, actor: Actor) -> bool:
    """Whether an actor reads the content now: by standing right, or for the task at hand."""
    if actor.allowed(P.DOCUMENT_READ, document):
        return True
    return any(document.state in states and actor.allowed(right, document) for right, states in READ_AT.items())


def desks_of(actor: Actor, root: Any, permission: P) -> list[str]:
    """The names of the desks where an actor holds a permission; looked for in the units that the actor's roles lie in."""
    return [str(desk.__name__) for desk in desks_near(actor.principals, root) if actor.allowed(permission, desk)]


def desks_near(principals: tuple[str, ...], root: Any) -> list[DraftingDesk]:
    """The desks of the units that the roles among some principals lie in."""
    scopes = {principal.partition("@")[2] for principal in principals}
    units = {unit.code for unit in (unit_of(scope, root) for scope in scopes) if unit is not None}
    return all_desks(root, units)


def all_desks(root: Any, units: Collection[str] | None = None) -> list[DraftingDesk]:
    """The desks of some units, by their codes, or of the whole site."""
    outgoing = root["outgoing"]
    places = [outgoing[code] for code in sorted(outgoing if units is None else units) if code in outgoing]
    return [desk for place in places for desk in place.values() if isinstance(desk, DraftingDesk)]
