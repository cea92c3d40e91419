"""A journal of any length, quickly: a file whose chain holds, with people, objects, acts and addresses as an office has them.

Bodies are written as ``govrepo.journal.chain.canonical`` would write them (a test of the benchmark verifies the file); triggers
and indexes are made when all rows stand, as nobody else has the file meanwhile.
"""

import hashlib
import random
import sqlite3
import sys
from bisect import bisect
from contextlib import closing
from itertools import accumulate, islice
from pathlib import Path

from govrepo.journal import schema
from govrepo.journal.chain import ZERO

START = 1_357_000_000_000_000  # The beginning of 2013, in microseconds.
PEOPLE, ADDRESSES, BATCH = 1_000, 600, 50_000
ACTS = (  # Action, share of all entries, share of them that is refused, whether it is on an object.
    ("delivery.open", 22, 1, True), ("delivery.read", 20, 2, True), ("delivery.sign_for", 14, 2, True), ("session.login", 9, 8, False),
    ("session.logout", 6, 0, False), ("dispatch.prepare", 5, 0, True), ("dispatch.submit", 4, 1, True), ("dispatch.release", 4, 2, True),
    ("dispatch.send", 4, 0, True), ("assignment.assign", 4, 1, True), ("file_object.inspect", 3, 0, True), ("file_object.print", 1.5, 10, True),
    ("register.search", 1.5, 3, False), ("box.check_in", 1, 0, True), ("person.create", 0.1, 5, True), ("permission_change.approve", 0.1, 20, True),
    ("journal.export", 0.02, 0, False), ("certificate.suspend", 0.01, 0, True), ("database.pack", 0.005, 0, False), ("rule.change", 0.005, 30, False),
)  # fmt: skip
WEIGHTS = list(accumulate(share for _action, share, _refused, _on in ACTS))


def fill(path: Path, count: int, seed: int = 7) -> None:
    """Make a journal of so many entries."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-500000")
        schema.make(connection)
        late = _taken_off(connection)
        rows = _rows(count, random.Random(seed))
        for _batch in range(0, count, BATCH):
            connection.execute("BEGIN")
            connection.executemany("INSERT INTO entries (seq, body, hash) VALUES (?, ?, ?)", islice(rows, BATCH))
            connection.execute("COMMIT")
        for sql in late:
            connection.execute(sql)
        connection.execute("PRAGMA journal_mode=WAL")


def _taken_off(connection):
    """The statements that make indexes and triggers of the entries again."""
    kinds = "type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name = 'entries'"
    late = connection.execute(f"SELECT type, name, sql FROM sqlite_schema WHERE {kinds}").fetchall()
    for kind, name, _sql in late:
        connection.execute(f"DROP {kind} {name}")
    return [sql for _kind, _name, sql in late]


def _rows(count, draw):
    prev, time = ZERO, START
    objects = max(count // 6, 10)
    for seq in range(count):
        time += draw.randrange(10_000_000)
        body = _first(seq, time, prev) if seq == 0 else _body(seq, time, prev, draw, objects)
        prev = hashlib.sha256(body.encode()).hexdigest()
        yield seq, body, prev


def _first(seq, time, prev):
    return _text(seq, time, prev, "journal.found", "system", "", "", "allowed", "", "", "", '{"format":1}')


def _body(seq, time, prev, draw, objects):
    action, _share, refusals, on_object = ACTS[bisect(WEIGHTS, draw.random() * WEIGHTS[-1])]
    person = int(PEOPLE * draw.random() ** 2)
    # People sit at one of two places; one in fifty acts comes from anywhere.
    place = (person * 7 + (draw.random() < 0.2)) % ADDRESSES if draw.random() > 0.02 else draw.randrange(ADDRESSES)
    result = "refused" if draw.random() * 100 < refusals else "allowed"
    reason = "您没有办理此事的权限。" if result == "refused" else ""
    number = int(objects * draw.random() ** 1.5)
    subject, uid = (
        (f"/exchange/b{number % 200:03}/inbox/2013{number % 12 + 1:02}/{number:08x}", f"{number:032x}")
        if on_object
        else ("", "")
    )
    if action == "box.check_in":
        subject, uid = f"/exchange/b{number % 200:03}", f"b{number % 200:031x}"
    address = f"10.{place // 250}.{place % 250}.7"
    return _text(
        seq, time, prev, action, f"person:{person:08x}", address, f"{person:016X}", result, reason, subject, uid, "{}"
    )


def _text(seq, time, prev, *facts):
    action, actor, address, certificate, result, reason, subject, uid, details = facts
    session, version, txn = (
        f"{seq % 4096:016x}",
        f"sha256:{seq * 7919:064x}" if uid else "",
        f"{seq * 2654435761 % 2**128:032x}",
    )
    return (
        f'{{"action":"{action}","actor":"{actor}","address":"{address}","certificate":"{certificate}","details":{details},'
        f'"prev":"{prev}","reason":"{reason}","result":"{result}","seq":{seq},"session":"{session}","subject":"{subject}",'
        f'"subject_uid":"{uid}","time":{time},"txn":"{txn}","version":"{version}","voids":null}}'
    )


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]))
