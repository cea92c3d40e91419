"""A journal in use against its checkpoints: what follows, and what has been changed, taken out, cut off or put in its place."""

import sqlite3
from contextlib import closing

import pytest

from govrepo.journal import Journal
from govrepo.journal.checkpoint import sign
from govrepo.journal.consistency import check
from govrepo.journal.verify import Break
from govrepo.trust.system_key import SystemKey
from tests.contracts.journal_store import all_of
from tests.govrepo.journal.support import act


@pytest.fixture
def key(tmp_path):
    return SystemKey.load(tmp_path / "key.pem")


@pytest.fixture
def journal(tmp_path):
    journal = Journal.open(tmp_path / "journal.sqlite")
    yield journal
    journal.close()


def grown(journal, key, folder, number):
    for each in range(number):
        journal.append_now(act(f"/{each}"))
    return journal.checkpoint(key, folder)


@pytest.fixture
def made(journal, key, tmp_path):
    return [grown(journal, key, tmp_path / "out", number) for number in (4, 9, 3)]


def sql(tmp_path, script):
    with closing(sqlite3.connect(tmp_path / "journal.sqlite")) as stock:
        stock.executescript(
            "DROP TRIGGER IF EXISTS entries_unchanged; DROP TRIGGER IF EXISTS entries_kept; "
            f"DROP TRIGGER IF EXISTS entries_in_order; {script}"
        )


def test_each_follows_from_each_before(journal, key, made):
    for place, new in enumerate(made):
        assert check(journal, None, new, key.public) is None
        for old in made[: place + 1]:
            assert check(journal, old, new, key.public) is None


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("UPDATE entries SET body = replace(body, 'p1', 'p2') WHERE seq = 7", Break(7, "changed")),
        ("UPDATE entries SET hash = upper(hash) WHERE seq = 7", Break(7, "changed")),
        ("DELETE FROM entries WHERE seq = 7", Break(7, "missing")),
        ("DELETE FROM entries WHERE seq > 11", Break(12, "replayed")),
        ("UPDATE nodes SET hash = zeroblob(32) WHERE level = 0 AND position = 7", Break(7, "changed")),
        ("UPDATE nodes SET hash = zeroblob(32) WHERE level = 1 AND position = 3", Break(5, "root")),
        ("UPDATE nodes SET hash = zeroblob(32) WHERE level = 2 AND position = 0", Break(5, "root")),
        ("UPDATE nodes SET hash = zeroblob(32) WHERE level = 3 AND position = 0", Break(14, "root")),
    ],
)
def test_what_was_done_to_the_file(journal, key, made, tmp_path, script, found):
    sql(tmp_path, script)
    assert check(journal, made[0], made[1], key.public) == found


def test_what_was_done_before_is_bound_by_the_root(journal, key, made, tmp_path):
    """A changed entry before the last checkpoint is found by the walk over everything, not here; its node is found here."""
    sql(tmp_path, "UPDATE entries SET body = replace(body, 'p1', 'p2') WHERE seq = 2")
    assert check(journal, made[0], made[1], key.public) is None
    assert check(journal, None, made[1], key.public) == Break(2, "changed")


def test_a_sealed_period_that_was_moved_is_left_out(journal, key, made, tmp_path):
    """The entries that are here are looked at; the root binds the others."""
    sealed = journal._store.seal(lambda genesis, size, root: sign(genesis, size, root, key), all_of)
    new = grown(journal, key, tmp_path / "out", 4)
    assert check(journal, made[1], new, key.public) is None
    assert journal.whole_since() is None
    away = sealed.path(tmp_path / "journal.sqlite")
    away.rename(tmp_path / "elsewhere")
    assert journal.whole_since() == sealed
    fresh = sign(new.journal, new.size, journal.tree().root(new.size), key)
    assert check(journal, None, fresh, key.public) is None


def test_what_another_key_or_journal_has_signed(journal, key, made, tmp_path):
    root = journal.tree().root(8)
    forged = sign(journal.genesis(), 8, root, SystemKey.load(tmp_path / "other.pem"))
    strange = sign("ab" * 32, 8, root, key)
    longer = sign(journal.genesis(), 99, root, key)
    untrue = sign(journal.genesis(), 8, b"\1" * 32, key)
    cases = ((forged, "forged", 8), (strange, "strange", 8), (longer, "replayed", 17), (untrue, "root", 8))
    for each, kind, seq in cases:
        assert check(journal, made[0], each, key.public) == Break(seq, kind)
    for each, kind, seq in (cases[0], cases[1], cases[3]):
        assert check(journal, each, made[1], key.public) == Break(seq, kind)
