import json
from datetime import UTC, datetime

from govrepo import clock
from govrepo.journal.chain import ZERO, canonical, digest
from govrepo.journal.entry import Query
from govrepo.journal.rows import Row, not_committed, record, row, selection
from tests.govrepo.journal.support import act


def test_a_row_says_where_it_stands_and_what_was_done():
    with clock.frozen(datetime(2013, 5, 6, tzinfo=UTC)):
        first = row(Row.of(None), "ab" * 16, act("/厅", details={"n": 1}))
    said = json.loads(first.body)
    assert (first.seq, first.hash, first.body) == (0, digest(first.body), canonical(said))
    assert (said["seq"], said["prev"], said["txn"], said["time"]) == (0, ZERO, "ab" * 16, 1_367_798_400_000_000)
    assert (said["subject"], said["details"], said["voids"]) == ("/厅", {"n": 1}, None)


def test_the_next_row_names_the_one_before():
    assert json.loads(row(Row.of((6, "f" * 64)), "", act()).body)["prev"] == "f" * 64
    assert row(Row.of((6, "f" * 64)), "", act()).seq == 7


def test_a_row_reads_back_as_its_entry():
    entry = not_committed("ab" * 16)
    made = row(Row.of(None), "cd" * 16, entry, voids="ab" * 16)
    found = record(*made, 0)
    assert (found.entry, found.txn, found.voids, found.committed) == (entry, "cd" * 16, "ab" * 16, True)
    assert not record(*made, 1).committed


def test_only_our_own_words_enter_the_sql():
    sql, values = selection(Query(after=1, subject="'; DROP TABLE entries; --", limit=5, reverse=True))
    assert "DROP" not in sql
    assert sql.endswith("WHERE e.seq > ? AND e.subject = ? ORDER BY e.seq DESC LIMIT ?")
    assert values == [1, "'; DROP TABLE entries; --", 5]
    assert selection(Query())[1] == []
