"""The catalog alone: a page, a count and facets at 100,000 entries, beside stock repoze.catalog over the same indexes.

Times are p50 over many boxes, warm, in process; 200 changes are pending all the while, as on a working day.
Prints one JSON line a figure (see ``run.py``).
"""

import json
import random
import statistics
import tempfile
import time
from pathlib import Path

import transaction
import ZODB
from persistent import Persistent
from repoze.catalog import query as stock
from ZODB.FileStorage import FileStorage

from govrepo.catalog import EVERYTHING, Eq, Index, Range, Register, RegisterDeclaration, Registers

ROWS, PENDING, BOXES, BATCH = 100_000, 200, 100, 5_000
STATES = ("signed", "signed", "signed", "pending", "returned")


class Delivery(Persistent):
    """A copy in a box; its place in time is its number."""

    def __init__(self, number, draw):
        self.uid, self.order, self.day = f"d{number:08x}", number, number // 25
        self.box, self.state = f"b{int(BOXES * draw.random() ** 2)}", draw.choice(STATES)
        self.involved = [f"p{draw.randrange(300)}" for _ in range(3)]


DELIVERIES = RegisterDeclaration(
    "deliveries",
    (Delivery,),
    (
        Index("box", "field", lambda each: each.box),
        Index("state", "field", lambda each: each.state),
        Index("order", "field", lambda each: each.order),
        Index("day", "field", lambda each: each.day),
        Index("involved", "keyword", lambda each: each.involved),
    ),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = ZODB.DB(FileStorage(str(Path(folder) / "Data.fs")), cache_size=1_000_000)
        connection = database.open()
        draw = random.Random(3)
        register = filled(connection.root(), draw)
        for number in range(ROWS, ROWS + PENDING):
            changed(register, number, draw)
        transaction.commit()
        pages(register)
        counts(register)
        transaction.abort()
        connection.close()
        database.close()


def filled(root, draw) -> Register:
    """A register of ROWS folded entries; says how fast they went in."""
    root["registers"] = registers = Registers()
    registers.ensure([DELIVERIES])
    register = Register(registers.by_name["deliveries"], DELIVERIES)
    begun = time.perf_counter()
    for start in range(0, ROWS, BATCH):
        for number in range(start, start + BATCH):
            register.changed(Delivery(number, draw))
        transaction.commit()
        register.drain()
        transaction.commit()
    report("bulk entry and folding", ROWS / (time.perf_counter() - begun), "rows/s", budget=200)
    return register


def changed(register, number, draw) -> None:
    """A pending entry: half of them are new, half replace one that is folded."""
    if number % 2:
        register.changed(Delivery(number, draw))
    else:
        delivery = register.data.main.objects[number - ROWS + 1]
        delivery.state = "returned"
        register.changed(delivery)


def pages(register) -> None:
    catalog = register.data.main.catalog
    for name, boxes in (("busy", range(3)), ("middling", range(40, 60)), ("quiet", range(90, BOXES))):
        mine = p50(lambda box: register.query(Eq("box", box), sort="order", reverse=True, limit=50), boxes)
        theirs = p50(lambda box: stock_page(catalog, stock.Eq("box", box)), boxes)
        report(f"newest 50 of a {name} box", mine, "ms", budget=1, peer=theirs)
    seen = Eq("involved", "p7")
    mine = p50(lambda box: register.query(seen & Eq("box", box), sort="order", reverse=True, limit=50), range(3))
    theirs = p50(lambda box: stock_page(catalog, stock.Eq("involved", "p7") & stock.Eq("box", box)), range(3))
    report("newest 50 of a busy box that one person sees", mine, "ms", budget=1, peer=theirs)
    mine = p50(lambda _box: register.query(EVERYTHING, sort="order", reverse=True, limit=50), range(5))
    theirs = p50(lambda _box: stock_page(catalog, stock.Ge("order", 0)), range(5))
    report("newest 50 of everything", mine, "ms", budget=1, peer=theirs)
    after = (ROWS // 2, ROWS // 2)
    mine = p50(lambda box: register.query(Eq("box", box), sort="order", reverse=True, after=after), range(3))
    report("page 50,000 entries further on", mine, "ms", budget=1)


def stock_page(catalog, query) -> list[int]:
    return list(catalog.query(query, sort_index="order", reverse=True, limit=50)[1])


def counts(register) -> None:
    catalog = register.data.main.catalog
    mine = p50(lambda box: register.count(Eq("box", box) & Eq("state", "pending")), range(10))
    theirs = p50(lambda box: len(stock_set(catalog, stock.Eq("box", box) & stock.Eq("state", "pending"))), range(10))
    report("count of a box and a state", mine, "ms", budget=5, peer=theirs)
    year = Range("day", 1000, 2000)
    mine = p50(lambda box: register.count(Eq("box", box) & year), range(10))
    theirs = p50(
        lambda box: len(stock_set(catalog, stock.Eq("box", box) & stock.InRange("day", 1000, 2000))), range(10)
    )
    report("count of a box and a year", mine, "ms", budget=5, peer=theirs)
    mine = p50(lambda box: register.facets(Eq("box", box), ["state"]), range(10))
    theirs = p50(lambda box: stock_facet(catalog, stock.Eq("box", box)), range(10))
    report("facet of a box by state", mine, "ms", budget=5, peer=theirs)


def stock_set(catalog, query):
    return catalog.query(query)[1]


def stock_facet(catalog, query) -> dict[str, int]:
    found = stock_set(catalog, query)
    state = catalog["state"]
    return {value: len(state.family.IF.intersection(found, state.applyEq(value))) for value in set(STATES)}


def p50(act, boxes) -> float:
    """Milliseconds: the best of five calls for each box, and of those the median."""
    best = []
    for box in (f"b{number}" for number in boxes):
        act(box)
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            act(box)
            times.append(time.perf_counter() - begun)
        best.append(1000 * min(times))
    return statistics.median(best)


def report(name, value, unit, budget=None, peer=None) -> None:
    figure = {"name": f"catalog: {name}", "value": round(value, 4), "unit": unit, "budget": budget}
    if peer is not None:
        figure |= {"peer": round(peer, 4), "ratio": round(value / peer, 4)}
    print(json.dumps(figure), flush=True)


if __name__ == "__main__":
    main()
