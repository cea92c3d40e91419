"""The database's upkeep: sizes, one pack at a time, the journal untouched (R-7.2)."""

import pytest

from govrepo import clock
from govrepo.database import database
from govrepo.upkeep import KEPT, Pack, PackRunningError, Upkeep, pack, sizes
from govrepo.work import Job
from tests.app import site


def asked(days=1):
    return Pack(clock.now(), "person:p1", "甲", days)


def test_one_pack_at_a_time():
    upkeep = Upkeep()
    assert upkeep.running is None
    upkeep.ask(asked())
    with pytest.raises(PackRunningError):
        upkeep.ask(asked())
    upkeep.finish(100, 60)
    assert upkeep.running is None
    assert (upkeep.packs[0].before, upkeep.packs[0].after, upkeep.packs[0].error) == (100, 60, "")
    upkeep.ask(asked())


def test_only_the_last_packs_are_remembered():
    upkeep = Upkeep()
    for number in range(KEPT + 5):
        upkeep.ask(asked(number))
        upkeep.finish(1, 1)
    assert [len(upkeep.packs), upkeep.packs[-1].days] == [KEPT, KEPT + 4]


def test_the_sizes_are_those_of_the_files(app):
    var = app.registry.govrepo_settings.path("var")
    found = sizes(app.registry)
    assert found.database == (var / "Data.fs").stat().st_size
    assert found.journal >= (var / "journal.sqlite").stat().st_size
    (var / "blobs" / "more").write_bytes(b"x" * 1000)
    assert sizes(app.registry).blobs == found.blobs + 1000
    assert found.objects > 500
    assert found.free > 0


def packed(app, days=1):
    with site(app) as root:
        root.upkeep.ask(asked(days))
    with site(app) as root:
        pack(Job(root, app.registry, {}, 1))
        return root.upkeep.packs[-1]


def test_packing_drops_old_revisions_and_leaves_the_journal_alone(app):
    for number in range(50):
        with site(app) as root:
            root.grants_fingerprint = f"{number}" * 1000
    head = app.registry.journal.head()
    database(app.registry).pack(days=1)  # Whatever was older; the next one finds only today's.
    before = database(app.registry).getSize()
    done = packed(app)
    assert done.error == ""
    assert done.ended is not None
    assert done.after <= done.before
    assert before > 50_000
    assert app.registry.journal.head() == head
    database(app.registry).pack()
    assert database(app.registry).getSize() < before - 40_000


def test_a_pack_that_fails_is_told_and_the_next_may_be_asked_for(app):
    blocker = app.registry.govrepo_settings.path("var") / "Data.fs.pack"
    blocker.mkdir()
    done = packed(app)
    assert done.error
    blocker.rmdir()
    assert packed(app).error == ""


def test_without_a_pack_asked_for_nothing_is_packed(app):
    with site(app) as root:
        pack(Job(root, app.registry, {}, 1))
        assert root.upkeep.packs == ()
