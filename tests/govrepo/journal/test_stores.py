"""Which store a setting names."""

from govrepo.journal.sqlite import SqliteStore
from govrepo.journal.stores import open_store


def test_a_path_names_a_file(tmp_path):
    store = open_store(str(tmp_path / "journal.sqlite"))
    assert isinstance(store, SqliteStore)
    store.close()
