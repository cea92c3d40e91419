"""Registers: what business code changes and asks (R-19.1, R-23.1, P-38), and what lies in the database behind them."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from persistent import Persistent
from persistent.mapping import PersistentMapping

from govrepo import clock
from govrepo.catalog import check as checking
from govrepo.catalog import counting, planner
from govrepo.catalog.counting import CountedBy, Total
from govrepo.catalog.declaration import RegisterDeclaration, Values
from govrepo.catalog.explain import Plan, explain, plan, words
from govrepo.catalog.main import Main, UnknownIndexError
from govrepo.catalog.overlay import Overlay, in_order
from govrepo.catalog.pending import Pending, Record, Records
from govrepo.catalog.problems import Problem
from govrepo.catalog.query import EVERYTHING, Query
from govrepo.catalog.run import Run
from govrepo.catalog.timing import Timing
from govrepo.catalog.walk import MAX_ROW, Key, rank

LARGEST_PAGE = 5_000
MAX_VERSION = 2**63
"""Higher than any object's version counter."""

T = TypeVar("T")

log = logging.getLogger(__name__)


class RegisterData(Persistent):
    """What the database keeps of one register."""

    runs: tuple[Run, ...] = ()
    """The latest checks and rebuilds done by the worker, the newest last."""

    def __init__(self, declaration: RegisterDeclaration) -> None:
        self.fingerprint = declaration.fingerprint
        self.main = Main(declaration)
        self.pending = Pending()
        self.coming: Main | None = None
        """The main indexes that a rebuild is making; folding rests meanwhile."""

    def state(self) -> tuple[bytes, ...] | None:
        """What tells whether anything that a query reads beside the indexes has changed; None while this transaction changes it."""
        # After a savepoint changed objects look unchanged, with their old serials.
        if self._p_jar is None or self._p_jar._savepoint_storage is not None:  # noqa: SLF001 - ZODB tells it nowhere else.
            return None
        objects = (self.main, *self.pending.parts())
        for each in objects:
            if each._p_changed is None:  # noqa: SLF001 - ZODB's mark of what is not loaded, whose serial is old.
                each._p_activate()  # noqa: SLF001 - ZODB's documented way to load it.
        if any(each._p_changed or each._p_jar is None for each in objects):  # noqa: SLF001 - As above.
            return None
        return tuple(each._p_serial for each in objects)  # noqa: SLF001 - As above.


class Registers(Persistent):
    """All registers of a site: the value of ``site.registers``."""

    def __init__(self) -> None:
        self.by_name = PersistentMapping()

    def ensure(self, declarations: Iterable[RegisterDeclaration]) -> tuple[str, ...]:
        """Make the missing registers; return the names of those that a changed declaration asks to rebuild.

        Called at start-up, never while a page is served. A register without entries takes a new declaration at once.
        """
        stale = []
        for declaration in declarations:
            data = self.by_name.get(declaration.name)
            if data is None or (data.fingerprint != declaration.fingerprint and _is_empty(data)):
                self.by_name[declaration.name] = RegisterData(declaration)
            elif data.fingerprint != declaration.fingerprint:
                stale.append(declaration.name)
        return tuple(stale)


def _is_empty(data: RegisterData) -> bool:
    return not data.main.size and data.pending.is_empty()


@dataclass(frozen=True)
class Page:
    """One page: its objects in order, the key the next page begins after (None: no more) and, if known, the total."""

    objects: tuple[Any, ...]
    next_key: Key | None
    total: int | None


@dataclass(frozen=True)
class Standing:
    """Where an object stands in a register: its row and indexed values, those that wait to be folded, and what is wrong."""

    register: str
    row: int | None
    values: Values
    waiting: bool
    coming: Values
    problems: tuple[Problem, ...]


def _latest(records: Iterable[Record]) -> list[Any]:
    return [record.obj for record in sorted(records, key=lambda record: record.stamp, reverse=True)]


class Register:
    """One register, ready for use: its stored data together with its declaration."""

    def __init__(
        self,
        data: RegisterData,
        declaration: RegisterDeclaration,
        timing: Timing | None = None,
        records: Records | None = None,
    ) -> None:
        self.data = data
        self.declaration = declaration
        self.timing = timing
        self._records = records or {}

    def with_objects(self, objects: Iterable[Any]) -> "Register":
        """The register as it will be once these objects' present values are noted; for asking only. The latest comes first."""
        stamp = clock.micros(clock.now())
        now = {
            obj.uid: Record(MAX_VERSION, stamp - number, obj, self._values(obj)) for number, obj in enumerate(objects)
        }
        return Register(self.data, self.declaration, self.timing, now)

    # What business transactions do.

    def changed(self, obj: Any) -> None:
        """Enter an object, or note its new values; call it after the change, in the same transaction.

        Raises TypeError if the object is of no declared type or a value is not plain.
        """
        self.declaration.require(obj)
        self._note(obj, self._values(obj))

    def removed(self, obj: Any) -> None:
        """Take an object out of the register."""
        self._note(obj, None)

    def _note(self, obj: Any, values: Values | None) -> None:
        obj.catalog_version = getattr(obj, "catalog_version", 0) + 1
        kept = None if values is None else obj
        self.data.pending.put(obj.uid, Record(obj.catalog_version, clock.micros(clock.now()), kept, values))

    def _values(self, obj: Any) -> Values:
        values = self.declaration.values(obj)
        for name, value in values.items():
            self._require_type(name, value)
        return values

    def _require_type(self, name: str, value: Any) -> None:
        """Raise TypeError for a value that cannot be compared with the index's others: it would stop the folding."""
        if name not in self.data.main.catalog:
            return  # Declared and not rebuilt yet.
        known = self.data.main.key_type(name)
        for each in value if isinstance(value, tuple) else (value,):
            if each is not None and known is not None and type(each) is not known:
                raise TypeError(f"index {name} holds {known.__name__}, got {each!r}")

    # What pages ask.

    def query(
        self, query: Query = EVERYTHING, *, sort: str, reverse: bool = False, limit: int = 50, after: Key | None = None
    ) -> Page:
        """A page of the entries that satisfy a query, ordered by a field index and then by arrival.

        Raises UnknownIndexError; ValueError if ``limit`` is out of bounds or ``after`` is no key of this order.
        """
        order = self._order(sort, reverse=reverse, limit=limit, after=after)
        return self._timed("query", query, lambda: self._page(query, order), lambda got: (order, got[0]))[1]

    def _page(self, query: Query, order: planner.Order) -> tuple[planner.Found, Page]:
        overlay, limit = self._overlay(), order.limit
        found = planner.page(self.data.main, query, order, overlay.hidden)
        pending = overlay.matching(query)
        keys = sorted([*found.keys, *overlay.page(pending, order)], key=rank, reverse=order.reverse)
        shown, more = keys[:limit], len(keys) > limit
        total = None if found.total is None else found.total + len(pending)
        if order.after is None and not more:
            total = len(keys)
        return found, Page(self._objects(shown, overlay), shown[-1] if more else None, total)

    def _timed(
        self,
        act: str,
        query: Query,
        answer: Callable[[], T],
        way: Callable[[T], tuple[planner.Order, planner.Found]] | None = None,
    ) -> T:
        """An answer, its time noted if this process keeps times; ``way`` says how a page was found."""
        if self.timing is None:
            return answer()
        return self.timing.measured(act, answer, lambda got: self._told(query, way(got) if way else None))

    def _told(self, query: Query, way: tuple[planner.Order, planner.Found] | None) -> tuple[str, Plan | CountedBy]:
        """What may be told of a slow question: its terms without values, and the plan of a page or what a count rests on."""
        if way is None:
            return words(query), counting.counted_by(self.data.main, query)
        order, found = way
        return words(query), plan(self.data.main, query, order, planner.decide(self.data.main, query, order), found)

    def _order(self, sort: str, *, reverse: bool, limit: int, after: Key | None) -> planner.Order:
        if not 1 <= limit <= LARGEST_PAGE:
            raise ValueError(f"a page holds 1 to {LARGEST_PAGE} entries, not {limit}")
        return planner.Order(sort, reverse, limit, self._page_key(sort, after))

    def _objects(self, keys: list[Key], overlay: Overlay) -> tuple[Any, ...]:
        main = self.data.main
        return tuple(overlay.live[row].obj if row in overlay.live else main.objects[row] for _value, row in keys)

    def _page_key(self, sort: str, after: Key | None) -> Key | None:
        """A page's key as given by a browser, checked."""
        main = self.data.main
        if main.is_keyword(sort):
            raise UnknownIndexError(f"index {sort} holds several values an entry: it has no order")
        if after is None:
            return None
        value, row = after
        if type(row) is not int or not 0 < row < MAX_ROW:
            raise ValueError(f"{after!r} is no key of a page")
        known = main.key_type(sort)
        if value is not None and (type(value) not in (int, str) or (known is not None and type(value) is not known)):
            raise ValueError(f"{after!r} is no key of a page sorted by {sort}")
        return (value, row)

    def count(self, query: Query = EVERYTHING) -> int:
        """How many entries satisfy a query."""
        return self._timed("count", query, lambda: self._count(query))

    def _count(self, query: Query) -> int:
        overlay = self._overlay()
        return counting.count(self.data.main, query, overlay.hidden) + len(overlay.matching(query))

    def total(self, query: Query = EVERYTHING, bound: int = 10_000) -> Total:
        """How many entries satisfy a query: exactly if that is cheap to tell, otherwise "more than ``bound``" is told, too."""
        return self._timed("total", query, lambda: self._total(query, bound))

    def _total(self, query: Query, bound: int) -> Total:
        overlay = self._overlay()
        found = counting.total(self.data.main, query, overlay.hidden, bound)
        return Total(found.count + len(overlay.matching(query)), exact=True) if found.exact else found

    def explain(
        self, query: Query = EVERYTHING, *, sort: str, reverse: bool = False, limit: int = 50, after: Key | None = None
    ) -> Plan:
        """How the page of this query is found: the planner's decision, why, and what it cost. Raises as :meth:`query`."""
        order = self._order(sort, reverse=reverse, limit=limit, after=after)
        return explain(self.data.main, query, order, self._overlay().hidden)

    def standing(self, obj: Any) -> Standing:
        """Where an object stands: no row while it was never folded; what waits is empty for one that was taken out."""
        main = self.data.main
        row = main.row_of.get(obj.uid)
        values = {} if row is None else {name: main.reverse(name).get(row) for name in main.catalog}
        record = self.data.pending.winners().get(obj.uid)
        coming = (record.values or {}) if record else {}
        problems = tuple(checking.of_object(self.data, self.declaration, obj))
        return Standing(self.declaration.name, row, values, record is not None, dict(coming), problems)

    def counts(self, name: str, values: Iterable[Any]) -> dict[Any, int]:
        """How many entries have each of these values in a field index: lengths of postings, no set is built."""
        overlay, main = self._overlay(), self.data.main
        reverse = main.reverse(name)
        gone = Counter(reverse.get(row) for row in overlay.hidden)
        come = Counter(overlay.read(row, name) for row in overlay.live)
        return {value: counting.length(main, name, value) - gone[value] + come[value] for value in values}

    def facets(self, query: Query, names: Iterable[str]) -> dict[str, Counter[Any]]:
        """Of each named index: how many of the entries that satisfy the query hold each value."""
        return self._timed("facets", query, lambda: self._facets(query, names))

    def _facets(self, query: Query, names: Iterable[str]) -> dict[str, Counter[Any]]:
        overlay, main = self._overlay(), self.data.main
        counts = counting.facets(main, query, names, overlay.hidden)
        pending = overlay.matching(query)
        for name, counter in counts.items():
            values = [overlay.read(row, name) for row in pending]
            counter.update(counting.tally(values, keyword=main.is_keyword(name)))
        return counts

    def _overlay(self) -> Overlay:
        state = None if self._records else self.data.state()
        kept = getattr(self.data, "_v_overlay", None)
        if state is not None and kept is not None and kept[0] == state and kept[1] is self.declaration:
            return kept[2]
        made = Overlay({**self.data.pending.winners(), **self._records}, self.data.main, self.declaration)
        if state is not None:
            self.data._v_overlay = (state, self.declaration, made)  # noqa: SLF001 - ZODB's mark of what is never stored.
        return made

    def select(self, query: Query, names: Iterable[str]) -> list[tuple[Any, ...]]:
        """The values of some indexes of each entry that satisfies a query, in no order; no object is loaded."""
        overlay, main, wanted = self._overlay(), self.data.main, tuple(names)
        columns = [main.reverse(name).get for name in wanted]
        found = (row for row in counting.matching(main, query) if row not in overlay.hidden)
        pending = (tuple(overlay.read(row, name) for name in wanted) for row in overlay.matching(query))
        return [*(tuple(get(row) for get in columns) for row in found), *pending]

    def waiting(self, query: Query = EVERYTHING) -> list[Any]:
        """The objects of those pending entries that satisfy a query, the latest noted first."""
        overlay = self._overlay()
        return _latest(overlay.live[row] for row in overlay.matching(query))

    def touched(self, query: Query) -> list[Any]:
        """The objects of those pending entries that satisfy a query or did when last folded, the latest noted first."""
        overlay = self._overlay()
        did = filter(query.tester(self.data.main.column), overlay.hidden & overlay.live.keys())
        return _latest(overlay.live[row] for row in {*overlay.matching(query), *did})

    def values_of(self, objects: Iterable[Any]) -> dict[str, Values]:
        """By key, the values that pending objects were noted with, or will be."""
        records = {**self.data.pending.winners(), **self._records}
        return {obj.uid: records[obj.uid].values or {} for obj in objects}

    def noted(self) -> Iterable[str]:
        """The keys of everything pending; no object is loaded."""
        return self.data.pending.winners().keys()

    # What the worker and the operator do.

    def fold(self, limit: int, follow: Callable[[Records], object] = len) -> int:
        """Bring pending records into the main indexes; how many. The caller commits; ``follow`` is told of them.

        Takes whole lanes of the closed generation until ``limit`` is reached, then closes the next generation once this
        one is empty: so the first call on fresh records may fold none. Does nothing while a rebuild is under way.
        """
        data = self.data
        if data.coming is not None:
            return 0
        if data._p_jar is not None:  # noqa: SLF001 - ZODB's documented way to an object's connection.
            data._p_jar.readCurrent(data)  # noqa: SLF001 - A rebuild that begins meanwhile must stop this fold.
        batch = self._take(limit)
        for uid, record in in_order(batch):
            self._apply(uid, record)
        if batch:
            data.main._p_changed = True  # noqa: SLF001 - Whoever rebuilds in one transaction must notice.
            follow(batch)
        data.pending.close()
        return len(batch)

    def _take(self, limit: int) -> Records:
        """Empty closed lanes, whole; return what stands for their objects now, be it in another lane.

        The lanes that wait for the next fold forget these objects: an older record would undo what is folded now.
        """
        winners = self.data.pending.winners() if any(True for _ in self.data.pending.closed()) else {}
        batch: Records = {}
        for lane in list(self.data.pending.closed()):
            if len(batch) < limit:
                batch.update((uid, winners[uid]) for uid in lane.records)
                lane.take_all()
            else:
                lane.forget(batch)
        return batch

    def _apply(self, uid: str, record: Record) -> None:
        if record.values is None:
            self.data.main.drop(uid)
        else:
            self.data.main.put(uid, record.obj, self._present_values(record))

    def _present_values(self, record: Record) -> Values:
        """The object is read again, since it knows its values best; an unreadable one must not stop the others."""
        try:
            return self._values(record.obj)
        except Exception:
            log.exception("Register %s: the noted values stand for an unreadable object.", self.declaration.name)
            return record.values or {}

    def drain(self, limit: int = 1_000) -> int:
        """Fold until nothing is pending, in the caller's transaction; how many. For scripts and tests."""
        total = 0
        while self.data.coming is None and not self.data.pending.is_empty():
            total += self.fold(limit)
        return total

    def pending_count(self) -> int:
        """How many objects wait to be folded."""
        return len(self.data.pending.winners())

    def check(self, objects: Iterable[Any] = ()) -> list[str]:
        """What is wrong, in words; see :func:`govrepo.catalog.check.check`."""
        return list(map(str, checking.check(self.data, self.declaration, objects)))

    def rebuild(self, objects: Iterable[Any] = (), checkpoint: Callable[[], object] | None = None) -> int:
        """Make the main indexes anew; see :func:`govrepo.catalog.check.rebuild`."""
        return checking.rebuild(self.data, self.declaration, objects, checkpoint)
