"""A document's whole life (R-7.1): which objects it passed through, in whatever boxes, and what the journal says of them, in order.

Asked of the journal, not of the objects' own history: what was read, refused or tried stands there as well.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from pyramid.traversal import find_resource

from content_types.assignment import Assignment
from content_types.delivery import Delivery
from content_types.dispatch import Dispatch
from content_types.register_entry import RegisterEntry
from govrepo.catalog import Eq, register
from govrepo.journal import Record

MOST = 2_000
"""Entries that a time line shows; the newest ones are left out beyond."""
DELIVERIES = 1_000


def dispatch_of(root: Any, path: str) -> Dispatch | None:
    """The dispatch that an object of the exchange, named by its path, belongs to; None for anything else."""
    try:
        found = find_resource(root, path) if path.startswith("/") else None
    except (KeyError, UnicodeDecodeError):
        return None
    if isinstance(found, (Assignment, RegisterEntry)):
        found = found.delivery
    if isinstance(found, Delivery):
        found = found.dispatch
    return found if isinstance(found, Dispatch) else None


def objects(root: Any, dispatch: Dispatch) -> list[Any]:
    """Every object of the document: its dispatches, their deliveries, what was distributed and registered of these."""
    found: dict[str, Any] = {}
    waiting = [dispatch if dispatch.origin is None else dispatch.origin, dispatch]
    while waiting:
        each = waiting.pop()
        if each.uid not in found:
            found[each.uid] = each
            waiting += each.linked
            for delivery in _deliveries(root, each):
                found |= {part.uid: part for part in (delivery, *delivery.assignments) if hasattr(part, "uid")}
                if delivery.entry is not None:
                    found[delivery.entry.uid] = delivery.entry
    return list(found.values())


def _deliveries(root: Any, dispatch: Dispatch) -> Iterable[Delivery]:
    query = Eq("dispatch", dispatch.uid)
    return register(root, "deliveries").query(query, sort="order", limit=DELIVERIES).objects


def entries(root: Any, journal: Any, dispatch: Dispatch) -> list[Record]:
    """What the journal says of the document and its files, oldest first, at most MOST."""
    document = dispatch.document
    uids = [each.uid for each in objects(root, dispatch)]
    uids += [document.uid, *(file.uid for file in document.files)]
    found = {record.seq: record for uid in uids for record in _of(journal, uid)}
    return [found[seq] for seq in sorted(found)[:MOST]]


def _of(journal: Any, uid: str) -> Iterator[Record]:
    found: Iterator[Record] = journal.entries(subject_uid=uid, limit=MOST)
    return found
