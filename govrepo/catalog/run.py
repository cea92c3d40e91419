"""A check or a rebuild of one register, done by the worker in many short transactions.

A :class:`Run` remembers how far it is, so it goes on where it was after a kill, and other work has its turn between its steps. A rebuild
makes new indexes beside the old ones, while folding rests and changes stay pending (see ``check.rebuild``); a check reads only and
folding goes on, since each of its findings holds within one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from persistent import Persistent

from govrepo import clock
from govrepo.catalog import check as checking
from govrepo.catalog.check import PASSES, walk
from govrepo.catalog.main import Main
from govrepo.catalog.problems import Problem

if TYPE_CHECKING:
    from govrepo.catalog.register import Register

CHECK, REBUILD = "check", "rebuild"
ACTS = (CHECK, REBUILD)
LIMITS = (5_000, 1_000, 10_000, 20)
"""How many keys of each pass of a check are one step."""

OBJECTS = 1_000
"""How many objects are entered, or met in the site's folders, in one step."""

SHOWN = 100
"""How many problems are kept in words; the others are counted."""

KEPT = 10


class RunningError(Exception):
    """A check or a rebuild of this register waits or runs already."""


class Run(Persistent):
    """One check or rebuild: who asked for it, how far it is, what came of it."""

    ended: datetime | None = None
    error = ""
    """Empty, ``broken off``, or ``overtaken`` by another rebuild."""

    def __init__(self, act: str, by: str, by_name: str) -> None:
        self.act, self.by, self.by_name = act, by, by_name
        self.asked = clock.now()
        self.stage = 0
        self.after: Any = None
        self.done = 0
        self.found = 0
        self.problems: tuple[Problem, ...] = ()
        self.number = 0
        self.coming: Main | None = None
        self.waiting: list[Any] | None = None

    def note(self, problems: list[Problem]) -> None:
        """Remember problems."""
        self.number += len(problems)
        self.problems = (*self.problems, *problems)[:SHOWN]

    def finish(self, error: str = "") -> None:
        """Remember that it is over."""
        self.ended, self.error, self.coming, self.waiting = clock.now(), error, None, None

    def next_stage(self) -> None:
        """Go on with the next stage, from its beginning."""
        self.stage, self.after, self.done = self.stage + 1, None, 0


def running(register: Register) -> Run | None:
    """The check or rebuild that waits or runs, if any."""
    runs = register.data.runs
    return runs[-1] if runs and runs[-1].ended is None else None


def last(register: Register, act: str) -> Run | None:
    """The latest check or rebuild that is over."""
    return next((run for run in reversed(register.data.runs) if run.act == act and run.ended), None)


def begin(register: Register, act: str, by: str, by_name: str) -> Run:
    """Have a register checked or rebuilt by :func:`step`; raise RunningError while another run is under way."""
    if running(register) is not None:
        raise RunningError
    run = Run(act, by, by_name)
    register.data.runs = (*register.data.runs, run)[-KEPT:]
    return run


def break_off(register: Register) -> None:
    """End the run under way; the register is as it was before, and folding goes on."""
    run = running(register)
    if run is None:
        return
    if run.coming is not None and register.data.coming is run.coming:
        register.data.coming = None
    run.finish("broken off")


def step(register: Register, root: Any) -> bool:
    """Do a part of the run under way in the caller's transaction; whether there is more to do."""
    run = running(register)
    if run is None:
        return False
    if run.act == CHECK:
        _check(register, root, run)
    else:
        _rebuild(register, root, run)
    return run.ended is None


def percent(register: Register, run: Run) -> int:
    """How far a run is, by its stages."""
    stages = len(PASSES) + 1 if run.act == CHECK else 2
    if run.waiting:
        part = run.done / (run.done + len(run.waiting))
    else:
        part = run.done / max(_expected(register.data.main, run), run.done, 1)
    return int(100 * (run.stage + part) / stages)


def _expected(main: Main, run: Run) -> int:
    """About how many keys the stage under way has."""
    indexes = len(main.catalog)
    facets = main.bitmaps.by_index.values() if main.bitmaps is not None else ()
    of_check = (main.size, main.size, main.size * indexes, sum(map(len, facets)), 1)
    return of_check[run.stage] if run.act == CHECK else main.size


def _check(register: Register, root: Any, run: Run) -> None:
    """The passes over the indexes one after the other, then the objects in the folders."""
    data, declaration = register.data, register.declaration
    pending = data.pending.winners()
    if run.stage == len(PASSES):
        for obj in _met(run, root, declaration.content_types):
            run.note(list(checking.missing(data.main, obj, pending)))
        if not run.waiting:
            run.finish()
        return
    if run.stage == 0 and run.after is None:
        run.note(list(checking.of_the_whole(data, declaration)))
    findings = PASSES[run.stage](data.main, declaration, pending, run.after)
    _advance(run, LIMITS[run.stage], findings, run.note)


def _rebuild(register: Register, root: Any, run: Run) -> None:
    """The entered objects, then those in the folders, then the exchange of old and new indexes."""
    data, declaration = register.data, register.declaration
    if run.coming is None:
        data.coming = run.coming = Main(declaration)
    coming = run.coming
    if data.coming is not coming:
        run.finish("overtaken")
        return
    if run.stage == 0:
        entered = data.main.objects.items(run.after, None, excludemin=run.after is not None)
        _advance(run, OBJECTS, entered, lambda obj: _enter(register, coming, obj))
        return
    for obj in _met(run, root, declaration.content_types):
        _enter(register, coming, obj)
    if not run.waiting:
        run.found = coming.size
        data.main, data.coming, data.fingerprint = coming, None, declaration.fingerprint
        run.finish()


def _enter(register: Register, coming: Main, obj: Any) -> None:
    if obj.uid not in coming.row_of:
        coming.put(obj.uid, obj, register.declaration.values(obj))


def _advance(run: Run, limit: int, keyed: Iterator[tuple[Any, Any]], use: Callable[[Any], object]) -> None:
    """Use up to ``limit`` of what a stage has to offer, and go on to the next stage if that was all."""
    number = 0
    for key, each in islice(keyed, limit):
        use(each)
        run.after = key
        number += 1
    run.done += number
    if number < limit:
        run.next_stage()


def _met(run: Run, root: Any, content_types: tuple[type, ...]) -> Iterator[Any]:
    """Some objects of these types in the site's folders, going on where the last step was."""
    if run.waiting is None:
        run.waiting = [root]
    for obj in islice(walk(run.waiting), OBJECTS):
        run.done += 1
        if isinstance(obj, content_types):
            yield obj
    run.waiting = list(run.waiting)  # Said to be changed.
