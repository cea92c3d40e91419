import threading
import time

import pytest

from govrepo.journal import Journal, JournalUnavailableError
from govrepo.journal import journal as module
from tests.govrepo.journal.support import act


def test_entries_are_read_in_pages_both_ways(journal, monkeypatch):
    monkeypatch.setattr(module, "PAGE", 3)
    for number in range(7):
        journal.append_now(act(subject=f"/{number % 2}"))
    assert [each.seq for each in journal.entries()] == list(range(8))
    assert [each.seq for each in journal.entries(reverse=True)] == list(range(7, -1, -1))
    assert [each.seq for each in journal.entries(after=1, limit=4)] == [2, 3, 4, 5]
    assert [each.seq for each in journal.entries(before=7, limit=5, reverse=True)] == [6, 5, 4, 3, 2]
    assert [each.seq for each in journal.entries(subject="/1", limit=3)] == [2, 4, 6]
    assert list(journal.entries(limit=0)) == []


def test_the_head_is_the_newest_entry_and_the_genesis_the_first(journal):
    journal.append_now(act())
    first, last = journal.entries()
    assert (journal.genesis(), journal.head().seq, journal.head().hash) == (first.hash, last.seq, last.hash)


def test_the_reader_holds_nothing_while_it_reads(journal, monkeypatch):
    monkeypatch.setattr(module, "PAGE", 1)
    reading = journal.entries()
    next(reading)
    journal.append_now(act())
    assert [each.entry.action for each in reading] == ["document.change"]


def test_append_now_is_there_whatever_becomes_of_the_transaction(place, journal):
    with place.session() as site:
        site["a"].changes += 1
        journal.append_now(act(result="refused"))
        site._p_jar.transaction_manager.abort()
    assert [each.entry.result for each in place.acts()] == ["refused"]
    assert journal._store.open_transactions() == {}


def test_append_now_waits_for_a_commit_in_another_thread(place, journal):
    with journal._store._writing():
        thread = threading.Thread(target=journal.append_now, args=[act()])
        thread.start()
        time.sleep(0.1)
        assert thread.is_alive()
    thread.join()
    assert len(place.acts()) == 1


def test_one_proof_lasts_a_second_and_a_failure_ends_it(place, journal, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    probes = []
    probe = journal._store.probe
    monkeypatch.setattr(journal._store, "probe", lambda: probes.append(now[0]) or probe())
    journal.append_now(act())
    journal.require_writable()
    assert probes == []
    now[0] += 1.0
    journal.require_writable()
    journal.require_writable()
    assert probes == [1001.0]
    place.journal_path.rename(place.folder / "away")
    with pytest.raises(JournalUnavailableError):
        journal.append_now(act())
    with pytest.raises(JournalUnavailableError):
        journal.require_writable()
    (place.folder / "away").rename(place.journal_path)
    journal.require_writable()
    assert probes == [1001.0] * 3


def test_without_a_journal_nothing_commits_and_its_return_heals(place, journal):
    journal.require_writable()
    with place.session() as site:
        manager = site._p_jar.transaction_manager
        site["a"].changes += 1
        journal.append(act(), site["a"])
        place.journal_path.rename(place.folder / "away")
        with pytest.raises(JournalUnavailableError):
            manager.commit()
        manager.abort()
        site["a"].changes += 1
        with pytest.raises(JournalUnavailableError):
            journal.append(act(), site["a"])
    assert place.changes() == 0
    (place.folder / "away").rename(place.journal_path)
    place.commit(act())
    assert (place.changes(), len(place.acts())) == (1, 1)
    assert len(place.marks()) == 1


def test_markers_are_pruned_when_the_journal_knows(place, journal):
    place.commit(act())
    place.commit(act())
    assert len(place.marks()) == 2
    with place.session() as site:
        journal.append(act(), site)
        own = journal._participant(site._p_jar.transaction_manager.get()).mark
        journal.prune_markers(site)
        site._p_jar.transaction_manager.commit()
    assert place.marks() == {own}


def test_a_marker_is_kept_while_its_transaction_is_open(place, journal):
    place.commit(act())
    (mark,) = place.marks()
    with journal._guard:
        journal._finished.clear()  # As if another process had committed it and not said so yet.
    with place.session() as site:
        journal.prune_markers(site)
        site._p_jar.transaction_manager.commit()
    assert place.marks() == {mark}


def test_closing_notes_what_has_committed(place, journal):
    place.commit(act())
    assert len(journal._store.open_transactions()) == 1
    journal.close()
    again = Journal.open(place.journal_path)
    assert again._store.open_transactions() == {}
    again.close()


def test_closing_without_a_file_still_closes(place, journal):
    place.commit(act())
    place.journal_path.unlink()
    with pytest.raises(JournalUnavailableError):
        journal.close()
    with pytest.raises(JournalUnavailableError, match="closed"):
        journal.require_writable()
    journal._finished.clear()
