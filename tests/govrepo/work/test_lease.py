import logging
import threading
from datetime import timedelta

import pytest
import transaction
from ZODB.POSException import ConflictError, StorageError

from govrepo import clock
from govrepo.work import lease as module
from govrepo.work.lease import LENGTH, Lease, LeaseLostError, Tenure


@pytest.fixture
def tenure(database, tmp_path):
    """Makes tenures, each on a host of its own if asked, and closes them."""
    made = []

    def make(host="same"):
        made.append(Tenure(database, tmp_path / host / "worker.lock"))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def hosts(monkeypatch):
    """Lets the test say which host it is on."""

    def on(name):
        monkeypatch.setattr(module, "_host", lambda: name)

    return on


def test_a_lease_runs_for_its_length_and_no_longer():
    lease, now = Lease(), clock.now()
    with clock.frozen(now):
        assert not lease.running
        lease.holder = "h x"
        lease.renew()
        assert lease.running
    with clock.frozen(now + LENGTH):
        assert not lease.running


def test_a_lease_from_a_future_the_clock_came_back_from_has_run_out():
    lease, now = Lease(), clock.now()
    lease.holder = "h x"
    with clock.frozen(now):
        lease.renew()
    with clock.frozen(now - timedelta(days=4000)):
        assert not lease.running


def test_one_host_has_one_holder_until_it_ends(tenure):
    first, second = tenure(), tenure()
    assert first.acquire()
    assert not second.acquire()
    first.close()
    assert second.acquire()


def test_another_host_waits_until_the_lease_is_given_back(tenure, hosts):
    hosts("a")
    first = tenure("a")
    assert first.acquire()
    hosts("b")
    second = tenure("b")
    assert not second.acquire()
    hosts("a")
    first.close()
    hosts("b")
    assert second.acquire()


def test_another_host_takes_over_when_a_dead_holders_lease_has_run_out(tenure, hosts, site):
    hosts("a")
    assert tenure("a").acquire()
    hosts("b")
    second = tenure("b")
    now = clock.now()
    with clock.frozen(now + LENGTH - timedelta(seconds=1)):
        assert not second.acquire()
    with clock.frozen(now + LENGTH + timedelta(seconds=1)):
        assert second.acquire()
    transaction.begin()
    assert site.work.lease.holder == second.holder


def test_on_one_host_the_lock_tells_that_the_holder_is_dead(tenure, site):
    site.work.lease.holder = f"{module._host()} killed"
    site.work.lease.renew()
    transaction.commit()
    assert tenure().acquire()


def test_who_lost_the_lease_is_told_before_working(tenure, site):
    one = tenure()
    assert one.acquire()
    transaction.begin()
    one.require(site.work.lease, site._p_jar)
    transaction.abort()
    site.work.lease.holder = "b other"
    transaction.commit()
    with pytest.raises(LeaseLostError):
        one.require(site.work.lease, site._p_jar)


def test_who_loses_the_lease_while_working_cannot_commit(tenure, database, site):
    one = tenure()
    assert one.acquire()
    transaction.begin()
    one.require(site.work.lease, site._p_jar)
    site["late"] = True
    with database.transaction() as connection:
        connection.root()["app_root"].work.lease.holder = "b other"
    with pytest.raises(ConflictError):
        transaction.commit()
    transaction.abort()
    assert "late" not in site


def test_renewing_does_not_disturb_the_holders_commits(tenure, site, monkeypatch):
    one = tenure()
    assert one.acquire()
    transaction.begin()
    one.require(site.work.lease, site._p_jar)
    site["fine"] = True
    one._with_lease(one._renew)
    transaction.commit()
    assert site["fine"]


def test_a_held_lease_is_renewed(tenure, site, monkeypatch):
    monkeypatch.setattr(module, "RENEW_SECONDS", 0.01)
    one = tenure()
    assert one.acquire()
    transaction.begin()
    first, waiting = site.work.lease.pulse.expires, threading.Event()
    for _ in range(500):
        transaction.begin()
        if site.work.lease.pulse.expires > first:
            break
        waiting.wait(0.01)
    assert site.work.lease.pulse.expires > first


def test_a_lost_lease_is_neither_renewed_nor_given_back(tenure, site):
    one = tenure()
    assert one.acquire()
    transaction.begin()
    site.work.lease.holder = "b other"
    transaction.commit()
    before = site.work.lease.pulse.expires
    one._with_lease(one._renew)
    one.close()
    transaction.begin()
    assert (site.work.lease.holder, site.work.lease.pulse.expires) == ("b other", before)


def test_a_failed_renewal_is_logged_and_tried_again(tenure, monkeypatch, caplog):
    monkeypatch.setattr(module, "RENEW_SECONDS", 0.01)
    one, twice, calls = tenure(), threading.Event(), []

    def broken(lease):
        calls.append(lease)
        if len(calls) == 2:
            twice.set()
        raise StorageError("gone")

    monkeypatch.setattr(one, "_renew", broken)
    with caplog.at_level(logging.WARNING):
        assert one.acquire()
        assert twice.wait(10)
        one.close()
    assert "lease not renewed: StorageError" in caplog.text


def test_a_conflict_in_taking_it_is_a_no(tenure, monkeypatch, hosts):
    one = tenure()

    def conflict(lease):
        raise ConflictError

    monkeypatch.setattr(one, "_take", conflict)
    assert not one.acquire()


def test_without_a_site_there_is_nothing_to_hold(tenure, database):
    with database.transaction() as connection:
        del connection.root()["app_root"]
    assert not tenure().acquire()
