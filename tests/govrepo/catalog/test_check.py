"""Each way a register can go wrong is found, and mended by a rebuild."""

import pytest
import transaction
from persistent.mapping import PersistentMapping
from ZODB.POSException import ConflictError

from govrepo.catalog import Eq, RegisterDeclaration
from govrepo.catalog.check import in_tree
from tests.govrepo.catalog.samples import FACETED, LETTERS, Letter, Note, enter, letters_of, make_site, uids


def test_a_sound_register_has_nothing_to_report(register):
    enter(register, 20, tags=lambda n: ["a", f"t{n}"] if n % 2 else ())
    register.changed(Letter("pending"))
    assert register.check() == []


def lose_an_object(main):
    del main.objects[2]


def swap_objects(main):
    main.objects[1], main.objects[2] = main.objects[2], main.objects[1]


def forget_a_row(main):
    main.rows.remove(2)


def change_silently(main):
    main.objects[2].box = "b9"


def lose_a_posting(main):
    main.forward("box")["b1"].remove(2)


def invent_a_posting(main):
    main.forward("tags")["nonsense"] = type(main.rows)([2])


def misplace_a_posting(main):
    main.forward("order")[2].insert(1)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lose_an_object, "row tables differ: 3, 2, 3, 3"),
        (lose_an_object, "row 2 does not lead to its object"),
        (swap_objects, "row 1 does not lead to its object"),
        (forget_a_row, "row 2 does not lead to its object"),
        (change_silently, "index box holds for l1 another value than the object"),
        (lose_a_posting, "index box does not list row 2 under each of its values"),
        (invent_a_posting, "index tags lists row 2 under a value that it does not hold"),
        (misplace_a_posting, "index order lists row 1 under a value that it does not hold"),
    ],
)
def test_damage_is_found_and_mended(register, damage, words):
    letters = enter(register, 3)
    damage(register.data.main)
    assert any(words in problem for problem in register.check())
    register.rebuild(letters)
    assert register.check(letters) == []
    assert register.count() == 3


def forget_a_bit(main):
    main.bitmaps.facet("box")["b1"].remove(2)


def invent_a_bitmap(main):
    main.bitmaps.move("tags", 2, frozenset(), frozenset(["nonsense"]))


def lose_a_bitmap(main):
    del main.bitmaps.facet("day")[None]


def miscount(main):
    main.bitmaps.facet("box")["b1"].count = 9


def forget_a_row_of_all(main):
    main.bitmaps.rows.remove(2)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (forget_a_bit, "index box has a bitmap that differs from its 3 rows"),
        (invent_a_bitmap, "index tags has a bitmap that differs from its 0 rows"),
        (lose_a_bitmap, "index day has a bitmap that differs from its 3 rows"),
        (miscount, "index box has a bitmap that differs from its 3 rows"),
        (forget_a_row_of_all, "the bitmap of all rows lists 2, 3 rows"),
    ],
)
def test_damage_to_bitmaps_is_found_and_mended(damage, words):
    register = letters_of(make_site(FACETED), FACETED)
    letters = enter(register, 3)
    assert register.check(letters) == []
    damage(register.data.main)
    assert register.check(letters) == [words]
    register.rebuild(letters)
    assert register.check(letters) == []


def standing_problems(register, letter):
    return [str(problem) for problem in register.standing(letter).problems]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lose_an_object, "row 2 does not lead to its object"),
        (forget_a_row, "row 2 does not lead to its object"),
        (change_silently, "index box holds for l1 another value than the object"),
        (lose_a_posting, "index box does not list row 2 under each of its values"),
        (forget_a_bit, "index box has a bitmap that differs from its 1 rows"),
    ],
)
def test_one_entry_is_checked_by_itself(damage, words):
    register = letters_of(make_site(FACETED), FACETED)
    letters = enter(register, 3)
    assert standing_problems(register, letters[1]) == []
    damage(register.data.main)
    assert standing_problems(register, letters[1]) == [words]
    assert standing_problems(register, letters[2]) == []
    register.changed(letters[1])
    assert standing_problems(register, letters[1]) == [], "it is about to change"
    assert standing_problems(register, Letter("forgotten")) == ["forgotten is not in the register"]


def test_a_changed_declaration_is_reported(register):
    newer = RegisterDeclaration("letters", (Letter,), LETTERS.indexes, version=2)
    register.declaration = newer
    assert register.check() == ["the declaration has changed since the register was built: rebuild it"]
    register.rebuild()
    assert register.check() == []


def test_objects_that_should_be_in_the_register_are_missed(register):
    entered = enter(register, 2)
    register.changed(Letter("pending"))
    forgotten = Letter("forgotten")
    objects = [*entered, forgotten, Letter("pending")]
    assert register.check(objects) == ["forgotten is not in the register"]
    assert register.rebuild(objects) == 4
    assert register.check(objects) == []


def test_objects_are_found_in_folders():
    root = PersistentMapping(a=Letter("a"), note=Note(), folder=PersistentMapping(b=Letter("b")))
    assert sorted(letter.uid for letter in in_tree(root, (Letter,))) == ["a", "b"]


def test_a_site_works_on_while_its_register_is_rebuilt(database, monkeypatch):
    """Requests change, add and remove between a rebuild's commits, the worker tries to fold: nothing is lost."""
    monkeypatch.setattr("govrepo.catalog.check.BATCH", 5)
    connection = database.open()
    register = letters_of(connection.root()["app_root"])
    enter(register, 20)
    transaction.commit()
    steps = []

    def checkpoint():
        transaction.commit()
        steps.append(1)
        if len(steps) == 3:
            work_on(database)

    assert register.rebuild(checkpoint=checkpoint) == 20
    assert len(steps) > 4
    expected = {f"l{number}" for number in range(20)} - {"l3", "l17"} | {"fresh"}
    for _ in range(2):
        assert set(uids(register.query(sort="order"))) == expected
        assert uids(register.query(Eq("box", "b9"), sort="order")) == ["l4", "l18"]
        register.drain()
    transaction.commit()
    assert register.check() == []
    connection.close()


def work_on(database):
    manager = transaction.TransactionManager()
    connection = database.open(manager)
    register = letters_of(connection.root()["app_root"])
    letters = {letter.uid: letter for letter in register.query(sort="order").objects}
    for uid in ("l4", "l18"):
        letters[uid].box = "b9"
        register.changed(letters[uid])
    for uid in ("l3", "l17"):
        register.removed(letters[uid])
    register.changed(Letter("fresh"))
    manager.commit()
    assert register.fold(100) == 0
    assert register.drain() == 0
    assert "a rebuild was broken off and folding rests: rebuild again" in register.check()
    manager.abort()
    connection.close()


@pytest.mark.parametrize("single", [True, False], ids=["in one transaction", "with checkpoints"])
def test_a_rebuild_and_a_fold_at_the_same_time_exclude_each_other(database, single):
    """The fold that began before the rebuild must not commit after it: its entries would be missing."""
    connection, manager = database.open(), transaction.TransactionManager()
    register = letters_of(connection.root()["app_root"])
    register.changed(Letter("l"))
    register.fold(10)
    transaction.commit()
    other = database.open(manager)
    folding = letters_of(other.root()["app_root"])
    assert folding.fold(10) == 1
    register.rebuild(checkpoint=None if single else transaction.commit)
    transaction.commit()
    with pytest.raises(ConflictError):
        manager.commit()
    manager.abort()
    assert register.drain() == 1
    transaction.commit()
    assert register.check() == []
    other.close()
    connection.close()


def test_a_rebuild_in_one_transaction_notices_a_fold_that_was_faster(database):
    connection, manager = database.open(), transaction.TransactionManager()
    register = letters_of(connection.root()["app_root"])
    letter = Letter("l")
    register.changed(letter)
    register.fold(10)
    transaction.commit()
    register.rebuild()
    other = database.open(manager)
    assert letters_of(other.root()["app_root"]).fold(10) == 1
    manager.commit()
    with pytest.raises(ConflictError):
        transaction.commit()
    transaction.abort()
    assert uids(register.query(sort="order")) == ["l"]
    other.close()
    connection.close()
