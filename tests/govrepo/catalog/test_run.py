"""Checks and rebuilds in steps: resumable, one at a time, never in the way of the site, and as thorough as at a stroke."""

import pytest
import transaction

from govrepo.catalog import Eq
from govrepo.catalog import run as runs
from govrepo.catalog.problems import Kind, Problem
from govrepo.catalog.run import CHECK, REBUILD, Run, RunningError, begin, break_off, last, percent, running, step
from tests.govrepo.catalog.samples import FACETED, Letter, enter, letters_of, make_site, uids


@pytest.fixture(autouse=True)
def short_steps(monkeypatch):
    monkeypatch.setattr(runs, "LIMITS", (4, 3, 5, 2))
    monkeypatch.setattr(runs, "OBJECTS", 3)


@pytest.fixture
def site():
    return make_site(FACETED)


@pytest.fixture
def register(site):
    register = letters_of(site, FACETED)
    letters = enter(
        register, 10, box=lambda n: f"b{n % 3}", tags=lambda n: [f"t{n % 4}", "a"], day=lambda n: n % 3 or None
    )
    site.update({letter.uid: letter for letter in letters})
    return register


def go(register, site):
    """Step to the end; how far it was after each step."""
    run, seen = running(register), []
    while step(register, site):
        seen.append(percent(register, run))
    return seen


def asked(register, act=CHECK):
    return begin(register, act, "p1", "管理员")


def test_a_sound_register_is_found_sound(register, site):
    run = asked(register)
    seen = go(register, site)
    assert (run.number, run.problems, run.error) == (0, (), "")
    assert run.ended is not None
    assert running(register) is None
    assert last(register, CHECK) is run
    assert last(register, REBUILD) is None
    assert len(seen) > 20
    assert seen == sorted(seen)
    assert seen[0] < 10
    assert 90 < seen[-1] <= 100


def lose_a_posting(main):
    main.forward("box")["b1"].remove(2)


def invent_a_posting(main):
    main.forward("order")[2].insert(1)


def forget_a_row(main):
    main.rows.remove(7)


def change_silently(main):
    main.objects[9].state = "s9"


def forget_a_bit(main):
    main.bitmaps.facet("tags")["t2"].remove(3)


@pytest.mark.parametrize("damage", [lose_a_posting, invent_a_posting, forget_a_row, change_silently, forget_a_bit])
def test_in_steps_the_same_is_found_as_at_a_stroke(register, site, damage):
    damage(register.data.main)
    run = asked(register)
    go(register, site)
    assert list(map(str, run.problems)) == register.check(site.values())
    assert run.number >= 1


def test_what_lies_in_the_folders_and_is_not_listed_is_found_and_entered(register, site):
    site["forgotten"] = Letter("forgotten")
    site["pending"] = Letter("pending")
    register.changed(site["pending"])
    run = asked(register)
    go(register, site)
    assert list(map(str, run.problems)) == ["forgotten is not in the register"]
    run = asked(register, REBUILD)
    go(register, site)
    assert run.found == 12
    assert set(uids(register.query(Eq("box", "b1"), sort="order"))) == {"forgotten", "pending", "l1", "l4", "l7"}


def test_problems_beyond_a_number_are_counted_only(register, site, monkeypatch):
    monkeypatch.setattr(runs, "SHOWN", 2)
    for letter in site.values():
        letter.state = "silent"
    run = asked(register)
    go(register, site)
    assert (len(run.problems), run.number) == (2, 10)


def test_one_at_a_time(register, site):
    asked(register, REBUILD)
    for act in (CHECK, REBUILD):
        with pytest.raises(RunningError):
            asked(register, act)
    go(register, site)
    asked(register)


def test_only_the_latest_are_remembered(register, site):
    for _ in range(runs.KEPT + 3):
        asked(register)
        go(register, site)
    assert len(register.data.runs) == runs.KEPT


def test_nothing_to_do_is_no_step(register, site):
    assert step(register, site) is False
    break_off(register)
    assert register.data.runs == ()


def test_a_rebuild_mends_and_folding_rests_meanwhile(register, site):
    lose_a_posting(register.data.main)
    run = asked(register, REBUILD)
    assert register.fold(10) == 0
    step(register, site)
    site["l4"].box = "b9"
    register.changed(site["l4"])
    register.removed(site.pop("l8"))
    assert register.drain() == 0, "folding rests"
    assert uids(register.query(Eq("box", "b9"), sort="order")) == ["l4"]
    seen = go(register, site)
    assert seen == sorted(seen)
    assert register.drain() == 2
    assert register.check(site.values()) == []
    assert register.count() == 9
    assert (run.found, run.error, run.coming) == (10, "", None)


def test_a_rebuild_that_is_broken_off_leaves_the_old_indexes(register, site):
    asked(register, REBUILD)
    step(register, site)
    assert register.data.coming is not None
    break_off(register)
    assert register.data.coming is None
    assert step(register, site) is False
    assert register.check(site.values()) == []
    assert last(register, REBUILD).error == "broken off"


def test_a_rebuild_on_the_command_line_overtakes(register, site):
    run = asked(register, REBUILD)
    step(register, site)
    register.rebuild(site.values())
    go(register, site)
    assert run.error == "overtaken"
    assert register.check(site.values()) == []


def test_an_empty_register_is_rebuilt_too():
    site = make_site(FACETED)
    register = letters_of(site, FACETED)
    asked(register, REBUILD)
    go(register, site)
    assert (last(register, REBUILD).found, register.check()) == (0, [])


@pytest.mark.parametrize("act", [CHECK, REBUILD])
def test_a_run_goes_on_in_another_process(database, act):
    """After every step the database is closed to this connection and another one goes on, as after a kill."""
    with database.transaction() as connection:
        site = connection.root()["app_root"] = make_site(FACETED)
        for number in range(10):
            site[f"l{number}"] = Letter(f"l{number}", order=number)
            letters_of(site, FACETED).changed(site[f"l{number}"])
        letters_of(site, FACETED).drain()
        letters_of(site, FACETED).data.main.forward("order")[1].insert(9)
        begin(letters_of(site, FACETED), act, "p1", "管理员")
    more = True
    while more:
        with database.transaction() as connection:
            site = connection.root()["app_root"]
            more = step(letters_of(site, FACETED), site)
        connection = database.open(transaction.TransactionManager())
        step(letters_of(connection.root()["app_root"], FACETED), connection.root()["app_root"])
        connection.transaction_manager.abort()  # Killed: this step never was.
        connection.close()
    with database.transaction() as connection:
        register = letters_of(connection.root()["app_root"], FACETED)
        run = register.data.runs[-1]
        assert isinstance(run, Run)
        if act == CHECK:
            assert run.problems == (Problem(Kind.UNFOUNDED, "order", "9"),)
        else:
            assert register.check(connection.root()["app_root"].values()) == []
