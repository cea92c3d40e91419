"""A journal as one file, and a sealed period of a journal in PostgreSQL as one (R-7.2): the verifier needs no database."""

import stat

import pytest

from govrepo.journal.dump import export
from govrepo.journal.entry import JournalUnavailableError
from govrepo.journal.postgres import PostgresStore
from govrepo.journal.sqlite import SqliteStore
from govrepo.journal.verify import verify
from tests.contracts.journal_store import TXN, act, all_of, signer
from tests.postgres import ROLE


@pytest.fixture(params=["sqlite", "postgres"])
def store(request, tmp_path):
    if request.param == "sqlite":
        opened = SqliteStore(tmp_path / "journal.sqlite")
    else:
        server = request.getfixturevalue("server")
        opened = PostgresStore(server.url(server.journal(), ROLE))
    yield opened
    opened.close()


def fill(store, folder):
    for turn in range(6):
        store.append(TXN[turn], [act(f"/{turn}", details={"名": "\x00\ud800"})] * (turn + 1))
        if turn in (1, 3):
            store.seal(signer(folder), all_of)


def test_all_of_a_journal_is_one_file(store, tmp_path):
    fill(store, tmp_path)
    path = tmp_path / "all.sqlite"
    assert export(store, path) == store.head().seq + 1
    report = verify(path, {store.head().seq: store.head().hash}, store.checkpoints())
    assert (report.broken, report.entries, report.checkpoints) == (None, store.head().seq + 1, 4)
    assert stat.S_IMODE(path.stat().st_mode) == 0o440
    with pytest.raises(FileExistsError):
        export(store, path)


def test_what_is_not_here_cannot_be_written(tmp_path):
    store = SqliteStore(tmp_path / "journal.sqlite")
    sealed = store.seal(signer(tmp_path), all_of).path(tmp_path / "journal.sqlite")
    sealed.rename(tmp_path / "tape")
    with pytest.raises(JournalUnavailableError, match=sealed.name):
        export(store, tmp_path / "all.sqlite")
    store.close()


def test_each_period_of_postgresql_is_a_file_once(server, tmp_path):
    store = PostgresStore(server.url(server.journal(), ROLE))
    fill(store, tmp_path)
    folder = tmp_path / "periods"
    first, second = store.write_periods(folder)
    assert store.write_periods(folder) == []
    assert [each.name for each in (first, second)] == [
        each.path(tmp_path / "journal.sqlite").name for each in store.segments()
    ]
    report = verify(folder, None, store.checkpoints(), deep=True)
    assert (report.broken, report.entries) == (None, store.segments()[1].size)
    first.unlink()
    assert (
        verify(second).broken.message
        == f"entries 0 to {store.segments()[0].last} are missing: the sealed period {first.name} is not here"
    )
    assert verify(second, partial=True).broken is None
    assert store.write_periods(folder) == [first]
    store.close()
