from datetime import timedelta

import pytest
import transaction

from govrepo import clock, work
from govrepo.work.backoff import LAST_ATTEMPT
from govrepo.work.manage import UnknownLetterError

from .conftest import make_registry


def fail(job):
    raise ValueError(f"no printer for attempt {job.attempt}")


@pytest.fixture
def failing(database, tmp_path):
    return make_registry(database, tmp_path, {"fail": fail})


@pytest.fixture
def dead(site, failing):
    """The id of an item that has failed for the last time."""
    item_id = work.enqueue(site, "fail", uid="d1")
    transaction.commit()
    start = clock.now()
    for attempt in range(LAST_ATTEMPT):
        with clock.frozen(start + timedelta(hours=10 * attempt)):
            work.drain(failing, site)
    return item_id


def test_a_dead_letter_shows_what_failed_and_why(site, dead):
    (letter,) = work.dead_letters(site)
    assert (letter.id, letter.name, letter.payload, letter.attempts) == (dead, "fail", {"uid": "d1"}, LAST_ATTEMPT)
    assert letter.error == f"ValueError: no printer for attempt {LAST_ATTEMPT}"
    assert clock.now() - letter.enqueued < timedelta(minutes=1)
    assert work.summary(site).dead == 1


def test_a_dead_letter_is_retried_with_all_attempts_before_it(site, dead, failing):
    work.retry(site, dead)
    transaction.commit()
    assert work.dead_letters(site) == []
    assert work.drain(failing, site) == {"failed": 1}
    assert work.summary(site).retrying == 1


def test_a_retried_letter_can_succeed(site, dead, failing):
    failing.work_handlers["fail"] = lambda job: job.root.update(made=job.payload["uid"])
    work.retry(site, dead)
    transaction.commit()
    assert work.drain(failing, site) == {"done": 1}
    assert site["made"] == "d1"


def test_a_discarded_letter_is_kept_with_its_reason(site, dead):
    letter = work.discard(site, dead, " sent on paper ")
    transaction.commit()
    assert work.dead_letters(site) == []
    assert work.discarded_letters(site) == [letter]
    assert letter.reason == "sent on paper"
    assert work.summary(site).discarded == 1


def test_discarding_takes_a_reason(site, dead):
    with pytest.raises(ValueError, match="reason"):
        work.discard(site, dead, "  ")
    assert len(work.dead_letters(site)) == 1


def test_what_is_not_dead_cannot_be_retried_or_discarded(site):
    item_id = work.enqueue(site, "fail")
    for act in (lambda: work.retry(site, item_id), lambda: work.discard(site, item_id, "why")):
        with pytest.raises(UnknownLetterError):
            act()


def test_the_summary_counts_what_waits_and_what_is_due(site, failing):
    assert work.summary(site) == work.manage.Summary(0, 0, 0, 0, 0, None, ())
    now = clock.now()
    with clock.frozen(now):
        work.enqueue(site, "fail")
        transaction.commit()
        work.drain(failing, site)
        work.enqueue(site, "fail")
    with clock.frozen(now + timedelta(seconds=3)):
        summary = work.summary(site)
        assert (summary.waiting, summary.retrying, summary.due) == (1, 1, 1)
        assert summary.oldest == timedelta(seconds=3)
    with clock.frozen(now + timedelta(seconds=7)):
        assert work.summary(site).due == 2


def test_the_summary_shows_timed_jobs(site, database, tmp_path):
    registry = make_registry(database, tmp_path, timed={"good": (lambda job: None, 60), "bad": (fail, 60)})
    now = clock.from_micros(clock.micros(clock.now()))
    with clock.frozen(now):
        work.drain(registry, site)
    bad, good = work.summary(site).timed
    assert (good.name, good.every, good.succeeded) == ("good", timedelta(minutes=1), now)
    assert (good.next, good.failures, good.error) == (now + timedelta(minutes=1), 0, "")
    assert (bad.name, bad.succeeded, bad.failures) == ("bad", None, 1)
    assert bad.error == "ValueError: no printer for attempt 1"
    assert now + timedelta(seconds=5) <= bad.next <= now + timedelta(seconds=6)
