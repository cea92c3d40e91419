"""Journal and database compared (SOD-12): an untouched site has no gap; whatever is changed behind the back of either is found and named."""

import sqlite3
from contextlib import closing

import pytest
import transaction
from pyramid.traversal import find_resource

from content_types.delivery import Delivery
from govrepo import clock, work
from govrepo.database import opened
from govrepo.journal import Entry
from policies import reconciliation
from policies.engine import tables
from tests.app import close_app, reopen, running, site
from tests.policies.bench import Bench, later
from tests.policies.reconciling import deliveries, gaps, kinds, run, standing
from tests.policies.test_comparison import change_state, forget_a_line, forget_the_history


@pytest.fixture
def app(tmp_path):
    with standing(tmp_path) as app:
        yield app


@pytest.fixture
def scene(app):
    return deliveries(app)


def test_an_untouched_site_has_no_gap(app, scene):
    run(app, 3)
    assert gaps(app) == []
    with site(app) as root:
        point = root.reconciliation
        assert (point.sweep, dict(point.suspects)) == (None, {})
        assert point.seq > 100
        assert point.checked > 10


def test_the_sample_documents_have_no_gap(tmp_path):
    """A year of every kind of act: sent, signed for, returned, recalled, corrected, distributed, registered."""
    with running(tmp_path, documents=True) as app:
        run(app)
        assert gaps(app) == []
        with site(app) as root:
            assert root.reconciliation.sweep is None
            assert root.reconciliation.checked > 300


def test_an_object_nobody_made_is_found(app, scene):
    """A copy of a delivery, put into the box by hand."""
    run(app)
    with site(app) as root:
        real = find_resource(root, scene["signed"])
        copy = Delivery(real.dispatch, real.box, real.address)
        copy.history, copy.state = real.history, real.state
        real.__parent__["invented"] = copy
    run(app)
    (found,) = gaps(app)
    assert found[0].endswith("/invented")
    assert {each.kind for each in found[1]} == {"missing_entry"}


def test_an_entry_for_what_never_happened_is_found(app, scene):
    run(app)
    with site(app) as root:
        delivery = find_resource(root, scene["opened"])
        details = {"from": "opened", "to": "signed", "at": clock.micros(clock.now())}
        subject = {"subject": scene["opened"], "subject_uid": delivery.uid}
        app.registry.journal.append_now(Entry("delivery.sign_for", "person:p9", **subject, details=details))
    run(app)
    assert {kind for _path, kind in kinds(app)} == {"missing_history", "state"}
    ((path, found),) = gaps(app)
    assert path == scene["opened"]
    named = {record.seq for record in app.registry.journal.entries(actor="person:p9")}
    assert {each.seq for each in found} == named, "the gap names the entry"


def test_the_database_set_back_is_found(app, scene, tmp_path):
    """Yesterday's database under today's journal."""
    run(app)
    with site(app) as root:
        position = root._p_jar.db().storage._pos
    with site(app) as root:
        bench = Bench(root, app.registry)
        bench.act("office.registry1", find_resource(root, scene["opened"]), "sign_for")
    close_app(app)
    with (tmp_path / "var" / "Data.fs").open("r+b") as file:
        file.truncate(position)
    (tmp_path / "var" / "Data.fs.index").unlink(missing_ok=True)
    app = reopen(tmp_path)
    try:
        run(app)
        assert {kind for path, kind in kinds(app) if path == scene["opened"]} >= {"missing_history", "state"}
    finally:
        close_app(app)


def test_what_is_seen_once_is_no_gap(app, scene):
    """An act half-way: the journal has it, the snapshot does not yet."""
    run(app)
    with site(app) as root:
        delivery = find_resource(root, scene["signed"])
        history = delivery.history
        delivery.history = history[:-1]
    run(app, 1)
    with site(app) as root:
        assert list(root.reconciliation.suspects) == [scene["signed"]]
        find_resource(root, scene["signed"]).history = history
    run(app)
    assert gaps(app) == []
    with site(app) as root:
        assert dict(root.reconciliation.suspects) == {}


def test_one_finding_is_one_gap(app, scene):
    with site(app) as root:
        change_state(find_resource(root, scene["signed"]))
    for _night in range(3):
        run(app, 3)
        later(days=1)
    assert len(gaps(app)) == 1
    with site(app) as root:
        find_resource(root, scene["signed"]).state = "closed"
    run(app)
    assert [found[0].found for _path, found in gaps(app)] == ["pending", "closed"]


def test_what_was_mended_and_breaks_again_is_told_again(app, scene):
    for state in ("pending", "signed", "pending"):
        with site(app) as root:
            find_resource(root, scene["signed"]).state = state
        run(app)
        with site(app) as root:
            assert (scene["signed"] in root.reconciliation.known) is (state == "pending")


def test_many_at_once_are_one_gap(app, scene, monkeypatch):
    """As after a restore: who comes in finds one page, not hundreds."""
    monkeypatch.setattr(reconciliation, "MOST_SINGLE", 1)
    with site(app) as root:
        for path in scene.values():
            change_state(find_resource(root, path))
        find_resource(root, scene["opened"]).history = ()
    run(app)
    ((path, found),) = gaps(app)
    assert path == ""
    assert {(each.kind, each.expected.split(" ")[0]) for each in found} >= {
        ("state", each) for each in scene.values()
    } - {("state", scene["opened"])}
    later(days=1)
    run(app, 3)
    assert len(gaps(app)) == 1


@pytest.mark.parametrize("moved", [False, True])
def test_a_sealed_period_is_compared_while_it_is_here(app, scene, tmp_path, moved):
    """What stands in a file that was moved elsewhere is left out on both sides; what follows is not."""
    later(minutes=1)
    with site(app) as root:
        sealed = app.registry.journal.seal(root, app.registry.system_key, tmp_path / "var" / "checkpoints")
    path = sealed.path(tmp_path / "var" / "journal.sqlite")
    if moved:
        path.rename(tmp_path / path.name)
        assert app.registry.journal.whole_since() == sealed
    later(minutes=1)
    with site(app) as root:
        Bench(root, app.registry).act("office.registry1", find_resource(root, scene["opened"]), "sign_for")
    run(app, 3)
    assert gaps(app) == []
    with site(app) as root:
        forget_the_history(find_resource(root, scene["signed"]))
        forget_a_line(find_resource(root, scene["opened"]))
    run(app)
    found = {path for path, kind in kinds(app) if kind == "missing_history"}
    assert found == ({scene["opened"]} if moved else set(scene.values()))


def test_a_gap_is_journaled_without_content(app, scene):
    with site(app) as root:
        change_state(find_resource(root, scene["signed"]))
    run(app)
    (entry,) = [each.entry for each in app.registry.journal.entries(action="journal_gap.find")]
    assert (entry.actor, entry.reason) == ("system", f"{scene['signed']}: state")


def test_a_run_is_bounded_and_goes_on_where_it_stopped(app, scene, monkeypatch):
    monkeypatch.setattr(reconciliation, "SECONDS", 0.0)
    seen = []
    for _turn in range(5):
        run(app, 1)
        with site(app) as root:
            seen.append(root.reconciliation.seq)
    assert seen == [0, 1, 2, 3, 4]
    monkeypatch.setattr(reconciliation, "SECONDS", 60.0)
    run(app)
    assert gaps(app) == []


def test_a_refused_act_and_a_reading_are_no_acts(app, scene):
    with site(app) as root:
        uid = find_resource(root, scene["signed"]).uid
    subject = {"subject": scene["signed"], "subject_uid": uid}
    details = {"from": "signed", "to": "closed"}
    app.registry.journal.append_now(Entry("delivery.note", "person:p9", "refused", **subject, details=details))
    app.registry.journal.append_now(Entry("document.read", "person:p9", **subject))
    run(app)
    assert gaps(app) == []


def test_a_transaction_that_did_not_commit_is_no_act(app, scene):
    with opened(app.registry) as root:
        transaction.begin()
        Bench(root, app.registry).act("office.registry1", find_resource(root, scene["opened"]), "sign_for")
        transaction.get().join(_Refusing(root._p_jar.transaction_manager))
        with pytest.raises(RuntimeError, match="not this time"):
            transaction.commit()
    run(app)
    assert gaps(app) == []
    assert list(app.registry.journal.entries(action="journal.not_committed"))


class _Refusing:
    """A participant that lets the commit fail after the journal has voted."""

    def __init__(self, manager):
        self.transaction_manager = manager

    def sortKey(self):  # noqa: N802 - the interface's.
        return "\U0010ffff~"

    def tpc_vote(self, _transaction):
        raise RuntimeError("not this time")

    def abort(self, _transaction):
        """Nothing kept."""

    tpc_begin = commit = tpc_finish = tpc_abort = abort


def test_the_worker_does_it_every_minute_and_at_start_up(app, scene, tmp_path):
    work.drain(app.registry)
    with site(app) as root:
        assert (root.reconciliation.sweep, root.reconciliation.seq > 0) == (None, True)
        find_resource(root, scene["signed"]).state = "pending"
    for _turn in range(2):
        later(minutes=2)
        work.drain(app.registry)
    assert kinds(app) == {(scene["signed"], "state")}
    close_app(app)
    app = reopen(tmp_path)
    with opened(app.registry) as root:
        assert root.reconciliation.sweep == 0
    close_app(app)


def test_a_journal_changed_in_its_file_is_a_gap(app, scene, tmp_path):
    """The worker's watch: the entries since the last checkpoint are hashed anew."""
    work.drain(app.registry)
    with site(app) as root:
        watched = root.journal_witnesses.watched
        Bench(root, app.registry).act("office.registry1", find_resource(root, scene["opened"]), "sign_for")
    assert watched > 0
    head = app.registry.journal.head().seq
    later(minutes=16)
    with site(app) as root:
        app.registry.journal.checkpoint(app.registry.system_key, tmp_path / "var" / "checkpoints")
    with closing(sqlite3.connect(tmp_path / "var" / "journal.sqlite")) as stock:
        stock.executescript(
            f"DROP TRIGGER entries_unchanged; UPDATE entries SET body = replace(body, 'sign_for', 'return') WHERE seq = {head}"  # noqa: S608 - ours.
        )
    with site(app) as root:
        reconciliation.watch(work.Job(root, app.registry, {}, 1))
    with site(app) as root:
        assert root.journal_witnesses.watched == watched
    ((path, (found,)),) = gaps(app)
    assert (path, found.kind, found.seq) == ("", "journal_changed", head)


def test_an_entry_made_unreadable_is_a_gap_and_no_failure(app, scene, tmp_path):
    run(app)
    with closing(sqlite3.connect(tmp_path / "var" / "journal.sqlite")) as stock:
        stock.executescript("DROP TRIGGER entries_unchanged; UPDATE entries SET body = '{}' WHERE seq = 40")
    later(days=1)
    run(app)
    ((path, (found,)),) = gaps(app)
    assert (path, found.kind, found.seq) == ("", "journal_changed", 40)


def test_every_table_tells_facts_of_plain_values(app, scene):
    with site(app) as root:
        told = {table.noun: table for table in tables()}["delivery"].told(find_resource(root, scene["signed"]))
    assert set(told) == {"opened_at", "opened_by", "signed_at", "signed_by", "capacity", "receipts"}
