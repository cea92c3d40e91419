"""The audit journal: acts a second through both commits, the verifier, the auditor's first page.

Eight threads each change a document of their own in a FileStorage and journal it; every commit is flushed to the disk twice. The peer is
a bare insert of the same row into SQLite with a flush. ``JOURNAL_ENTRIES`` says how long the searched journal is (1,000,000; ten million
take ten minutes and 10 GB), ``JOURNAL_FILE`` keeps it for another run, ``JOURNAL_POSTGRES`` names a journal in PostgreSQL to measure, too.
Prints one JSON line a figure (see ``run.py``).
"""

import hashlib
import itertools
import json
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import transaction
import ZODB
from persistent import Persistent
from persistent.mapping import PersistentMapping
from ZODB.FileStorage import FileStorage

from benchmarks._journal import fill
from govrepo.journal import Entry, Journal
from govrepo.journal.entry import Query
from govrepo.journal.markers import MarkerLanes
from govrepo.journal.sqlite import SqliteStore
from govrepo.journal.statements import grow_tree
from govrepo.journal.verify import verify
from govrepo.work import SWITCH_SECONDS

WRITERS, SECONDS, VERIFIED, PAGE, DRAWN = 8, 6.0, 200_000, 101, 40
ENTRIES = int(os.environ.get("JOURNAL_ENTRIES", "1000000"))
FILTERS = ("actor", "subject", "subject_uid", "action", "module", "result", "address", "certificate", "day")
PAIRS = (*((name, "day") for name in FILTERS[:-1]), ("action", "result"), ("actor", "action"), ("actor", "module"), ("actor", "result"),
         ("actor", "address"), ("subject", "actor"), ("subject_uid", "action"), ("module", "result"), ("address", "action"),
         ("address", "module"), ("address", "result"))  # fmt: skip


class Site(PersistentMapping):
    """Carries the markers."""


class Document(Persistent):
    """What the acts change."""

    changes = 0


def main() -> None:
    sys.setswitchinterval(SWITCH_SECONDS)  # As the application does.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = rate(bare_inserts(folder / "bare.sqlite"))
        acts("acts with 8 writers", folder / "site", folder / "journal.sqlite", bare)
        if os.environ.get("JOURNAL_POSTGRES"):
            acts(
                "acts with 8 writers, journal in PostgreSQL", folder / "postgres", os.environ["JOURNAL_POSTGRES"], bare
            )
        checks(folder / "verified.sqlite")
        kept = Path(os.environ.get("JOURNAL_FILE", folder / "searched.sqlite"))
        if not kept.exists():
            begun = time.perf_counter()
            fill(kept, ENTRIES)
            report(f"making {ENTRIES:,} entries", time.perf_counter() - begun, "s")
        searches(kept)


def acts(words, folder, where, bare) -> None:
    """Eight writers for some seconds."""
    folder.mkdir()
    db = ZODB.DB(FileStorage(str(folder / "Data.fs")), pool_size=20)
    journal = Journal.open(where)
    with db.transaction() as connection:
        site = connection.root()["app_root"] = Site()
        site.journal_markers = MarkerLanes()
        site.update({str(number): Document() for number in range(WRITERS)})
    done = rate(lambda number: committer(db, journal, str(number)))
    report(words, done, "acts/s", budget=400, peer=bare)
    journal.close()
    db.close()


def committer(db, journal, name):
    """What one writer does again and again."""
    manager = transaction.TransactionManager()
    site = db.open(manager).root()["app_root"]
    entry = Entry("document.change", "person:7f3a9c10", subject=f"/exchange/jiangmen/{name}", subject_uid=name, address="10.0.0.7",
                  certificate="0A1B2C3D4E5F6071", session="c0ffee0123456789")  # fmt: skip

    def commit() -> None:
        site[name].changes += 1
        journal.append(entry, site[name])
        manager.commit()

    return commit


def bare_inserts(path):
    """The peer: one row of the same size a commit, flushed, in a file without index, trigger or chain."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE rows (seq INTEGER PRIMARY KEY, body TEXT, hash TEXT)")
    lock = threading.Lock()

    def writer(_number):
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        connection.execute("PRAGMA synchronous=FULL")

        def insert() -> None:
            with lock:
                connection.execute("INSERT INTO rows (body, hash) VALUES (?, ?)", ("x" * 540, "0" * 64))

        return insert

    return writer


def rate(make) -> float:
    """How often a second eight threads do something that ``make`` makes for each of them."""
    counts, stop = Counter(), threading.Event()

    def work(number) -> None:
        act = make(number)
        while not stop.is_set():
            act()
            counts[number] += 1

    threads = [threading.Thread(target=work, args=[number], daemon=True) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    begun = time.perf_counter()
    stop.wait(SECONDS)
    stop.set()
    for thread in threads:
        thread.join()
    return counts.total() / (time.perf_counter() - begun)


def checks(path) -> None:
    """The verifier over a file with its tree; the peer only reads and hashes each body."""
    fill(path, VERIFIED)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        while grow_tree(connection):
            pass
        connection.execute("COMMIT")
        begun = time.perf_counter()
        for (body,) in connection.execute("SELECT body FROM entries ORDER BY seq"):
            hashlib.sha256(body.encode()).hexdigest()
        bare = VERIFIED / (time.perf_counter() - begun)
        sizes(connection)
    begun = time.perf_counter()
    found = verify(path)
    assert (found.broken, found.entries) == (None, VERIFIED)
    report("verification", VERIFIED / (time.perf_counter() - begun), "entries/s", budget=40_000, peer=bare)


def sizes(connection) -> None:
    """What an entry takes in the file, and how much of that its indexes take."""
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    report("an entry in the file", pages * size / VERIFIED, "B")
    connection.execute("BEGIN")
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall():
        connection.execute(f"DROP INDEX {name}")
    report("of that, indexes", connection.execute("PRAGMA freelist_count").fetchone()[0] * size / VERIFIED, "B")
    connection.execute("ROLLBACK")


def searches(path) -> None:
    """The first page, newest first, by each filter and by two; values are drawn from the entries, for two from two entries.

    Each page is asked for twice: the second time it is warm, as every figure of a page here. What the first time takes is the disk's.
    """
    store = SqliteStore(path)
    draw = random.Random(5)
    last = store.head().seq
    warm, cold = {}, []
    for names in [*((name,) for name in FILTERS), *PAIRS]:
        pairs = [timed(store, names, last, draw) for _turn in range(DRAWN)]
        cold += [first for first, _second in pairs]
        warm[names] = statistics.median(second for _first, second in pairs)
        report(f"first page of {last + 1:,} by {' and '.join(names)}, p50", warm[names], "ms", budget=20)
    report(f"the slowest of these {len(warm)} medians", max(warm.values()), "ms", budget=20)
    report("all of these pages when nothing has been asked before, p50", statistics.median(cold), "ms")
    store.close()


def timed(store, names, last, draw):
    """Milliseconds of a page's first and second time."""
    query = Query(
        limit=PAGE, reverse=True, **dict(itertools.chain(*(drawn(store, name, last, draw) for name in names)))
    )
    moments = [time.perf_counter()]
    for _turn in range(2):
        store.rows(query)
        moments.append(time.perf_counter())
    return [1000 * (after - before) for before, after in itertools.pairwise(moments)]


def drawn(store, name, last, draw):
    """A value of a filter that occurs, and stands for something."""
    if name == "day":
        since = draw.randrange(max(last - 20_000, 1))
        return [("after", since), ("before", since + 17_000)]
    while True:
        place = draw.randrange(1, last)
        ((_seq, body, _hash, _void),) = store.rows(Query(after=place - 1, before=place + 1))
        said = json.loads(body)
        value = said["action"].partition(".")[0] if name == "module" else said[name]
        if value:
            return [(name, value)]


def report(name, value, unit, budget=None, peer=None) -> None:
    figure = {"name": f"journal: {name}", "value": round(value, 4), "unit": unit, "budget": budget}
    if peer is not None:
        figure |= {"peer": round(peer, 4), "ratio": round(value / peer, 4)}
    print(json.dumps(figure), flush=True)


if __name__ == "__main__":
    main()
