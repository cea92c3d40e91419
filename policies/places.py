"""Where a person may read what is searched (domain.md 7.2, "read document content"): as tokens for the search, and exactly for each result.

Tokens and exact check ask the same ACLs. The exact one is asked for what a page shows, since the index is a little late.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from content_types.assignment import Assignment
from content_types.delivery import Delivery
from content_types.dispatch import Dispatch
from content_types.register_entry import RegisterEntry
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Query, register
from policies.actor import Actor
from policies.exchange_box import boxes_of, readable_carriers
from policies.permissions import Permission as P
from policies.registers.keys import token

MOST = 5_000
"""Copies looked through for the results of a page."""

PERMISSIONS = {
    RegisterEntry: P.ENTRY_READ,
    Delivery: P.DELIVERY_READ,
    Assignment: P.ASSIGNMENT_READ,
    Dispatch: P.DISPATCH_READ,
}
"""What lets a person read through an object of each kind."""
SORTED = {"register_entries": "received", "deliveries": "available", "assignments": "order", "dispatches": "order"}


def tokens_of(actor: Actor, root: Any) -> tuple[str, ...]:
    """The search tokens of a person: boxes, desks and registers whose content the appointments in force let read, and the principals."""
    return (*sorted(set(_of_boxes(actor, root))), *sorted(actor.principals))


def _of_boxes(actor: Actor, root: Any) -> Iterator[str]:
    for box in boxes_of(actor, root):
        if actor.allowed(P.DELIVERY_READ, box):
            yield token("box", box.__name__)
        if actor.allowed(P.ENTRY_READ, box):
            yield token("register", box.__name__)
        yield from (token("carrier", carrier) for carrier in readable_carriers(actor, box))


def named(tokens: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """The tokens of a kind among these."""
    return tuple(each for each in tokens if each.startswith(f"{kind}:"))


def leading(tokens: tuple[str, ...]) -> tuple[tuple[str, Query], ...]:
    """The registers whose objects lead to items, each with the query for those in the places of these tokens; entries first."""
    boxes, carriers = ([each.partition(":")[2] for each in named(tokens, kind)] for kind in ("box", "carrier"))
    return (
        ("register_entries", AnyOf("readers", tokens)),
        ("deliveries", AnyOf("reading_box", boxes)),
        ("assignments", AnyOf("reader", tokens)),
        ("dispatches", AnyOf("carrier", carriers)),
    )


def items_of(place: Any) -> tuple[Any, ...]:
    """The items an object leads to: its document, and an entry itself."""
    if not isinstance(place, RegisterEntry):
        return (place.document,)
    return (place,) if place.delivery is None else (place, place.delivery.document)


def places_of(items: Iterable[Any], actor: Actor, root: Any) -> dict[str, list[Any]]:
    """Of each item by its uid: the objects through which a person may read it now, register entries first; nothing for the others."""
    found: dict[str, list[Any]] = defaultdict(list)
    wanted = {each.uid: each for each in items}
    for place in _candidates(wanted, tokens_of(actor, root), root):
        if actor.allowed(PERMISSIONS[type(place)], place) and getattr(place, "readable", True):
            for item in items_of(place):
                if item.uid in wanted:
                    found[item.uid].append(place)
    return found


def _candidates(wanted: dict[str, Any], tokens: tuple[str, ...], root: Any) -> Iterator[Any]:
    """What may lead to these items, each once: entries that are items themselves, and what stands in the person's places."""
    entries = {uid: each for uid, each in wanted.items() if isinstance(each, RegisterEntry)}
    yield from entries.values()
    documents = AnyOf("document", [uid for uid in wanted if uid not in entries])
    for name, query in leading(tokens):
        for place in register(root, name).query(documents & query, sort=SORTED[name], reverse=True, limit=MOST).objects:
            if place.uid not in entries:
                yield place
