"""Sealing the journal's present period (R-7.2): asked for by the auditor, done by the worker, told by the journal."""

from datetime import timedelta

import pytest
import transaction

from govrepo import clock, work
from govrepo.journal import Entry
from govrepo.journal.verify import verify
from policies import journal_period as policy
from policies.engine import Refused
from policies.journal_gap import unexplained
from policies.reconciliation import reconcile
from tests import postgres
from tests.app import drain, running, site
from tests.policies.bench import Bench, local


def ask(bench, note="2013年第一季度", login="auditor"):
    return policy.ask(bench.root, note, bench.actor(login))


def test_it_is_work_for_the_worker(bench):
    before = bench.work()
    ask(bench)
    assert bench.work() == sorted([*before, "journal.seal"])
    assert [entry.reason for entry in bench.journaled("journal.seal")] == ["2013年第一季度"]


@pytest.mark.parametrize("note", ["", "  "])
def test_a_period_has_a_name(bench, note):
    with pytest.raises(Refused) as caught:
        ask(bench, note)
    assert list(caught.value.fields) == ["note"]


@pytest.mark.parametrize("login", ["admin", "tech", "security", "office.leader", "gz.clerk"])
def test_r_7_2_nobody_but_the_auditor(bench, login):
    with pytest.raises(Refused):
        ask(bench, login=login)


def committed(app, note):
    with site(app) as root, transaction.manager:
        policy.ask(root, note, Bench(root, app.registry).actor("auditor"))


def test_it_is_sealed_once_and_nothing_is_lost(app):
    registry, journal = app.registry, app.registry.journal
    before = journal.head()
    committed(app, "2013年第一季度")
    committed(app, "再一次")  # Before the worker came: one sealing answers both.
    assert policy.asked(registry).entry.reason == "再一次"
    drain(app)
    (period,) = journal.segments()
    assert (period.first, period.last > before.seq, policy.asked(registry)) == (0, True, None)
    assert [each.entry.action for each in journal.entries(after=period.last, limit=1)] == ["journal.sealed"]
    folder = registry.govrepo_settings.path("checkpoints")
    assert (folder / f"{period.size:012d}.checkpoint").exists()
    anchor, path = {before.seq: before.hash}, registry.govrepo_settings.path("journal")
    report = verify(path, anchor, key=registry.system_key.public)
    assert (report.broken, report.entries) == (None, journal.head().seq + 1)


def test_it_is_tried_again_while_a_transaction_is_open(app, monkeypatch):
    monkeypatch.setattr("govrepo.journal.sealing.PATIENCE", 0.01)
    store = app.registry.journal._store
    store.prepare("ab" * 16, [Entry("person.create", "system")], [])
    committed(app, "2013年第一季度")
    drain(app)
    assert store.segments() == []
    with site(app) as root:
        assert work.summary(root).retrying == 1
    store.settle([], ["ab" * 16])
    with clock.frozen(clock.now() + timedelta(days=1)):
        drain(app)
    assert len(store.segments()) == 1


def reconciled(app):
    """The gaps after what the worker does each minute."""
    for _turn in range(2):
        with site(app) as root:
            reconcile(work.Job(root, app.registry, {}, 1))
    with site(app) as root:
        return unexplained(root)


def test_a_period_kept_elsewhere_is_no_gap(app, tmp_path):
    """What its entries said cannot be compared with the database until its file is back."""
    clock.travel(local("2013-01-07 10:00"))
    settings, journal = app.registry.govrepo_settings, app.registry.journal
    with site(app) as root:
        Bench(root, app.registry).signed()
    with site(app) as root:
        period = journal.seal(root, app.registry.system_key, settings.path("checkpoints"))
    path = period.path(settings.path("journal"))
    path.rename(tmp_path / "tape")
    assert reconciled(app) == 0
    (tmp_path / "tape").rename(path)
    assert reconciled(app) == 0
    clock.reset()


def test_a_period_of_a_journal_in_postgresql_is_written_as_a_file(tmp_path):
    with postgres.running() as server:
        url = server.url(server.journal(), postgres.ROLE)
        with running(tmp_path, organisation=False, journal=url) as app:
            settings = app.registry.govrepo_settings
            for _twice in range(2):  # The worker may be killed after the sealing.
                with site(app) as root:
                    policy.seal(work.Job(root, app.registry, {"sealed": 0}, 1))
            (period,) = app.registry.journal.segments()
            (path,) = settings.path("journal_periods").iterdir()
            report = verify(path, key=app.registry.system_key.public, deep=True)
            assert (path.name, report.broken) == (app.registry.journal.files()[0], None)
            assert (report.entries, report.head) == (period.size, period.head)
