"""What is searched (domain.md part 6; design.md sect. 6): a row a document, however many boxes hold copies, and a row a register entry.

``token`` says through which places an item may be read; a person's tokens come from the same ACLs (policies/places.py). It is read from
the registers of deliveries, dispatches, assignments and entries, so nobody who opens or passes on a document writes to what all share.
"""

from datetime import date
from functools import singledispatch
from typing import Any

from content_types.official_document import OfficialDocument
from content_types.register_entry import RegisterEntry
from govrepo import clock
from govrepo.catalog import Eq, Index, RegisterDeclaration, register
from policies.registers.incoming import entry_readers
from policies.registers.keys import token

FACETS = ("register", "unit", "kind", "year", "urgency", "state")


@singledispatch
def day(item: Any) -> date:
    """The day an item is put in order by: a document's own, or when it was begun; a register entry's arrival."""
    raise TypeError(f"{item!r} is not searched")


@day.register
def _(document: OfficialDocument) -> date:
    return document.date or clock.local(document.created).date()


@day.register
def _(entry: RegisterEntry) -> date:
    return clock.local(entry.facts.received).date()


def readers(item: Any) -> set[str]:
    """Search tokens of everyone who may read an item."""
    return entry_readers(item) if isinstance(item, RegisterEntry) else document_readers(item)


def document_readers(document: OfficialDocument) -> set[str]:
    """The places a document may be read through: where it was sent from, where it came and was opened, whom it was put before."""
    own = Eq("document", document.uid)

    def values(name: str, index: str) -> set[Any]:
        return {value for (value,) in register(document, name).select(own, (index,)) if value}

    boxes = {token("box", box) for box in values("deliveries", "reading_box")}
    carriers = {token("carrier", carrier) for carrier in values("dispatches", "carrier")}
    entries = {each for several in values("register_entries", "readers") for each in several}
    return boxes | carriers | values("assignments", "reader") | entries


def unit_of(item: Any) -> str:
    """The code of the unit it comes from; for paper the name as it was keyed in."""
    if isinstance(item, RegisterEntry):
        return str(item.delivery.document.unit.code) if item.delivery is not None else item.facts.from_unit
    return str(item.unit.code)


def _fact(name: str) -> Any:
    """A getter of what documents and entries both say, entries in their facts."""
    return lambda item: str(getattr(item.facts if isinstance(item, RegisterEntry) else item, name))


ITEMS = RegisterDeclaration(
    name="items",
    content_types=(OfficialDocument, RegisterEntry),
    indexes=(
        Index(
            "register", "field", lambda item: str(item.register) if isinstance(item, RegisterEntry) else "", facet=True
        ),
        Index("unit", "field", unit_of, facet=True),
        Index("kind", "field", _fact("kind"), facet=True),
        Index("year", "field", lambda item: str(day(item).year), facet=True),
        Index("urgency", "field", _fact("urgency"), facet=True),
        Index("state", "field", lambda item: item.state, facet=True),
        Index("token", "keyword", readers, facet=True),
        Index("order", "field", lambda item: day(item).toordinal()),
    ),
)

DECLARATIONS = (ITEMS,)
