import pytest

from govrepo.catalog import Eq, UnknownIndexError
from govrepo.catalog.main import Main
from govrepo.catalog.sets import rows
from tests.govrepo.catalog.samples import LETTERS, Letter


@pytest.fixture
def main():
    made = Main(LETTERS)
    for number in range(3):
        put(made, Letter(f"l{number}", order=number, tags=["a"]))
    return made


def put(main, letter):
    main.put(letter.uid, letter, LETTERS.values(letter))


def test_rows_are_dense_positive_and_in_order_of_arrival(main):
    assert list(main.row_of.items()) == [("l0", 1), ("l1", 2), ("l2", 3)]
    assert list(main.rows) == [1, 2, 3]
    assert main.size == 3


def test_a_changed_object_keeps_its_row(main):
    put(main, Letter("l1", order=9, tags=["b", "c"]))
    assert main.row_of["l1"] == 2
    assert main.objects[2].order == 9
    assert main.reverse("order")[2] == 9
    assert list(rows(Eq("tags", "a"), main)) == [1, 3]
    assert list(rows(Eq("tags", "c"), main)) == [2]
    assert main.size == 3


def test_keywords_may_go_away(main):
    put(main, Letter("l1", tags=()))
    assert list(rows(Eq("tags", "a"), main)) == [1, 3]
    assert 2 not in main.reverse("tags")


def test_a_dropped_object_leaves_no_trace_and_its_row_is_not_used_again(main):
    main.drop("l2")
    main.drop("l2")
    assert main.size == 2
    assert all(3 not in main.reverse(name) for name in main.catalog)
    put(main, Letter("l3"))
    assert main.row_of["l3"] == 4


def test_a_missing_value_stands_in_the_index(main):
    assert list(rows(Eq("day", None), main)) == [1, 2, 3]


def test_the_type_of_an_index_is_that_of_its_values(main):
    assert main.key_type("order") is int
    assert main.key_type("box") is str
    assert main.key_type("day") is None
    assert Main(LETTERS).key_type("order") is None


def test_an_unknown_index_is_named(main):
    with pytest.raises(UnknownIndexError, match="no index colour"):
        main.column("colour")


def test_values_of_an_index_that_is_not_built_are_left_out(main):
    main.put("l9", Letter("l9"), {"order": 4, "later": 1})
    assert main.reverse("order")[4] == 4
    assert 4 not in main.reverse("box")
