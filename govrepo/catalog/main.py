"""The main indexes of a register: stock repoze.catalog indexes over dense row numbers.

Only the folding worker and the rebuild write here. Row numbers are small positive integers, allotted in the order of
arrival and never used twice, so that the 32-bit family of indexes serves and a page's key stays good.
This is the only module that imports repoze.catalog.
"""

from types import SimpleNamespace
from typing import Any

import BTrees
from persistent import Persistent
from repoze.catalog.catalog import Catalog
from repoze.catalog.indexes.field import CatalogFieldIndex
from repoze.catalog.indexes.keyword import CatalogKeywordIndex

from govrepo.catalog.bitmaps import Bitmaps
from govrepo.catalog.declaration import RegisterDeclaration, Values
from govrepo.catalog.query import Column
from govrepo.catalog.zones import Zones

FAMILY = BTrees.family32
_INDEX_CLASSES = {"field": CatalogFieldIndex, "keyword": CatalogKeywordIndex}


class UnknownIndexError(LookupError):
    """A query names an index that the register does not have, or that is declared but not built yet."""


class Main(Persistent):
    """Rows of a register: uid to row, row to object, the indexes of each row's values, and the bitmaps of its facets."""

    bitmaps: Bitmaps | None = None
    """None if no index is a facet."""
    zones: Zones | None = None
    """Bounds of the other fields by blocks of rows; None if no index is a facet."""

    def __init__(self, declaration: RegisterDeclaration) -> None:
        self.catalog = Catalog(FAMILY)
        for index in declaration.indexes:
            self.catalog[index.name] = _INDEX_CLASSES[index.kind](index.name)
        facets = [index.name for index in declaration.indexes if index.facet]
        if facets:
            self.bitmaps = Bitmaps(facets)
            self.zones = Zones(index.name for index in declaration.indexes if index.kind == "field" and not index.facet)
        self.row_of = FAMILY.OI.BTree()
        self.objects = FAMILY.IO.BTree()
        self.rows = FAMILY.IF.TreeSet()
        self.next_row = 1
        self.size = 0

    def put(self, uid: str, obj: Any, values: Values) -> None:
        """Enter an object, or bring its row up to date."""
        row = self.row_of.get(uid) or self._new_row(uid)
        if self.objects.get(row) is not obj:
            self.objects[row] = obj
        if self.bitmaps is not None:
            self._mark(self.bitmaps, row, values)
        entry = SimpleNamespace(**{name: _indexable(value) for name, value in values.items()})
        for name, index in self.catalog.items():
            if name in values:
                index.index_doc(row, entry)
        if self.zones is not None:
            self._widen(self.zones, row, values)

    def _widen(self, zones: Zones, row: int, values: Values) -> None:
        for name in zones.by_index:
            if name in values:
                zones.widen(name, row, values[name])

    def _mark(self, bitmaps: Bitmaps, row: int, values: Values) -> None:
        """Bring the row's bits up to date; its old values still stand in the indexes."""
        for name in bitmaps.by_index:
            if name in values:
                bitmaps.move(name, row, self.held(name, row), _held(values[name], keyword=self.is_keyword(name)))

    def held(self, name: str, row: int) -> frozenset[Any]:
        """The values under which an index lists a row."""
        reverse = self.reverse(name)
        return _held(reverse[row], keyword=self.is_keyword(name)) if row in reverse else frozenset()

    def _new_row(self, uid: str) -> int:
        row: int = self.next_row
        self.next_row += 1
        self.size += 1
        self.row_of[uid] = row
        self.rows.insert(row)
        if self.bitmaps is not None:
            self.bitmaps.rows.add(row)
        return row

    def drop(self, uid: str) -> None:
        """Take an object out; nothing happens if it is not in."""
        row = self.row_of.pop(uid, None)
        if row is None:
            return
        self.size -= 1
        del self.objects[row]
        self.rows.remove(row)
        if self.bitmaps is not None:
            self._unmark(self.bitmaps, row)
        for index in self.catalog.values():
            index.unindex_doc(row)

    def _unmark(self, bitmaps: Bitmaps, row: int) -> None:
        bitmaps.rows.remove(row)
        for name in bitmaps.by_index:
            bitmaps.move(name, row, self.held(name, row), frozenset())

    def index(self, name: str) -> Any:
        """A stock index; raises UnknownIndexError."""
        try:
            return self.catalog[name]
        except KeyError as error:
            raise UnknownIndexError(f"no index {name}: not declared, or declared and not rebuilt yet") from error

    def is_keyword(self, name: str) -> bool:
        """Whether an index is a keyword index."""
        return isinstance(self.index(name), CatalogKeywordIndex)

    def forward(self, name: str) -> Any:
        """An index's BTree from value to set of rows. The stock query methods would read a None as "open end"."""
        return self.index(name)._fwd_index  # noqa: SLF001 - walking an index is what the stock class cannot do.

    def reverse(self, name: str) -> Any:
        """An index's BTree from row to value."""
        return self.index(name)._rev_index  # noqa: SLF001 - see forward().

    def column(self, name: str) -> Column:
        """An index read by row."""
        return Column(self.reverse(name).get, self.is_keyword(name))

    def key_type(self, name: str) -> type | None:
        """The type of an index's values; None while it has none."""
        forward = self.forward(name)
        return type(forward.maxKey()) if forward and forward.maxKey() is not None else None


def _held(value: Any, *, keyword: bool) -> frozenset[Any]:
    return frozenset(value or ()) if keyword else frozenset((value,))


def _indexable(value: Any) -> Any:
    """Keywords as a list: the stock keyword index takes an empty tuple for a mark of its own."""
    return list(value) if isinstance(value, tuple) else value
