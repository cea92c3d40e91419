"""Countersigning (SOD-12, R-7.2): the last checkpoint of each day waits; nothing is signed that the journal contradicts."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from content_types.countersignature import Countersignature
from govrepo import clock, work
from govrepo.journal.checkpoint import sign
from govrepo.journal.verify import Break
from policies import countersignature as policy
from policies.actor import system_actor
from tests.app import close_app, make_app, site
from tests.policies.bench import later, local


def checkpoint(bench, size, at):
    with clock.frozen(local(at)):
        return sign(bench.registry.journal.genesis(), size, bytes([size]) * 32, bench.registry.system_key)


def test_the_last_of_each_day_that_is_over(bench):
    days = ["2013-01-05 09:00", "2013-01-05 23:59", "2013-01-06 00:00", "2013-01-07 09:00"]
    made = [checkpoint(bench, number, day) for number, day in enumerate(days, 1)]
    assert list(policy.last_of_days(made, clock.today())) == [made[1], made[2]]


def test_each_is_put_forward_once(bench):
    made = [policy.put_forward(bench.root, checkpoint(bench, 9, "2013-01-06 09:00"), system_actor(bench.registry))]
    made += [policy.put_forward(bench.root, made[0].checkpoint, system_actor(bench.registry))]
    assert made[0] is made[1]
    assert bench.root.journal_witnesses.put_forward == 9
    assert policy.waiting(bench.root) == made[:1]
    assert len(bench.journaled("countersignature.prepare")) == 1


def test_a_day_not_countersigned_the_day_after_is_overdue(bench):
    made = policy.put_forward(bench.root, checkpoint(bench, 9, "2013-01-06 09:00"), system_actor(bench.registry))
    assert not policy.overdue(made)
    later(days=1)
    assert policy.overdue(made)
    made.state = "signed"
    assert not policy.overdue(made)


def test_r_25_1_without_a_certificate_nothing_is_countersigned(bench):
    made = policy.put_forward(bench.root, checkpoint(bench, 9, "2013-01-06 09:00"), system_actor(bench.registry))
    assert "R-25.1" in bench.refusal("auditor", made, "sign")


def test_a_checkpoint_that_the_journal_contradicts_is_refused(bench, authority):
    from tests.policies.certificates import active  # noqa: PLC0415 - Beside its only use.

    active(bench, "auditor")
    made = policy.put_forward(bench.root, checkpoint(bench, 9, "2013-01-06 09:00"), system_actor(bench.registry))
    assert "SOD-12" in bench.refusal("auditor", made, "sign")


class Site:
    """A site with checkpoints of its own, countersigned without the browser: the attestation is made elsewhere."""

    def __init__(self, app, folder):
        self.app, self.journal, self.key = app, app.registry.journal, app.registry.system_key
        self.path, self.folder = folder / "var" / "journal.sqlite", folder / "var" / "checkpoints"

    def checkpoint(self):
        return self.journal.checkpoint(self.key, self.folder)

    def put_forward(self, made):
        with site(self.app) as root:
            policy.put_forward(root, made, system_actor(self.app.registry))

    def broken(self, size):
        with site(self.app) as root:
            return policy.broken(self.of(root, size), self.app.registry)

    def of(self, root, size):
        years = root["admin"]["countersignatures"].values()
        return next(year[str(size)] for year in years if str(size) in year)

    def note_signed(self, size):
        """As the act leaves it, for what follows from it."""
        with site(self.app) as root:
            root.journal_witnesses.keep_countersignature(size, b"{}")

    def sql(self, script):
        with closing(sqlite3.connect(self.path)) as stock:
            stock.executescript(
                "DROP TRIGGER IF EXISTS entries_unchanged; DROP TRIGGER IF EXISTS entries_kept;"
                f"DROP TRIGGER IF EXISTS entries_in_order; {script}"
            )


@pytest.fixture
def place(tmp_path):
    app = make_app(tmp_path)
    yield Site(app, tmp_path)
    close_app(app)


@pytest.fixture
def two(place):
    """Two checkpoints put forward, the first one countersigned."""
    made = [place.checkpoint()]
    place.put_forward(made[0])  # Journaled, so the next one is longer.
    made.append(place.checkpoint())
    place.put_forward(made[1])
    place.note_signed(made[0].size)
    return made


def test_a_sound_journal_may_be_countersigned(place, two):
    with site(place.app) as root:
        assert policy.last_signed(root, two[1].size) == two[0]
        assert policy.last_signed(root, two[0].size) is None
    assert [place.broken(each.size) for each in two] == [None, None]


def test_an_entry_changed_since_is_found(place, two):
    seq = two[0].size
    place.sql(f"UPDATE entries SET body = replace(body, 'countersignature', 'Countersignature') WHERE seq = {seq}")  # noqa: S608 - ours.
    assert place.broken(two[1].size) == Break(seq, "changed")


def test_an_entry_changed_before_is_bound_by_the_root(place, two):
    """Its hash in the tree no longer leads to the root that was countersigned."""
    place.sql("UPDATE nodes SET hash = zeroblob(32) WHERE level = 0 AND position = 3")
    place.sql("UPDATE nodes SET hash = zeroblob(32) WHERE level > 0")
    assert place.broken(two[1].size).kind in ("root", "changed")


def test_a_journal_set_back_is_found(place, two):
    place.sql(f"DELETE FROM entries WHERE seq >= {two[0].size}")  # noqa: S608 - ours.
    assert place.broken(two[1].size) == Break(two[0].size, "replayed")


def test_a_checkpoint_of_another_key_is_found(place, two, tmp_path):
    from govrepo.trust.system_key import SystemKey  # noqa: PLC0415 - Beside its only use.

    other = SystemKey.load(tmp_path / "other.pem")
    forged = sign(place.journal.genesis(), 5, place.journal.tree().root(5), other)
    place.put_forward(forged)
    assert place.broken(5) == Break(5, "forged")


def test_a_checkpoint_of_another_journal_is_found(place, two):
    place.put_forward(sign("ab" * 32, 5, place.journal.tree().root(5), place.key))
    assert place.broken(5) == Break(5, "strange")


def test_what_contradicts_is_filed_as_a_gap(place, two):
    with site(place.app) as root:
        policy.report(place.of(root, two[1].size), Break(7, "changed"), system_actor(place.app.registry))
    (entry,) = [each.entry for each in place.journal.entries(action="journal_gap.find")]
    assert entry.reason == ": journal_changed"


def test_the_worker_puts_the_days_forward(place):
    start = local("2013-03-01 10:00")
    clock.travel(start)
    try:
        for _day in range(4):
            work.drain(place.app.registry)
            clock.travel(clock.now() + timedelta(days=1))
        work.drain(place.app.registry)
        with site(place.app) as root:
            waiting = policy.waiting(root)
            assert all(isinstance(each, Countersignature) for each in waiting)
            assert [str(each.day) for each in waiting] == ["2013-03-01", "2013-03-02", "2013-03-03", "2013-03-04"]
            newest = policy.newest(root, place.app.registry, system_actor(place.app.registry))
            assert newest.size > waiting[-1].size
    finally:
        clock.reset()
