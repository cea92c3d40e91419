"""Which index answers a question, and that it answers the same as a walk over everything (R-7.1)."""

import itertools

import pytest

from govrepo.journal.entry import Entry, Query
from govrepo.journal.rows import selection
from govrepo.journal.search import INDEXES, search, sqlite_index
from govrepo.journal.sqlite import SqliteStore

VALUES = {
    "subject": ["/a", "/b", "/none"],
    "subject_uid": ["u1", "u2"],
    "actor": ["person:p1", "person:p2"],
    "action": ["delivery.open", "session.login", "delivery.none"],
    "module": ["delivery", "session", "none"],
    "address": ["10.0.0.1", "10.0.0.2"],
    "result": ["allowed", "refused"],
    "certificate": ["0A"],
    "after": [5],
    "before": [30],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = SqliteStore(tmp_path_factory.mktemp("search") / "journal.sqlite")
    entries = [
        Entry(action, actor, result, subject=subject, subject_uid=f"u{len(subject)}", address=address, certificate="0A")
        for action, actor, result, subject, address in itertools.product(
            ("delivery.open", "delivery.read", "session.login"), VALUES["actor"], ("allowed", "refused"), ("/a", "/b"), ("10.0.0.1", "")
        )
    ]  # fmt: skip
    opened.append("ab" * 16, entries)
    yield opened
    opened.close()


@pytest.mark.parametrize("names", [*itertools.combinations(VALUES, 1), *itertools.combinations(VALUES, 2)])
@pytest.mark.parametrize(("reverse", "index"), [(False, sqlite_index), (True, sqlite_index), (True, lambda _query: "")])
def test_one_and_two_filters_find_what_a_walk_finds(store, names, reverse, index):
    everything = store.records(Query())
    for values in itertools.product(*(VALUES[name] for name in names)):
        wanted = Query(**dict(zip(names, values, strict=True)), reverse=reverse, limit=7)
        expected = [each.seq for each in everything if fits(each, wanted)]
        assert [row[0] for row in search(store._read, wanted, index)] == (expected[::-1] if reverse else expected)[:7]


def fits(found, query):
    said = vars(found.entry) | {"module": found.entry.action.partition(".")[0]}
    given = {name: value for name, value in vars(query).items() if name in said and value is not None}
    after, before = query.after or -1, query.before or 10**9
    return after < found.seq < before and all(said[name] == value for name, value in given.items())


@pytest.mark.parametrize(("name", "filters"), INDEXES)
def test_each_index_yields_its_entries_in_order_without_sorting(store, name, filters):
    given = {each: "x" for each in filters if each != "refused"} | ({"result": "x"} if "refused" in filters else {})
    sql, values = selection(Query(**given, after=1, limit=3, reverse=True), name)
    plan = str(store._read(f"EXPLAIN QUERY PLAN {sql}", values))
    assert f"USING INDEX {name} " in plan
    assert "TEMP B-TREE" not in plan
