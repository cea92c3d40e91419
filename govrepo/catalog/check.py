"""Proof that a register equals its objects, and its making anew: ``govrepo-catalog check|rebuild``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from pyroaring import BitMap

from govrepo.catalog.bitmaps import Bitmaps
from govrepo.catalog.declaration import RegisterDeclaration, Values
from govrepo.catalog.main import Main

if TYPE_CHECKING:
    from govrepo.catalog.register import RegisterData

BATCH = 1_000


def check(data: RegisterData, declaration: RegisterDeclaration, objects: Iterable[Any] = ()) -> Iterator[str]:
    """What is wrong with a register, one sentence each; ``objects`` are those that should be in it.

    Objects with a pending record are not compared: their entry is about to change.
    """
    pending = data.pending.winners()
    if data.fingerprint != declaration.fingerprint:
        yield "the declaration has changed since the register was built: rebuild it"
    if data.coming is not None:
        yield "a rebuild was broken off and folding rests: rebuild again"
    yield from _rows_agree(data.main)
    yield from _values_agree(data.main, declaration, pending)
    for name in data.main.catalog:
        yield from _index_agrees(data.main, name)
    if data.main.bitmaps is not None:
        yield from _bitmaps_agree(data.main, data.main.bitmaps)
    yield from (
        f"{obj.uid} is not in the register"
        for obj in objects
        if obj.uid not in data.main.row_of and obj.uid not in pending
    )


def _rows_agree(main: Main) -> Iterator[str]:
    if not len(main.row_of) == len(main.objects) == len(main.rows) == main.size:
        yield f"the row tables differ: {len(main.row_of)}, {len(main.objects)}, {len(main.rows)}, {main.size} rows"
    for uid, row in main.row_of.items():
        obj = main.objects.get(row)
        if row not in main.rows or obj is None or obj.uid != uid:
            yield f"row {row} does not lead to {uid}"


def _values_agree(main: Main, declaration: RegisterDeclaration, pending: Iterable[str]) -> Iterator[str]:
    waiting = set(pending)
    for row, obj in main.objects.items():
        if obj.uid in waiting:
            continue
        expected = _comparable(declaration.values(obj))
        for name in main.catalog:
            found = main.reverse(name).get(row)
            if _comparable({name: found})[name] != expected.get(name):
                yield f"index {name} holds {found!r} for {obj.uid}, the object says {expected.get(name)!r}"
        obj._p_deactivate()  # noqa: SLF001 - A million objects do not fit in memory.


def _comparable(values: Values) -> Values:
    """Values with keywords as frozensets; no keyword at all is as good as a missing value."""
    return {
        name: value if isinstance(value, int | str | None) else frozenset(value) or None
        for name, value in values.items()
    }


def _index_agrees(main: Main, name: str) -> Iterator[str]:
    """Each posting stands in the reverse index and there is nothing else there."""
    reverse, keyword = main.reverse(name), main.is_keyword(name)
    postings = 0
    for value, rows in main.forward(name).items():
        for row in rows:
            postings += 1
            held = reverse.get(row, ()) if keyword else (reverse.get(row, _ABSENT),)
            if value not in held:
                yield f"index {name} lists row {row} under {value!r} without cause"
    held_values = sum(len(held) if keyword else 1 for held in reverse.values())
    if postings != held_values:
        yield f"index {name} lists {postings} values of rows that hold {held_values}"


def _bitmaps_agree(main: Main, bitmaps: Bitmaps) -> Iterator[str]:
    """Each bitmap lists what its posting lists, and counts it right."""
    if bitmaps.rows.whole() != BitMap(main.rows) or bitmaps.rows.count != main.size:
        yield f"the bitmap of all rows lists {len(bitmaps.rows.whole())} of {main.size} rows"
    for name, facet in bitmaps.by_index.items():
        forward = main.forward(name)
        for value in {*forward.keys(), *facet.keys()}:
            found, expected = facet.get(value), BitMap(forward.get(value, ()))
            if found is None or found.whole() != expected or found.count != len(expected):
                yield f"the bitmap of {value!r} in index {name} differs from its {len(expected)} rows"


_ABSENT = object()


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
    waiting = [root]
    while waiting:
        obj = waiting.pop()
        if isinstance(obj, content_types):
            yield obj
        values = getattr(obj, "values", None)
        if callable(values):
            waiting.extend(values())
