"""What one declaration of a register page says: title, columns, order, who sees which rows (domain.md part 6, 7.2).

A page is nothing but its declaration: one view, one printout and one export run them all. Filters stand in ``filters.py``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from govrepo.catalog import EVERYTHING, Query
from policies.actor import Actor
from policies.permissions import Permission
from policies.register_pages.filters import Filter
from policies.vocabulary import URGENCIES

Read = Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """A column: its label, how its value is read from a row, and the index it can be sorted by; none, if it cannot.

    A value is a text, a text of ours, a whole number, a day, an instant or None. ``look`` tells the screen: ``main`` takes the room and opens
    the row, ``opens`` opens it and must not wrap, nor must ``number`` and ``time``; ``urgency`` is coloured.
    """

    label: Any
    read: Read
    sort: str = ""
    look: str = ""

    def said(self, row: Any) -> Any:
        """The value as it stands in a file: an urgency in words."""
        value = self.read(row)
        return URGENCIES.terms[value] if self.look == "urgency" else value


@dataclass(frozen=True)
class Visible:
    """Who sees a register: a permission, and a function from the actor to the query for the rows seen; None for no part in it."""

    permission: Permission
    rows: Callable[[Actor, Any, Permission], Query | None]

    def query(self, actor: Actor, root: Any) -> Query | None:
        """The query for the rows that an actor may see; None for an actor who has no part in the register."""
        return self.rows(actor, root, self.permission)


@dataclass(frozen=True)
class RegisterPage:
    """One register as people see it.

    ``name`` ends its address, ``register`` is the catalog's register it reads and ``base`` what of it belongs here. ``sort`` is an index, with a
    minus before it to begin at its end. ``opens`` lists what a row leads to: the first that exists and that the person may see. A register
    whose rows are no objects of their own has ``made`` instead of ``register``: a function that answers its rows, few enough to be made for
    each page, whose attributes bear the names of indexes.
    """

    name: str
    title: Any
    print_title: Any
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    sort: str
    visible: tuple[Visible, ...]
    register: str = ""
    base: Query = EVERYTHING
    opens: tuple[tuple[Read, Permission], ...] = ()
    made: Callable[..., list[Any]] | None = None
    note: Any = ""

    def query(self, actor: Actor, root: Any) -> Query | None:
        """The query for the rows of the page that an actor may see; None for one who may not see the page at all."""
        parts = [found for found in (each.query(actor, root) for each in self.visible) if found is not None]
        if not parts:
            return None
        seen = parts[0]
        for part in parts[1:]:
            seen = seen | part
        return self.base & seen

    @property
    def sorts(self) -> tuple[str, ...]:
        """The indexes that the page may be sorted by."""
        return tuple(dict.fromkeys([self.sort.removeprefix("-"), *(each.sort for each in self.columns if each.sort)]))
