"""Which store a setting names."""

import pytest

from govrepo.journal.postgres import PostgresStore
from govrepo.journal.sqlite import SqliteStore
from govrepo.journal.stores import in_database, open_store
from govrepo.upkeep import sizes
from tests.app import close_app, make_app, reopen
from tests.postgres import ROLE


def test_a_path_names_a_file(tmp_path):
    store = open_store(str(tmp_path / "journal.sqlite"))
    assert isinstance(store, SqliteStore)
    store.close()


@pytest.mark.parametrize(
    ("where", "expected"), [("postgresql://a@b/c", True), ("postgres://b/c", True), ("/var/j", False)]
)
def test_a_url_names_a_database(where, expected):
    assert in_database(where) is expected


def test_a_site_keeps_its_journal_in_postgresql_over_a_restart(server, tmp_path):
    url = server.url(server.journal(), ROLE)
    app = make_app(tmp_path, organisation=False, journal=url)
    genesis = app.registry.journal.genesis()
    close_app(app)
    app = reopen(tmp_path, journal=url)
    assert isinstance(app.registry.journal._store, PostgresStore)
    assert app.registry.journal.genesis() == genesis
    assert app.registry.journal._store.open_transactions() == {}
    assert sizes(app.registry).journal == 0, "what the database takes is its administrator's to know"
    assert list(tmp_path.rglob("*.sqlite")) == []
    close_app(app)
