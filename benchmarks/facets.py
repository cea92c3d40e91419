"""Facets, counts and totals by bitmaps at a million entries, and how fast they are written, checked and rebuilt.

The entries have a unit, kind, state, year, day and three permission tokens each, all facets, and a number as sort index. A person
holds 70 of 300 tokens. Times are p50 in process, warm; "cold" is the first call with an empty ZODB cache over a warm disk cache.
Prints one JSON line a figure (see ``run.py``). ``python benchmarks/facets.py 100000`` takes another number of entries.
"""

import json
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import transaction
import ZODB
from persistent import Persistent
from ZODB.FileStorage import FileStorage

from govrepo.catalog import EVERYTHING, Any, Eq, Index, Range, Register, RegisterDeclaration, Registers
from govrepo.catalog import run as runs

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
STEPS = min(40, ROWS // 2_000)
NAMES = ("unit", "kind", "state", "year")


class Document(Persistent):
    """An entry; its day follows from its number."""

    def __init__(self, number, draw):
        self.uid, self.order, self.day = f"d{number}", number, number * 4380 // ROWS
        self.unit, self.kind = int(200 * draw.random() ** 2), int(15 * draw.random() ** 2)
        self.state = draw.choice(("signed",) * 6 + ("pending",) * 2 + ("returned",))
        self.tokens = [draw.randrange(300) for _ in range(3)]


DOCUMENTS = RegisterDeclaration(
    "documents",
    (Document,),
    (
        Index("unit", "field", lambda each: each.unit, facet=True),
        Index("kind", "field", lambda each: each.kind, facet=True),
        Index("state", "field", lambda each: each.state, facet=True),
        Index("year", "field", lambda each: each.day // 365, facet=True),
        Index("day", "field", lambda each: each.day, facet=True),
        Index("tokens", "keyword", lambda each: each.tokens, facet=True),
        Index("order", "field", lambda each: each.order),
    ),
)
SEEN = Any("tokens", range(70))
QUESTIONS = (
    ("facets of everything", 5, lambda register: register.facets(EVERYTHING, NAMES)),
    ("facets of one state", 5, lambda register: register.facets(Eq("state", "signed"), NAMES)),
    ("facets of what a person sees", 5, lambda register: register.facets(SEEN, NAMES)),
    ("facets of that, 6 years by day", 5, lambda register: register.facets(SEEN & Range("day", 1000, 3190), NAMES)),
    ("count of that in one state", 5, lambda register: register.count(SEEN & Eq("state", "pending"))),
    ("total of one state", 5, lambda register: register.total(Eq("state", "pending"))),
    ("total of half a sort index", None, lambda register: register.total(Range("order", ROWS // 4, ROWS * 3 // 4))),
    ("total of that, for a person", None, lambda register: register.total(SEEN & Range("order", ROWS // 4))),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = ZODB.DB(FileStorage(str(Path(folder) / "Data.fs")), cache_size=3_000_000)
        connection = database.open()
        register = filled(connection)
        asked(connection, register)
        for act in (runs.CHECK, runs.REBUILD):
            stepped(register, act)
        transaction.abort()
        connection.close()
        database.close()


def filled(connection) -> Register:
    """A register of ROWS entries."""
    connection.root()["registers"] = registers = Registers()
    registers.ensure([DOCUMENTS])
    register, draw = Register(registers.by_name["documents"], DOCUMENTS), random.Random(3)
    begun = time.perf_counter()
    for number in range(ROWS):
        document = Document(number, draw)
        register.data.main.put(document.uid, document, DOCUMENTS.values(document))
        if number % 20_000 == 0:
            transaction.commit()
    transaction.commit()
    report("entry into indexes and bitmaps", ROWS / (time.perf_counter() - begun), "rows/s", budget=200)
    return register


def asked(connection, register) -> None:
    for name, budget, ask in QUESTIONS:
        connection.cacheMinimize()
        cold, *times = [milliseconds(ask, register) for _ in range(16)]
        report(name, statistics.median(times), "ms", budget)
        report(f"{name}, cold", cold, "ms")


def milliseconds(ask, register) -> float:
    begun = time.perf_counter()
    ask(register)
    return 1000 * (time.perf_counter() - begun)


def stepped(register, act) -> None:
    """How fast the worker's steps go, each in a commit of its own."""
    runs.begin(register, act, "system", "system")
    run, begun = runs.running(register), time.perf_counter()
    if act == runs.CHECK:
        run.stage = 1  # Rows, the dearest pass.
    for _ in range(STEPS):
        runs.step(register, {})
        transaction.commit()
    report(f"{act} in steps", run.done / (time.perf_counter() - begun), "rows/s")
    runs.break_off(register)
    transaction.commit()


def report(name, value, unit, budget=None) -> None:
    line = {"name": f"{name} ({ROWS:,} entries)", "value": round(value, 3), "unit": unit}
    print(json.dumps(line if budget is None else line | {"budget": budget}), flush=True)


if __name__ == "__main__":
    main()
