"""The command, run over a real configuration file and a database on disk."""

import pytest
import transaction
import ZODB
from pyramid.config import Configurator
from ZODB.FileStorage import FileStorage

from govrepo.cli.catalog import _rebuild_text, main
from govrepo.database import opened
from govrepo.fulltext import SWEPT_ALL
from tests.app import close_app, drain, make_app
from tests.govrepo.catalog.samples import LETTERS, Letter, letters_of, make_site

INI = """
[app:main]
paste.app_factory = tests.govrepo.cli.test_catalog:app
zodbconn.uri = file://{folder}/Data.fs
govrepo.var = {folder}
govrepo.worker = process

[loggers]
keys = root
[handlers]
keys =
[formatters]
keys =
[logger_root]
level = WARNING
handlers =
"""


def app(_global_config, **settings):
    with Configurator(settings=settings) as config:
        config.include("govrepo.settings")
        config.include("pyramid_zodbconn")
        config.include("govrepo.work")
        config.include("govrepo.catalog")
        config.add_register(LETTERS)
        return config.make_wsgi_app()


@pytest.fixture
def ini(tmp_path):
    """A site with three letters in its folders; one is entered, one pending and one forgotten."""
    database = ZODB.DB(FileStorage(str(tmp_path / "Data.fs")))
    with database.transaction() as connection:
        connection.root()["app_root"] = site = make_site()
        register = letters_of(site)
        for number, uid in enumerate(("entered", "pending", "forgotten")):
            site[uid] = Letter(uid, order=number)
        register.changed(site["entered"])
        register.drain()
        register.changed(site["pending"])
    database.close()
    path = tmp_path / "site.ini"
    path.write_text(INI.format(folder=tmp_path), encoding="utf-8")
    yield str(path)
    transaction.abort()


def test_a_check_names_what_is_wrong_and_a_rebuild_mends_it(ini, capsys):
    assert main(["check", ini]) == 1
    assert "letters: forgotten is not in the register" in capsys.readouterr().out
    assert main(["rebuild", ini, "--register", "letters"]) == 0
    assert "letters: 3 entries rebuilt" in capsys.readouterr().out
    assert main(["check", ini]) == 0
    assert "letters: 3 entries, all in order" in capsys.readouterr().out


def test_an_unknown_register_is_named(ini, capsys):
    assert main(["check", ini, "--register", "parcels"]) == 2
    assert "no register parcels" in capsys.readouterr().out


def test_the_text_index_is_made_anew_at_once(tmp_path, capsys):
    application = make_app(tmp_path, documents=True)
    drain(application)
    with opened(application.registry) as root:
        assert _rebuild_text(root, application.registry, root._p_jar) == 0
        rows = root.registers.by_name["items"].main.size
    assert capsys.readouterr().out.splitlines()[-1] == f"text: {rows} of {rows} entries"
    assert application.registry.text_index.reader().progress().row == SWEPT_ALL
    close_app(application)


def test_text_is_for_rebuilding_alone(ini):
    assert main(["check", ini, "--text"]) == 2
