import logging
from datetime import timedelta

import pytest
import transaction
from pyramid.threadlocal import get_current_registry, get_current_request
from ZODB.POSException import ConflictError

from govrepo import clock, work
from govrepo.work import timed
from govrepo.work.backoff import CONFLICT_TRIES, LAST_ATTEMPT
from govrepo.work.consumer import Consumer, Outcome
from govrepo.work.lease import LeaseLostError
from govrepo.work.queue import LONG_LANE

from .conftest import make_registry


def enqueue(site, name, /, **payload):
    item_id = work.enqueue(site, name, **payload)
    transaction.commit()
    return item_id


def clash(job):
    """A handler whose first two commits meet a real conflict: somebody else changes the site meanwhile."""
    clashes = job.registry.clashes
    job.root["by handler"] = len(clashes)
    if len(clashes) < job.registry.clash_times:
        clashes.append(job.attempt)
        with job.root._p_jar.db().transaction() as connection:
            connection.root()["app_root"]["by other"] = len(clashes)


@pytest.fixture
def clashing(database, tmp_path):
    registry = make_registry(database, tmp_path, {"clash": clash})
    registry.clashes, registry.clash_times = [], 2
    return registry


def test_an_item_is_done_once(site, registry):
    enqueue(site, "make", name="a")
    assert work.drain(registry, site) == {"done": 1}
    assert work.drain(registry, site) == {}
    assert site["a"]["attempt"] == 1


def test_draining_without_a_root_uses_a_connection_of_its_own(site, registry):
    enqueue(site, "make", name="a")
    assert work.drain(registry) == {"done": 1}
    transaction.begin()
    assert "a" in site


def test_draining_refuses_to_lose_uncommitted_changes(site, registry):
    work.enqueue(site, "make", name="a")
    with pytest.raises(RuntimeError, match="commit"):
        work.drain(registry, site)
    transaction.commit()
    assert work.drain(registry, site) == {"done": 1}


def test_an_empty_database_has_no_work(registry):
    with registry._zodb_databases[""].transaction() as connection:
        del connection.root()["app_root"]
    assert work.drain(registry) == {}


def test_a_handler_knows_its_job_and_runs_as_content_code_does(site, database, tmp_path):
    seen = []

    def look(job):
        seen.append(job)
        assert get_current_registry() is job.registry
        assert get_current_request() is None
        assert job.root._p_jar.transaction_manager is transaction.manager

    before = get_current_registry()
    registry = make_registry(database, tmp_path, {"look": look})
    item_id = enqueue(site, "look", uid="d1")
    work.drain(registry)
    (job,) = seen
    assert (job.id, job.name, job.payload, job.attempt, job.registry) == (item_id, "look", {"uid": "d1"}, 1, registry)
    assert get_current_registry() is before


def test_follow_ups_are_enqueued_in_the_same_transaction(site, database, tmp_path):
    def split(job):
        if job.payload["n"]:
            work.enqueue(job.root, "split", n=job.payload["n"] - 1)
        job.root[f"part {job.payload['n']}"] = True

    registry = make_registry(database, tmp_path, {"split": split})
    enqueue(site, "split", n=3)
    assert work.drain(registry, site) == {"done": 4}
    assert sorted(site) == ["part 0", "part 1", "part 2", "part 3"]


def test_a_failing_handler_leaves_no_trace_but_its_failure(site, database, tmp_path):
    def half(job):
        job.root["half"] = True
        work.enqueue(job.root, "half")
        raise KeyError("张三")

    registry = make_registry(database, tmp_path, {"half": half})
    item_id = enqueue(site, "half")
    now = clock.now()
    with clock.frozen(now):
        assert work.drain(registry, site) == {"failed": 1}
    assert "half" not in site
    (item,) = site.work.later
    assert (item.id, item.failures, item.error) == (item_id, 1, "KeyError: '张三'")
    assert clock.micros(now + timedelta(seconds=5)) <= item.due <= clock.micros(now + timedelta(seconds=6))


def test_it_is_tried_again_when_due_and_dies_after_the_last_attempt(site, database, tmp_path):
    attempts = []

    def fail(job):
        attempts.append(job.attempt)
        raise OSError("disk")

    registry = make_registry(database, tmp_path, {"fail": fail})
    enqueue(site, "fail")
    outcomes, now = [], clock.now()
    for _ in range(100):
        with clock.frozen(now):
            outcomes += work.drain(registry, site)
        if not len(site.work.later):
            break
        now = clock.from_micros(site.work.later.first().due)
    assert attempts == list(range(1, LAST_ATTEMPT + 1))
    assert outcomes == ["failed"] * (LAST_ATTEMPT - 1) + ["dead"]
    assert len(site.work.dead) == 1
    assert timedelta(hours=7) < now - clock.now() < timedelta(hours=9)


def test_an_item_without_handler_fails(site, registry):
    enqueue(site, "unknown")
    assert work.drain(registry, site) == {"failed": 1}
    assert site.work.later.first().error == "UnknownHandlerError: unknown"


def test_a_failing_commit_is_a_failure_too(site, database, tmp_path):
    registry = make_registry(database, tmp_path, {"bad": lambda job: job.root.update(x=lambda: None)})
    enqueue(site, "bad")
    assert work.drain(registry, site) == {"failed": 1}
    assert "x" not in site


def test_conflicts_are_retried_at_once_and_are_no_failure(site, clashing):
    item_id = enqueue(site, "clash")
    assert work.drain(clashing, site) == {"done": 1}
    assert clashing.clashes == [1, 1]
    assert (site["by handler"], site["by other"]) == (2, 2)
    assert item_id not in [item.id for item in site.work.later]


def test_endless_conflicts_let_others_go_first(site, clashing, monkeypatch):
    monkeypatch.setattr("govrepo.work.consumer.conflict_wait", lambda tries: 0)
    clashing.clash_times = 1000
    enqueue(site, "clash")
    now = clock.now()
    with clock.frozen(now):
        assert work.drain(clashing, site) == {"postponed": 1}
    assert len(clashing.clashes) == CONFLICT_TRIES + 1
    item = site.work.later.first()
    assert (item.failures, item.due) == (0, clock.micros(now + timedelta(seconds=2)))


@pytest.mark.parametrize("method", ["_fail", "_set_aside", "_perform"])
def test_an_item_somebody_else_has_done_meanwhile_is_left_alone(site, registry, method):
    enqueue(site, "make", name="a")
    item = site.work.peek(clock.now())
    assert site.work.take(item)
    transaction.commit()
    more = ("message",) if method == "_fail" else ()
    assert getattr(Consumer(registry, site._p_jar), method)(item, *more) is Outcome.GONE
    assert work.summary(site).retrying == 0


def test_a_long_backlog_is_moved_aside_first_and_done(site, registry):
    names = [f"n{n}" for n in range(LONG_LANE + 5)]
    for name in names:
        work.enqueue(site, "make", name=name)
    transaction.commit()
    consumer = Consumer(registry, site._p_jar)
    assert consumer.step() is Outcome.TIDIED
    assert len(site.work.ready) == len(names)
    assert consumer.drain() == {"done": len(names)}
    assert sorted(site) == sorted(names)


def test_a_conflicting_timed_job_is_retried_too(site, database, tmp_path):
    registry = make_registry(database, tmp_path, timed={"clash": (clash, 60)})
    registry.clashes, registry.clash_times = [], 2
    assert work.drain(registry, site) == {"timed": 1}
    assert site["by handler"] == 2


def test_logs_name_the_item_and_the_place_but_no_content(site, database, tmp_path, caplog):
    def fail(job):
        raise ValueError("张三的信")

    registry = make_registry(database, tmp_path, {"fail": fail})
    item_id = enqueue(site, "fail", secret="密")
    with caplog.at_level(logging.DEBUG, logger="govrepo"):
        work.drain(registry, site)
    (record,) = caplog.records
    assert f"fail {item_id} failed, attempt 1: ValueError at test_consumer.py:" in record.getMessage()
    assert "张三" not in caplog.text
    assert "密" not in caplog.text


@pytest.mark.parametrize("kind", ["item", "timed"])
def test_without_the_lease_nothing_is_done_and_nothing_counts_as_failed(site, database, tmp_path, kind, caplog):
    seen = []
    registry = make_registry(database, tmp_path, {"see": seen.append}, {"see": (seen.append, 60)})
    if kind == "item":
        work.drain(registry, site)
        seen.clear()
        enqueue(site, "see")
    timed.declare(site.work, registry.timed_jobs)
    transaction.commit()

    def lost(lease, connection):
        raise LeaseLostError("other")

    with pytest.raises(LeaseLostError):
        Consumer(registry, site._p_jar, lost).step()
    assert seen == []
    assert caplog.records == []
    assert (work.summary(site).retrying, work.summary(site).timed[0].failures) == (0, 0)


def test_losing_the_write_of_a_failure_is_raised(site, registry, monkeypatch):
    """When even the failure cannot be written for conflicts, the item stays as it was."""
    monkeypatch.setattr("govrepo.work.consumer.conflict_wait", lambda tries: 0)
    enqueue(site, "unknown")

    def refuse(lease, connection):
        raise ConflictError

    consumer = Consumer(registry, site._p_jar, refuse)
    with pytest.raises(ConflictError):
        consumer.step()
    transaction.begin()
    assert site.work.new_items() == 1
