"""Proof that a register equals its objects, and its making anew: ``govrepo-catalog check|rebuild``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from pyroaring import BitMap

from govrepo.catalog.bitmaps import RowBitmap
from govrepo.catalog.declaration import RegisterDeclaration, Values
from govrepo.catalog.main import Main
from govrepo.catalog.pending import Records
from govrepo.catalog.problems import Kind, Problem

if TYPE_CHECKING:
    from govrepo.catalog.register import RegisterData

BATCH = 1_000

Findings = Iterator[tuple[Any, list[Problem]]]
"""What one pass looks at: the key to go on after, and what is wrong there."""

Pass = Callable[[Main, RegisterDeclaration, Records, Any], Findings]
"""Looks at a part of a register beyond a key (None: from the beginning). What it says of one key holds within one
transaction, so a pass may be broken off after any key and go on in another transaction, with folds between them."""


def check(data: RegisterData, declaration: RegisterDeclaration, objects: Iterable[Any] = ()) -> Iterator[Problem]:
    """What is wrong with a register; ``objects`` are those that should be in it.

    Objects with a pending record are not compared: their entry is about to change.
    """
    pending = data.pending.winners()
    yield from of_the_whole(data, declaration)
    for each in PASSES:
        for _key, problems in each(data.main, declaration, pending, None):
            yield from problems
    yield from chain.from_iterable(missing(data.main, obj, pending) for obj in objects)


def of_the_whole(data: RegisterData, declaration: RegisterDeclaration) -> Iterator[Problem]:
    """What is wrong with a register as a whole."""
    main = data.main
    if data.fingerprint != declaration.fingerprint:
        yield Problem(Kind.DECLARATION)
    if data.coming is not None:
        yield Problem(Kind.BROKEN_OFF)
    sizes = (len(main.row_of), len(main.objects), len(main.rows), main.size)
    if len(set(sizes)) > 1:
        yield Problem(Kind.TABLES, where=", ".join(map(str, sizes)))
    if main.bitmaps is not None and len(main.bitmaps.rows.whole()) != main.size:
        yield Problem(Kind.ALL_ROWS, where=f"{len(main.bitmaps.rows.whole())}, {main.size}")


def missing(main: Main, obj: Any, pending: Records) -> Iterator[Problem]:
    """Whether an object that should be in a register is."""
    if obj.uid not in main.row_of and obj.uid not in pending:
        yield Problem(Kind.MISSING, where=obj.uid)


def _uids(main: Main, _declaration: RegisterDeclaration, _pending: Records, after: Any) -> Findings:
    """Each uid leads to a row, and that to the object."""
    for uid, row in main.row_of.items(after, None, excludemin=after is not None):
        obj = main.objects.get(row)
        sound = row in main.rows and obj is not None and obj.uid == uid
        yield uid, [] if sound else [Problem(Kind.ROW, where=str(row))]


def _rows(main: Main, declaration: RegisterDeclaration, pending: Records, after: Any) -> Findings:
    """Each row holds its object's values, and is listed under each of them."""
    for row, obj in main.objects.items(after, None, excludemin=after is not None):
        expected = None if obj.uid in pending else _comparable(declaration.values(obj))
        yield row, [problem for name in main.catalog for problem in _row(main, name, row, obj.uid, expected)]
        obj._p_deactivate()  # noqa: SLF001 - A million objects do not fit in memory.


def _row(main: Main, name: str, row: int, uid: str, expected: Values | None) -> Iterator[Problem]:
    found, forward = main.reverse(name).get(row), main.forward(name)
    if expected is not None and _comparable({name: found})[name] != expected.get(name):
        yield Problem(Kind.VALUE, name, uid)
    if any(row not in forward.get(value, ()) for value in main.held(name, row)):
        yield Problem(Kind.UNLISTED, name, str(row))


def of_object(data: RegisterData, declaration: RegisterDeclaration, obj: Any) -> list[Problem]:
    """What is wrong with one object's entry; nothing is said of one that is about to change."""
    main, pending = data.main, data.pending.winners()
    row = main.row_of.get(obj.uid)
    if row is None or obj.uid in pending:
        return list(missing(main, obj, pending))
    if row not in main.rows or main.objects.get(row) is not obj:
        return [Problem(Kind.ROW, where=str(row))]
    expected = _comparable(declaration.values(obj))
    found = [problem for name in main.catalog for problem in _row(main, name, row, obj.uid, expected)]
    return found + [Problem(Kind.BITMAP, name, "1") for name in _without_bit(main, row)]


def _without_bit(main: Main, row: int) -> Iterator[str]:
    """The facets whose bitmaps lack a row under one of its values."""
    bitmaps = main.bitmaps
    for name in () if bitmaps is None else bitmaps.by_index:
        if bitmaps is not None and any(row not in bitmaps.of(name, value) for value in main.held(name, row)):
            yield name


def _comparable(values: Values) -> Values:
    """Values with keywords as frozensets; no keyword at all is as good as a missing value."""
    return {
        name: value if isinstance(value, int | str | None) else frozenset(value) or None
        for name, value in values.items()
    }


def _postings(main: Main, _declaration: RegisterDeclaration, _pending: Records, after: Any) -> Findings:
    """Each row that an index lists under a value holds it."""
    began, value, row = after or ("", None, None)
    for name in sorted(main.catalog):
        if name < began:
            continue
        for each, rows in main.forward(name).items(value if name == began else None):
            beyond = row if name == began and each == value else None
            for listed in rows.keys(beyond, None, excludemin=beyond is not None):
                sound = each in main.held(name, listed)
                yield (name, each, listed), [] if sound else [Problem(Kind.UNFOUNDED, name, str(listed))]


def _bitmaps(main: Main, _declaration: RegisterDeclaration, _pending: Records, after: Any) -> Findings:
    """Each bitmap lists what its posting lists, and counts it right."""
    facets = {} if main.bitmaps is None else main.bitmaps.by_index
    for name, facet in sorted(facets.items()):
        forward = main.forward(name)
        for value in sorted({*forward.keys(), *facet.keys()}, key=lambda each: (each is not None, each)):
            if after is None or _place(name, value) > _place(*after):
                expected = BitMap(forward.get(value, ()))
                sound = _equal(facet.get(value), expected)
                yield (name, value), [] if sound else [Problem(Kind.BITMAP, name, str(len(expected)))]


def _equal(found: RowBitmap | None, expected: BitMap) -> bool:
    return found is not None and found.whole() == expected and found.count == len(expected)


def _place(name: str, value: Any) -> tuple[str, bool, Any]:
    return (name, value is not None, value)


PASSES: tuple[Pass, ...] = (_uids, _rows, _postings, _bitmaps)


def rebuild(
    data: RegisterData,
    declaration: RegisterDeclaration,
    objects: Iterable[Any] = (),
    checkpoint: Callable[[], object] | None = None,
) -> int:
    """Make the main indexes anew from the entered objects and ``objects``; how many rows.

    ``checkpoint`` (a script's commit) is called at the beginning and after every thousand objects: requests go on
    meanwhile, their changes stay pending until the new indexes take the old ones' place. Without it all is one
    transaction, which conflicts with any folding that commits before it.
    """
    save = checkpoint or (lambda: None)
    data.coming = main = Main(declaration)
    if checkpoint is None:
        data.main._p_changed = True  # noqa: SLF001 - ZODB's documented way to meet whoever folds meanwhile.
    save()
    for number, obj in enumerate(chain(data.main.objects.values(), objects), start=1):
        if obj.uid not in main.row_of:
            main.put(obj.uid, obj, declaration.values(obj))
        if number % BATCH == 0:
            save()
    data.main, data.coming, data.fingerprint = main, None, declaration.fingerprint
    save()
    return main.size


def in_tree(root: Any, content_types: tuple[type, ...]) -> Iterator[Any]:
    """Every object of these types that lies in the folders under ``root``."""
    return (obj for obj in walk([root]) if isinstance(obj, content_types))


def walk(waiting: list[Any]) -> Iterator[Any]:
    """Every object under those that wait; ``waiting`` always holds what is left, so another walk can go on with it."""
    while waiting:
        obj = waiting.pop()
        values = getattr(obj, "values", None)
        if callable(values):
            waiting.extend(values())
        yield obj
