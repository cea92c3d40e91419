import threading
from collections import Counter
from datetime import timedelta
from enum import StrEnum

import pytest
import transaction
from ZODB.POSException import ConflictError

from govrepo import clock
from govrepo.work import PayloadError, enqueue
from govrepo.work.queue import LONG_LANE, MOVE_AT_ONCE, Item, Lane, Shelf, WorkQueue, describe, dump_payload


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize("value", [None, True, 3, 2.5, "厅文", [1, ["a"]], {"a": {"b": []}}, Colour.RED])
def test_plain_json_is_a_payload(value):
    assert Item("x", {"key": value}).fresh_payload() == {"key": value}


@pytest.mark.parametrize(
    "value", [object(), (1, 2), {1: 2}, b"x", float("nan"), float("inf"), {"deep": [{1}]}, clock.now()]
)
def test_anything_else_is_refused_by_key_and_type_without_its_content(value):
    with pytest.raises(PayloadError, match="payload 'secret'") as caught:
        dump_payload({"fine": 1, "secret": value})
    assert type(value).__name__ in str(caught.value)
    assert repr(value) not in str(caught.value)


def test_attempts_do_not_see_each_others_changes():
    item = Item("x", {"list": [1]})
    item.fresh_payload()["list"].append(2)
    assert item.fresh_payload() == {"list": [1]}


def test_ids_sort_by_age():
    with clock.frozen(clock.now() - timedelta(seconds=1)):
        older = Item("x", {})
    assert older.id < Item("x", {}).id


def test_an_error_is_described_in_one_short_line():
    assert describe(ValueError("two\nlines")) == "ValueError: two lines"
    assert len(describe(ValueError("x" * 1000))) == 300


def state(**items):
    return {"items": items}


def test_lanes_merge_puts_and_takes_even_when_one_side_empties():
    merged = Lane()._p_resolveConflict(state(a=1), state(), state(a=1, b=2))
    assert merged == state(b=2)
    merged = Lane()._p_resolveConflict(state(a=1), state(a=1, b=2), state())
    assert merged == state(b=2)
    merged = Lane()._p_resolveConflict(state(), state(a=1), state(b=2))
    assert merged == state(a=1, b=2)


def test_lanes_refuse_two_takes_of_one_item():
    with pytest.raises(ConflictError):
        Lane()._p_resolveConflict(state(a=1, b=2), state(b=2), state(b=2, c=3))


def test_a_shelf_knows_its_length_and_order():
    shelf = Shelf()
    items = [Item("x", {}) for _ in range(3)]
    for item in reversed(items):
        shelf.put(item.id, item)
    lowest = min(items, key=lambda item: item.id)
    assert shelf.first() is lowest
    assert shelf.take(lowest.id) is lowest
    assert shelf.take(lowest.id) is None
    assert len(shelf) == len(list(shelf)) == 2


def test_an_empty_queue_has_nothing_to_offer():
    queue = WorkQueue()
    assert queue.peek(clock.now()) is None
    assert queue.oldest() is None
    assert not queue.crowded
    assert Shelf().first() is None


def test_retries_come_when_due_and_then_first():
    queue, now = WorkQueue(), clock.now()
    new, failed = Item("new", {}), Item("failed", {})
    queue.put(new)
    queue.postpone(failed, now + timedelta(seconds=5))
    assert queue.peek(now) is new
    assert queue.due_retries(now) == 0
    assert queue.peek(now + timedelta(seconds=5)) is failed
    assert queue.due_retries(now + timedelta(seconds=5)) == 1
    assert queue.take(failed)
    assert not queue.take(failed)


def test_long_lanes_move_to_the_ready_shelf_in_bounded_portions():
    queue = WorkQueue()
    items = [Item("x", {"n": n}) for n in range(MOVE_AT_ONCE + LONG_LANE + 1)]
    for item in items:
        queue.put(item)
    first = queue.peek(clock.now())
    assert queue.crowded
    assert max(len(lane.items) for lane in queue.lanes) < 3 * LONG_LANE, "a backlog spreads over the lanes"
    queue.clear_lanes()
    assert (len(queue.ready), queue.new_items()) == (MOVE_AT_ONCE, LONG_LANE + 1)
    assert queue.peek(clock.now()) is first is queue.oldest() is min(items, key=lambda item: item.id)
    queue.clear_lanes()
    assert queue.new_items() == 0
    assert queue.take(items[5])
    assert len(queue.ready) == len(items) - 1


class Party:
    """Threads on one database that count their conflicts."""

    def __init__(self, database):
        self.database = database
        self.conflicts = Counter()
        self.errors = []

    def run(self, *tasks):
        threads = [threading.Thread(target=self._guard, args=(task,)) for task in tasks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not self.errors

    def _guard(self, task):
        manager = transaction.TransactionManager()
        connection = self.database.open(transaction_manager=manager)
        try:
            task(connection, manager)
        except Exception as error:  # noqa: BLE001 - Shown by run().
            self.errors.append(error)
        finally:
            manager.abort()
            connection.close()

    def commit(self, kind, manager, act):
        while True:
            manager.begin()
            result = act()
            try:
                manager.commit()
            except ConflictError:
                self.conflicts[kind] += 1
                manager.abort()
            else:
                return result


EACH = 60


def test_eight_enqueuers_and_one_consumer_never_conflict(on_disk):
    party, done, seen = Party(on_disk), threading.Event(), []

    def enqueuer(connection, manager):
        for n in range(EACH):
            party.commit("enqueue", manager, lambda n=n: enqueue(connection.root()["app_root"], "x", n=n))

    def consume_one(queue):
        item = queue.peek(clock.now())
        return item.id if item is not None and queue.take(item) else None

    def consumer(connection, manager):
        while len(seen) < 8 * EACH and not done.wait(0):
            taken = party.commit("consume", manager, lambda: consume_one(connection.root()["app_root"].work))
            if taken:
                seen.append(taken)

    party.run(*[enqueuer] * 8, consumer)
    assert party.conflicts == {}
    assert len(set(seen)) == len(seen) == 8 * EACH
    with on_disk.transaction() as connection:
        assert connection.root()["app_root"].work.peek(clock.now()) is None


def test_moving_long_lanes_does_not_conflict_with_enqueuers_either(on_disk):
    party = Party(on_disk)

    def enqueuer(connection, manager):
        for n in range(EACH):
            party.commit("enqueue", manager, lambda n=n: enqueue(connection.root()["app_root"], "x", n=n))

    def mover(connection, manager):
        for _ in range(EACH):
            party.commit("move", manager, connection.root()["app_root"].work.clear_lanes)

    party.run(*[enqueuer] * 4, mover)
    assert party.conflicts == {}
    with on_disk.transaction() as connection:
        queue = connection.root()["app_root"].work
        assert queue.new_items() + len(queue.ready) == 4 * EACH


def test_two_consumers_of_one_item_do_conflict(on_disk):
    with on_disk.transaction() as connection:
        enqueue(connection.root()["app_root"], "x")
    managers = [transaction.TransactionManager() for _ in range(2)]
    connections = [on_disk.open(transaction_manager=manager) for manager in managers]
    for connection in connections:
        queue = connection.root()["app_root"].work
        assert queue.take(queue.peek(clock.now()))
    managers[0].commit()
    with pytest.raises(ConflictError):
        managers[1].commit()
    for manager, connection in zip(managers, connections, strict=True):
        manager.abort()
        connection.close()
