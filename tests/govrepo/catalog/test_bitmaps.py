"""Bitmaps hold what the indexes hold, in small pieces, in every connection and after every kind of end."""

import pytest
import transaction
from pyroaring import BitMap

from govrepo.catalog.bitmaps import Bitmaps, Chunk, RowBitmap
from govrepo.catalog.main import Main
from tests.govrepo.catalog.samples import FACETED, LETTERS, Letter


@pytest.fixture
def main():
    made = Main(FACETED)
    for number in range(3):
        put(made, Letter(f"l{number}", day=number or None, tags=["a", f"t{number}"]))
    return made


def put(main, letter):
    main.put(letter.uid, letter, FACETED.values(letter))


def rows(main, name, value):
    return list(main.bitmaps.of(name, value))


def test_only_facets_have_bitmaps(main):
    assert sorted(main.bitmaps.by_index) == ["box", "day", "tags"]
    assert main.bitmaps.facet("state") is None
    assert Main(LETTERS).bitmaps is None


def test_an_entry_stands_in_the_bitmap_of_each_of_its_values(main):
    assert list(main.bitmaps.rows.whole()) == [1, 2, 3]
    assert rows(main, "box", "b1") == [1, 2, 3]
    assert rows(main, "tags", "a") == [1, 2, 3]
    assert rows(main, "tags", "t1") == [2]
    assert rows(main, "day", None) == [1]
    assert rows(main, "day", 77) == []


def test_a_changed_entry_moves_and_an_empty_bitmap_goes(main):
    put(main, Letter("l1", box="b2", tags=["a", "b"]))
    assert rows(main, "box", "b1") == [1, 3]
    assert rows(main, "box", "b2") == [2]
    assert rows(main, "tags", "a") == [1, 2, 3]
    assert list(main.bitmaps.facet("tags")) == ["a", "b", "t0", "t2"]
    assert rows(main, "day", None) == [1, 2]
    put(main, Letter("l1", box="b2"))
    assert rows(main, "tags", "a") == [1, 3]


def test_a_dropped_entry_leaves_no_bit(main):
    main.drop("l0")
    main.drop("l2")
    assert list(main.bitmaps.rows.whole()) == [2]
    assert list(main.bitmaps.facet("tags")) == ["a", "t1"]
    assert main.bitmaps.facet("box")["b1"].count == 1


def test_ranges_leave_missing_values_out(main):
    assert [list(each) for each in main.bitmaps.between("day", None, None)] == [[2], [3]]
    assert [list(each) for each in main.bitmaps.between("day", 2, None)] == [[3]]


def test_values_of_an_index_that_was_not_noted_stay(main):
    main.put("l1", main.objects[2], {"box": "b9"})
    assert rows(main, "box", "b9") == [2]
    assert rows(main, "tags", "t1") == [2]


def test_rows_lie_in_chunks_and_a_chunk_without_rows_goes():
    bitmap = RowBitmap()
    for row in (1, 65_535, 65_536, 200_000):
        bitmap.add(row)
    assert list(bitmap.chunks) == [0, 1, 3]
    assert list(bitmap.whole()) == [1, 65_535, 65_536, 200_000]
    bitmap.remove(65_536)
    assert list(bitmap.chunks) == [0, 3]
    assert list(bitmap.whole()) == [1, 65_535, 200_000]
    with pytest.raises(KeyError):
        bitmap.remove(2)
    assert bitmap.count == 3


def test_a_chunk_is_stored_in_the_portable_format():
    chunk = Chunk()
    chunk.rows.update([1, 5, 65_535])
    state = chunk.__getstate__()
    assert BitMap.deserialize(state) == BitMap([1, 5, 65_535])
    other = Chunk()
    other.__setstate__(state)
    assert other.rows == chunk.rows


def test_every_connection_sees_the_committed_bits_and_no_aborted_ones(database):
    first = database.open()
    first.root()["bitmaps"] = bitmaps = Bitmaps(["box"])
    bitmaps.move("box", 1, frozenset(), frozenset(["b1"]))
    transaction.commit()
    manager = transaction.TransactionManager()
    second = database.open(manager)
    theirs = second.root()["bitmaps"]
    assert list(theirs.of("box", "b1")) == [1]
    bitmaps.move("box", 70_000, frozenset(), frozenset(["b1"]))
    assert list(bitmaps.of("box", "b1")) == [1, 70_000]
    assert list(theirs.of("box", "b1")) == [1]
    transaction.abort()
    assert list(bitmaps.of("box", "b1")) == [1]
    bitmaps.move("box", 2, frozenset(), frozenset(["b1"]))
    bitmaps.move("box", 1, frozenset(["b1"]), frozenset(["b2"]))
    transaction.commit()
    manager.begin()
    assert list(theirs.of("box", "b1")) == [2]
    assert list(theirs.of("box", "b2")) == [1]
    assert theirs.facet("box")["b1"].count == 1
    manager.abort()
    second.close()
    first.close()


def test_a_change_writes_its_chunks_and_nothing_else(database):
    connection = database.open()
    connection.root()["bitmaps"] = bitmaps = Bitmaps(["box"])
    for row in range(1, 5 * 65_536, 7):
        bitmaps.move("box", row, frozenset(), frozenset(["b1"]))
    transaction.commit()
    before = database.getSize()
    bitmaps.move("box", 8, frozenset(["b1"]), frozenset(["b2"]))
    transaction.commit()
    assert database.getSize() - before < 20_000
    connection.close()
