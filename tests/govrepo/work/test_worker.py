import logging
import sys
import threading

import pytest
import transaction
from pyramid.config import Configurator
from pyramid.exceptions import ConfigurationConflictError
from ZODB.POSException import StorageError

from govrepo import clock, work
from govrepo.work import worker as module
from govrepo.work.consumer import Consumer
from govrepo.work.lease import LeaseLostError
from govrepo.work.worker import Worker

from .conftest import make_registry


class Waiting:
    """A handler one can wait for."""

    def __init__(self):
        self.done = []
        self.changed = threading.Event()

    def __call__(self, job):
        job.root.update(done=True)
        self.done.append(threading.current_thread())
        self.changed.set()

    def wait(self, seconds=10):
        assert self.changed.wait(seconds)
        self.changed.clear()


@pytest.fixture
def handler():
    return Waiting()


@pytest.fixture
def embedded(database, tmp_path, handler):
    """An application's registry, as it is before the application is created."""
    registry = make_registry(database, tmp_path, {"wait": handler})
    registry.govrepo_settings._values["worker"] = "thread"
    yield registry
    work.close(registry)


def create_application(registry):
    config = Configurator(registry=registry)
    return config.make_wsgi_app()


def test_an_embedded_worker_lets_requests_go_first(embedded):
    before = sys.getswitchinterval()
    try:
        create_application(embedded)
        assert sys.getswitchinterval() == pytest.approx(0.0005)
    finally:
        sys.setswitchinterval(before)


def test_an_embedded_worker_is_woken_by_the_commit(site, embedded, handler, monkeypatch):
    monkeypatch.setattr(module, "POLL_SECONDS", 60)
    create_application(embedded)
    for _ in range(5):
        work.enqueue(site, "wait")
        transaction.commit()
        handler.wait()
    assert {thread.name for thread in handler.done} == {"govrepo-worker"}


def test_it_sleeps_when_nothing_is_due(site, embedded, handler, monkeypatch):
    steps = []

    class Counting(Consumer):
        def step(self):
            steps.append(1)
            return super().step()

    monkeypatch.setattr(module, "Consumer", Counting)
    create_application(embedded)
    work.enqueue(site, "wait")
    transaction.commit()
    handler.wait()
    assert not handler.changed.wait(0.5)
    assert len(steps) < 10


def test_without_a_bell_it_polls(site, embedded, handler, monkeypatch):
    monkeypatch.setattr(module, "listen", lambda bell: None)
    create_application(embedded)
    work.enqueue(site, "wait")
    transaction.commit()
    handler.wait()


def test_a_frozen_clock_does_not_stop_it(site, embedded, handler):
    with clock.frozen(clock.now()):
        create_application(embedded)
        work.enqueue(site, "wait")
        transaction.commit()
        handler.wait()
        work.close(embedded)


@pytest.mark.parametrize("setting", ["none", "process"])
def test_other_modes_start_no_thread(site, embedded, setting):
    embedded.govrepo_settings._values["worker"] = setting
    create_application(embedded)
    assert embedded.worker is None
    work.close(embedded)


def test_closing_ends_the_thread_and_gives_the_lease_back(site, embedded):
    create_application(embedded)
    worker = embedded.worker
    work.close(embedded)
    assert not worker._thread.is_alive()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("govrepo-")]
    transaction.begin()
    assert site.work.lease.holder == ""
    work.close(embedded)


def test_it_waits_for_the_site_to_be_made(database, embedded, handler, monkeypatch):
    monkeypatch.setattr(module, "LEASE_POLL_SECONDS", 0.01)
    with database.transaction() as connection:
        root = connection.root()
        root["apart"] = root.pop("app_root")
    create_application(embedded)
    with database.transaction() as connection:
        root = connection.root()
        root["app_root"] = root.pop("apart")
        work.enqueue(root, "wait")
    handler.wait()


def test_a_second_worker_waits_for_the_first(site, embedded, handler, monkeypatch):
    monkeypatch.setattr(module, "LEASE_POLL_SECONDS", 0.01)
    first, second = Worker(embedded), Worker(embedded)
    first.start()
    work.enqueue(site, "wait")
    transaction.commit()
    handler.wait()
    second.start()
    work.enqueue(site, "wait")
    transaction.commit()
    handler.wait()
    first.close()
    work.enqueue(site, "wait")
    transaction.commit()
    handler.wait()
    second.close()
    assert handler.done == [first._thread, first._thread, second._thread]


def test_a_waiting_worker_can_be_stopped(embedded):
    first, second = Worker(embedded), Worker(embedded)
    first.start()
    second.start()
    second.close()
    first.close()
    assert not second._thread.is_alive()


def commit_holder(site, holder):
    """Write the lease's holder, against a worker that may be renewing it just now."""
    for attempt in transaction.manager.attempts(10):
        with attempt:
            site.work.lease.holder = holder


def test_a_worker_that_loses_its_lease_stops_working_until_it_is_free(site, embedded, handler, monkeypatch, caplog):
    monkeypatch.setattr(module, "LEASE_POLL_SECONDS", 0.01)
    create_application(embedded)
    work.enqueue(site, "wait")
    transaction.commit()
    handler.wait()
    commit_holder(site, "elsewhere other")
    work.enqueue(site, "wait")
    transaction.commit()
    pause = threading.Event()
    while "another worker has taken the lease" not in caplog.text:
        pause.wait(0.01)
    assert not handler.changed.wait(0.3)
    commit_holder(site, "")
    handler.wait()


def test_a_lost_lease_and_a_broken_storage_are_survived(embedded, monkeypatch, caplog):
    monkeypatch.setattr(module, "STUMBLE_SECONDS", 0.01)
    worker, troubles = Worker(embedded), [LeaseLostError("x"), StorageError("秘密"), None]

    def serve():
        trouble = troubles.pop(0)
        if trouble is None:
            worker.stop()
        else:
            raise trouble

    monkeypatch.setattr(worker, "_serve", serve)
    with caplog.at_level(logging.WARNING):
        worker.run()
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR"]
    assert "StorageError at test_worker.py" in caplog.text
    assert "秘密" not in caplog.text


def test_directives_refuse_two_handlers_of_one_name():
    config = Configurator()
    config.include("govrepo.settings")
    config.include("govrepo.work")
    config.commit()
    config.include(_first)
    config.include(_second)
    with pytest.raises(ConfigurationConflictError):
        config.commit()


def _first(config):
    config.add_work_handler("twice", print)


def _second(config):
    config.add_work_handler("twice", repr)


def test_directives_take_dotted_names():
    config = Configurator()
    config.include("govrepo.settings")
    config.include("govrepo.work")
    config.add_work_handler("dotted", "govrepo.clock.now")
    config.commit()
    assert config.registry.work_handlers == {"dotted": clock.now}
