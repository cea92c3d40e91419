"""What every journal store must do; a store's tests inherit this and give the ``open_store`` fixture.

``open_store()`` returns another opened store on the same journal, as another process would have it.
"""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from govrepo import clock
from govrepo.journal.chain import ZERO, canonical
from govrepo.journal.checkpoint import sign
from govrepo.journal.entry import Entry, Head, JournalUnavailableError, Query
from govrepo.journal.merkle import Tree, leaf
from govrepo.journal.sealing import BusyError
from govrepo.trust.system_key import SystemKey

TXN = [f"{number:032x}" for number in range(9)]


def act(subject="/a", actor="person:p1", **more):
    return Entry("document.change", actor, subject=subject, **more)


def all_of(txns):
    """Every transaction that is asked about has committed."""
    return txns


def body_of(found):
    """The text that is hashed, made again from what a reader gets."""
    said = vars(found.entry) | {"seq": found.seq, "time": clock.micros(found.time), "txn": found.txn}
    return canonical(said | {"prev": found.prev, "voids": found.voids})


def signer(folder):
    key = SystemKey.load(folder / "key.pem")
    return lambda genesis, size, root: sign(genesis, size, root, key)


def rows(store):
    return store.records(Query())


class JournalStoreContract:
    """Requirements R-7.2 and SOD-12 on a store."""

    @pytest.fixture
    def store(self, open_store):
        return open_store()

    # Entries and their chain.

    def test_a_new_journal_has_a_first_entry(self, store):
        (first,) = rows(store)
        assert (first.seq, first.prev, first.entry.action, first.entry.actor) == (0, ZERO, "journal.found", "system")
        assert (store.head().seq, store.head().hash) == (0, first.hash)

    def test_an_entry_comes_back_as_it_was_written(self, store):
        who = {"certificate": "C-1", "session": "s", "address": "::1"}
        what = {"subject": "/厅/收文", "subject_uid": "uid-7", "version": "sha256:ab", "reason": "签收人无证书"}
        details = {"件数": [1, 2.5, None, True], "o": {"b": "\x00\ud800"}}
        entry = Entry("delivery.sign_for", "person:p1", "refused", **who, **what, details=details)
        with clock.frozen(datetime(2013, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)):
            store.append(TXN[1], [entry])
            found = rows(store)[1]
            assert (found.entry, found.time, found.txn) == (entry, clock.now(), TXN[1])
        assert (found.committed, found.voids) == (True, None)

    def test_numbers_are_dense_and_each_entry_names_the_one_before(self, store, open_store):
        store.append(TXN[1], [act(), act()])
        open_store().prepare(TXN[2], [act()], [])
        store.append(TXN[3], [])
        store.append(TXN[4], [act()])
        found = rows(store)
        assert [each.seq for each in found] == [0, 1, 2, 3, 4]
        assert [each.prev for each in found[1:]] == [each.hash for each in found[:-1]]
        assert store.head().hash == found[-1].hash

    def test_opening_again_goes_on_with_the_same_chain(self, store, open_store):
        store.append(TXN[1], [act()])
        store.close()
        assert [each.seq for each in rows(open_store())] == [0, 1]

    def test_threads_and_processes_write_one_chain(self, store, open_store):
        stores = [store, open_store()]

        def write(number):
            for turn in range(10):
                stores[number % 2].append(f"{number:016x}{turn:016x}", [act(), act()])

        threads = [threading.Thread(target=write, args=[number]) for number in range(6)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        found = rows(store)
        assert [each.seq for each in found] == list(range(121))
        assert [each.prev for each in found] == [ZERO, *(each.hash for each in found[:-1])]
        assert all(left.txn == right.txn for left, right in zip(found[1::2], found[2::2], strict=True))

    def test_a_failed_write_leaves_nothing(self, store):
        with pytest.raises(AttributeError):
            store.append(TXN[1], [act(), None])
        store.prepare(TXN[1], [act()], [])
        with pytest.raises(JournalUnavailableError):
            store.prepare(TXN[1], [act(), act()], [])
        assert len(rows(store)) == 2
        assert store.open_transactions() == {TXN[1]: store.process}
        store.append(TXN[2], [act()])
        assert len(rows(store)) == 3

    @pytest.mark.parametrize(
        ("wanted", "expected"),
        [
            ({"module": "session"}, [2]),
            ({"module": "sess"}, []),
            ({"address": "10.0.0.8"}, [2]),
            ({"address": ""}, []),
            ({"subject_uid": "d-1"}, [1, 3]),
            ({"certificate": "0A"}, [3]),
            ({"subject_uid": "d-1", "result": "refused"}, [3]),
            ({"result": "allowed", "module": "document"}, [1]),
        ],
    )
    def test_the_auditor_searches_by_every_field(self, store, wanted, expected):
        """R-7.1."""
        refused = act(result="refused", subject_uid="d-1", certificate="0A")
        store.append(TXN[1], [act(subject_uid="d-1"), Entry("session.login", "person:p1", address="10.0.0.8"), refused])
        assert [each.seq for each in store.records(Query(**wanted)) if each.seq] == expected

    def test_a_moment_is_found_by_halving(self, store):
        start = datetime(2013, 1, 1, tzinfo=UTC)
        for day in range(1, 6):
            with clock.frozen(start + timedelta(days=day)):
                store.append(TXN[day], [act(), act()])
        with clock.frozen(start + timedelta(days=3)):
            assert store.first_since(clock.now()) == 5
        assert store.first_since(start + timedelta(days=3, seconds=1)) == 7
        assert store.first_since(start + timedelta(days=9)) == 11

    # The Merkle tree and its checkpoints.

    def test_the_tree_grows_with_the_entries_in_batches(self, store, open_store, monkeypatch):
        monkeypatch.setattr("govrepo.journal.statements.BATCH", 2)
        store.append(TXN[1], [act(), act()])
        assert [store.grow_tree(), open_store().grow_tree(), store.grow_tree()] == [2, 1, 0]
        assert (store.tree().size, len(store.tree().inclusion(1))) == (3, 2)

    def test_checkpoints_are_kept_for_ever_and_never_twice(self, store, tmp_path):
        key = SystemKey.load(tmp_path / "key.pem")
        made = [sign("ab" * 32, size, bytes(32), key) for size in (1, 3)]
        for each in made:
            store.keep_checkpoint(each)
        with pytest.raises(JournalUnavailableError):
            store.keep_checkpoint(made[0])
        assert store.checkpoints() == made
        assert store.checkpoints(2) == made[1:]
        assert store.checkpoints(newest=True, limit=1) == made[1:]

    # Sealed periods.

    def test_the_chain_goes_on_over_a_sealed_period(self, store, open_store, tmp_path):
        """R-7.2: nothing is lost, and entries, tree and checkpoints read as before."""
        store.append(TXN[1], [act("/1"), act("/2")])
        store.keep_checkpoint(sign(store.genesis(), 2, store.tree().root(0), SystemKey.load(tmp_path / "key.pem")))
        other = open_store()
        first = store.seal(signer(tmp_path), all_of)
        assert (first.first, first.last, first.genesis) == (0, 2, store.genesis())
        other.append(TXN[2], [act("/3")])
        second = other.seal(signer(tmp_path), all_of)
        store.append(TXN[3], [act("/4")])
        assert store.segments() == [first, second] == open_store().segments()
        found = rows(store)
        assert [each.seq for each in found] == list(range(len(found)))
        assert [each.prev for each in found[1:]] == [each.hash for each in found[:-1]]
        assert [each.seq for each in store.records(Query(reverse=True))] == [each.seq for each in found][::-1]
        assert [each.entry.subject for each in found if each.entry.action == "document.change"] == [
            "/1",
            "/2",
            "/3",
            "/4",
        ]
        assert [each.entry.action for each in found].count("journal.sealed") == 2
        assert store.records(Query(subject="/2", limit=1))[0].seq == 2
        assert store.head() == other.head() == Head(found[-1].seq, found[-1].hash)

    def test_the_tree_and_its_checkpoints_reach_over_the_seam(self, store, tmp_path):
        for turn in range(5):
            store.append(TXN[turn], [act(f"/{turn}")] * (turn + 1))
            if turn in (1, 3):
                store.seal(signer(tmp_path), all_of)
        while store.grow_tree():
            pass
        tree, plain = store.tree(), Tree({}, 0)
        plain.extend(leaf(body_of(each).encode()) for each in rows(store))
        assert (tree.size, tree.root()) == (plain.size, plain.root())
        sizes = [each.size for each in store.segments()]
        assert [tree.root(size) for size in sizes] == [plain.root(size) for size in sizes]
        assert [tree.inclusion(seq) for seq in range(tree.size)] == [plain.inclusion(seq) for seq in range(tree.size)]
        assert tree.consistency(*sizes) == plain.consistency(*sizes)
        assert [each.size for each in store.checkpoints()] == sizes
        assert [each.size for each in store.checkpoints(sizes[0] + 1)] == sizes[1:]
        assert [each.size for each in store.checkpoints(newest=True, limit=1)] == sizes[1:]
        assert all(each.root == plain.root(each.size).hex() for each in store.checkpoints())

    def test_a_moment_is_found_over_sealed_periods(self, store, tmp_path):
        start = clock.now()
        found = []
        for day in range(1, 7):
            with clock.frozen(start + timedelta(days=day)):
                found.append(store.head().seq + 1)
                store.append(TXN[day], [act(), act()])
                if day in (2, 4):
                    store.seal(signer(tmp_path), all_of)
        assert [store.first_since(start + timedelta(days=day)) for day in range(1, 7)] == found
        assert store.first_since(start + timedelta(days=9)) == store.head().seq + 1

    def test_no_period_is_sealed_over_an_open_transaction(self, store, tmp_path, monkeypatch):
        monkeypatch.setattr("govrepo.journal.sealing.PATIENCE", 0.02)
        store.prepare(TXN[1], [act()], [])
        store.prepare(TXN[2], [act()], [])
        with pytest.raises(BusyError, match="1 transactions are open"):
            store.seal(signer(tmp_path), lambda txns: [txn for txn in txns if txn == TXN[1]])
        assert store.segments() == []
        store.settle([], [TXN[2]])
        sealed = store.seal(signer(tmp_path), all_of)
        assert (sealed.last, store.open_transactions()) == (3, {})

    # Open transactions.

    def test_a_prepared_transaction_is_open_until_settled(self, store, open_store):
        store.prepare(TXN[1], [act()], [])
        other = open_store()
        other.prepare(TXN[2], [act()], [])
        assert store.open_transactions() == {TXN[1]: store.process, TXN[2]: other.process}
        store.prepare(TXN[3], [act()], [TXN[1]])
        other.settle([TXN[2]])
        assert store.open_transactions() == {TXN[3]: store.process}
        assert [each.committed for each in rows(store)] == [True] * 4

    def test_a_lost_transaction_is_declared_once_and_flagged(self, store, open_store):
        store.prepare(TXN[1], [act(), act()], [])
        store.append(TXN[2], [act()])
        store.settle([], [TXN[1]])
        open_store().settle([], [TXN[1]])
        found = rows(store)
        assert [each.committed for each in found] == [True, False, False, True, True]
        assert [each.voids for each in found] == [None, None, None, None, TXN[1]]
        said = found[-1].entry
        assert (said.action, said.actor, said.result, said.details) == (
            "journal.not_committed",
            "system",
            "failed",
            {"txn": TXN[1]},
        )
        assert store.open_transactions() == {}

    def test_no_entry_of_ours_can_declare_another_lost(self, store):
        store.append(TXN[1], [act()])
        store.append(TXN[2], [Entry("journal.not_committed", "person:p1", details={"txn": TXN[1], "voids": TXN[1]})])
        assert all(each.committed for each in rows(store))

    # Reading.

    @pytest.mark.parametrize(
        ("wanted", "expected"),
        [
            ({}, [0, 1, 2, 3, 4]),
            ({"after": 1}, [2, 3, 4]),
            ({"before": 2}, [0, 1]),
            ({"after": 0, "before": 4, "limit": 2, "reverse": True}, [3, 2]),
            ({"subject": "/b"}, [2, 4]),
            ({"actor": "person:p2"}, [3, 4]),
            ({"actor": "person:p2", "subject": "/b"}, [4]),
            ({"result": "refused"}, [1]),
            ({"action": "journal.found"}, [0]),
            ({"subject": "/b' OR 1=1 --"}, []),
            ({"limit": 0}, []),
        ],
    )
    def test_a_query_filters_orders_and_limits(self, store, wanted, expected):
        store.append(TXN[1], [act(result="refused"), act("/b"), act("/a", "person:p2"), act("/b", "person:p2")])
        assert [each.seq for each in store.records(Query(**wanted))] == expected

    # Life, death and refusal.

    def test_a_store_is_alive_until_closed(self, store, open_store):
        other = open_store()
        assert not store.is_dead(other.process)
        other.close()
        other.close()
        assert store.is_dead(other.process)
        store.sweep()
        assert not store.is_dead(store.process)

    def test_a_closed_store_refuses(self, store):
        store.probe()
        store.close()
        for attempt in (store.probe, store.head, lambda: store.append(TXN[1], [act()])):
            with pytest.raises(JournalUnavailableError):
                attempt()

    def test_time_in_the_journal_is_the_sites_time(self, store):
        with clock.frozen(clock.now() + timedelta(days=400)):
            store.append(TXN[1], [act()])
            assert rows(store)[1].time == clock.now()
