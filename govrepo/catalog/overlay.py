"""The pending layer as a query sees it: which rows it hides, and the changed entries themselves.

An entry that has no row yet gets the number it would get if it were folded now: pages keep their order over a fold.
"""

from govrepo.catalog.declaration import RegisterDeclaration, Values
from govrepo.catalog.main import Main
from govrepo.catalog.pending import Record, Records
from govrepo.catalog.planner import Order
from govrepo.catalog.query import Query
from govrepo.catalog.walk import Key


def in_order(records: Records) -> list[tuple[str, Record]]:
    """Records in the order of arrival, in which new rows are allotted."""
    return sorted(records.items(), key=lambda item: (item[1].stamp, item[0]))


class Overlay:
    """Pending entries over the main indexes, at one instant of one connection."""

    def __init__(self, records: Records, main: Main, declaration: RegisterDeclaration) -> None:
        self.hidden: set[int] = set()
        self.live: dict[int, Record] = {}
        new: Records = {}
        for uid, record in records.items():
            row = main.row_of.get(uid)
            if row is not None:
                self.hidden.add(row)
            if record.values is not None and row is not None:
                self.live[row] = record
            elif record.values is not None:
                new[uid] = record
        self.live.update((row, record) for row, (_uid, record) in enumerate(in_order(new), start=main.next_row))
        self._columns = declaration.columns(self._values)

    def _values(self, row: int) -> Values:
        return self.live[row].values or {}

    def matching(self, query: Query) -> list[int]:
        """Rows of the pending entries that satisfy a query."""
        return list(filter(query.tester(self._columns), self.live)) if self.live else []

    def page(self, rows: list[int], order: Order) -> list[Key]:
        """The keys of those pending rows that belong on a page."""
        return order.first([(self._values(row).get(order.sort), row) for row in rows])

    def read(self, row: int, name: str) -> object:
        """One entry's value of an index."""
        return self._values(row).get(name)
