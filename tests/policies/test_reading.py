"""Reading leaves one entry a viewing, with the files' digests; nothing is shown that cannot be journaled (R-7.1, R-N3.3)."""

from datetime import timedelta

import pytest
import transaction

from govrepo import clock
from govrepo.journal import JournalUnavailableError
from policies import reading
from policies.reading import VIEWING, Viewings
from tests.app import site
from tests.policies.bench import Bench, local


@pytest.fixture
def delivery(bench):
    dispatch = bench.delivered()
    return next(iter(dispatch.tracking.deliveries.values()))


@pytest.fixture
def read(bench, delivery):
    """Show files of the delivery to somebody; the entries that this leaves."""
    viewings, journal = Viewings(), bench.registry.journal

    def show(files=None, login="office.registry1"):
        before = journal.head().seq
        viewings.show(
            delivery, delivery.document, delivery.document.files if files is None else files, bench.actor(login)
        )
        return [each.entry for each in journal.entries(after=before)]

    return show


def test_a_viewing_is_one_entry_with_the_digests(delivery, read):
    (entry,) = read()
    document = delivery.document
    assert (entry.action, entry.result, entry.subject_uid) == ("document.read", "allowed", delivery.uid)
    assert entry.version == document.digest()
    assert entry.details == {"document": document.uid, "files": [each.sha256 for each in document.files]}
    assert (entry.session, entry.address) == ("s-1", "10.0.0.7")
    assert read() == []
    assert read(document.files[:1]) == []


def test_what_was_not_shown_yet_is_another_entry(delivery, read):
    first, *others = delivery.document.files
    assert read([first])[0].details["files"] == [first.sha256]
    assert read()[0].details["files"] == [each.sha256 for each in others]
    assert read([]) == []


def test_a_viewing_ends(delivery, read):
    read()
    with clock.frozen(clock.now() + VIEWING + timedelta(seconds=1)):
        assert len(read()) == 1


def test_a_clock_that_went_back_hides_nothing(read):
    read()
    with clock.frozen(local("2013-01-01 10:00")):
        assert len(read()) == 1


def test_only_so_many_viewings_are_remembered(monkeypatch, delivery, read):
    monkeypatch.setattr(reading, "MOST", 1)
    first, second = delivery.document.files[:2]
    assert [len(read([file])) for file in (first, second, first)] == [1, 1, 1]


def test_nothing_is_shown_that_cannot_be_journaled(app):
    """And what was refused is not remembered as shown."""
    with site(app) as root:
        bench = Bench(root, app.registry)
        bench_delivery = next(iter(bench.delivered().tracking.deliveries.values()))
        app.registry.journal.close()
        for _ in range(2):
            with pytest.raises(JournalUnavailableError):
                app.registry.viewings.show(
                    bench_delivery, bench_delivery.document, bench_delivery.document.files, bench.actor("admin")
                )
        transaction.abort()
