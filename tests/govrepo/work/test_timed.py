from datetime import timedelta

import pytest
import transaction

from govrepo import clock, work
from govrepo.work import timed
from govrepo.work.consumer import Consumer
from govrepo.work.queue import WorkQueue
from govrepo.work.timed import Mark, TimedJob

from .conftest import make_registry

MINUTE = timedelta(minutes=1)


@pytest.fixture
def runs():
    return []


@pytest.fixture
def start():
    return clock.now()


def drain_at(registry, site, instant):
    with clock.frozen(instant):
        return dict(work.drain(registry, site))


def test_a_job_runs_at_once_and_then_once_a_period(site, database, tmp_path, runs, start):
    registry = make_registry(database, tmp_path, timed={"count": (lambda job: runs.append(job.attempt), 60)})
    assert drain_at(registry, site, start) == {"timed": 1}
    assert drain_at(registry, site, start + 0.9 * MINUTE) == {}
    assert drain_at(registry, site, start + MINUTE) == {"timed": 1}
    assert runs == [1, 1]


def test_it_catches_up_once_after_downtime(site, database, tmp_path, runs, start):
    registry = make_registry(database, tmp_path, timed={"count": (runs.append, 60)})
    drain_at(registry, site, start)
    assert drain_at(registry, site, start + 100 * MINUTE) == {"timed": 1}
    assert drain_at(registry, site, start + 100.5 * MINUTE) == {}
    assert len(runs) == 2


def test_the_last_run_outlives_the_process(site, database, tmp_path, runs, start):
    for _process in range(2):
        registry = make_registry(database, tmp_path, timed={"count": (runs.append, 60)})
        drain_at(registry, site, start)
    assert len(runs) == 1


def test_a_failure_changes_nothing_but_its_mark_backs_off_and_is_visible(site, database, tmp_path, start):
    def half(job):
        job.root["half"] = True
        raise OSError("disk")

    registry = make_registry(database, tmp_path, timed={"half": (half, 3600)})
    assert drain_at(registry, site, start) == {"timed failed": 1}
    assert "half" not in site
    assert drain_at(registry, site, start + timedelta(seconds=4)) == {}
    assert drain_at(registry, site, start + timedelta(seconds=7)) == {"timed failed": 1}
    (state,) = work.summary(site).timed
    assert (state.failures, state.error) == (2, "OSError: disk")


def test_a_job_without_anything_to_do_writes_its_mark_once_a_minute(site, database, tmp_path, runs, start):
    registry = make_registry(database, tmp_path, timed={"look": (runs.append, 1)})
    consumer, marked = Consumer(registry, site._p_jar), set()
    for second in range(121):
        with clock.frozen(start + timedelta(seconds=second)):
            assert consumer.drain() == {"timed": 1}
            assert consumer.drain() == {}
        marked.add(work.summary(site).timed[0].succeeded)
    assert len(runs) == 121
    assert len(marked) == 3


def test_a_job_that_did_something_is_marked_each_time(site, database, tmp_path, start):
    registry = make_registry(database, tmp_path, timed={"act": (lambda job: job.root.update(attempt=job.attempt), 1)})
    consumer = Consumer(registry, site._p_jar)
    for second in range(3):
        now = clock.from_micros(clock.micros(start)) + timedelta(seconds=second)
        with clock.frozen(now):
            consumer.drain()
        assert work.summary(site).timed[0].succeeded == now


def test_a_quiet_job_runs_again_when_the_clock_goes_back(site, database, tmp_path, runs, start):
    consumer = Consumer(make_registry(database, tmp_path, timed={"look": (runs.append, 1)}), site._p_jar)
    for now in (start, start + timedelta(seconds=5), start - timedelta(days=4000)):
        with clock.frozen(now):
            assert consumer.drain() == {"timed": 1}


def test_back_off_never_exceeds_the_period():
    mark, now = Mark(), clock.now()
    mark.period = timedelta(seconds=2)
    mark.failure(now, "x")
    assert mark.next == clock.micros(now + mark.period)


def test_success_clears_the_error(site, database, tmp_path, start):
    def first_fails(job):
        if job.attempt == 1:
            raise OSError("disk")

    registry = make_registry(database, tmp_path, timed={"job": (first_fails, 3600)})
    drain_at(registry, site, start)
    assert drain_at(registry, site, start + MINUTE) == {"timed": 1}
    (state,) = work.summary(site).timed
    assert (state.failures, state.error) == (0, "")


def test_a_job_runs_again_when_the_clock_goes_back(site, database, tmp_path, runs, start):
    registry = make_registry(database, tmp_path, timed={"count": (runs.append, 60)})
    drain_at(registry, site, start)
    assert drain_at(registry, site, start - 4000 * timedelta(days=1)) == {"timed": 1}


def test_a_shorter_period_counts_from_the_last_run(start):
    queue = WorkQueue()
    timed.declare(queue, {"job": TimedJob("job", print, timedelta(days=1))})
    queue.marks["job"].success(start)
    jobs = {"job": TimedJob("job", print, MINUTE)}
    assert timed.needs_declaring(queue, jobs)
    timed.declare(queue, jobs)
    assert not timed.needs_declaring(queue, jobs)
    assert timed.next_due(queue, start + 0.9 * MINUTE) is None
    assert timed.next_due(queue, start + MINUTE) == "job"


def test_a_job_no_longer_declared_is_forgotten(start):
    queue = WorkQueue()
    jobs = {name: TimedJob(name, print, MINUTE) for name in ("old", "kept")}
    timed.declare(queue, jobs)
    queue.marks["kept"].success(start)
    timed.declare(queue, {"kept": jobs["kept"]})
    assert list(queue.marks) == ["kept"]
    assert timed.next_due(queue, start) is None


def test_a_job_takes_some_time(database, tmp_path):
    with pytest.raises(ValueError, match="'never'"):
        make_registry(database, tmp_path, timed={"never": (print, 0)})


def test_timed_job_and_items_are_separate_transactions(site, database, tmp_path):
    def fail(job):
        raise OSError("disk")

    registry = make_registry(
        database, tmp_path, {"make": lambda job: job.root.update(made=True)}, timed={"bad": (fail, 60)}
    )
    work.enqueue(site, "make")
    transaction.commit()
    assert work.drain(registry, site) == {"timed failed": 1, "done": 1}
    assert site["made"]
