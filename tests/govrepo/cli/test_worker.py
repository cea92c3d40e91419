import os
import signal

import pytest
from pyramid.config import Configurator
from ZODB.FileStorage import FileStorage

from govrepo import work
from govrepo.cli.worker import main
from govrepo.work.worker import Worker
from tests.govrepo.work.conftest import open_database

INI = """
[app:main]
use = call:tests.govrepo.cli.test_worker:application
zodbconn.uri = file://{folder}/Data.fs
govrepo.var = {folder}
govrepo.worker = {mode}
"""
APPLICATIONS = []


def finish(job):
    """Does its work, then asks the process to stop as an operator would."""
    job.root["done"] = True
    os.kill(os.getpid(), job.payload["signal"])


def application(_global_config, **settings):
    config = Configurator(settings=settings)
    config.include("pyramid_zodbconn")
    config.include("govrepo.settings")
    config.include("govrepo.work")
    config.add_work_handler("finish", finish)
    APPLICATIONS.append(config.registry)
    return config.make_wsgi_app()


@pytest.fixture
def signals():
    """Puts the process's signal handlers back."""
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.fixture
def folder(tmp_path):
    """A folder with a site on disk."""
    open_database(FileStorage(str(tmp_path / "Data.fs"))).close()
    return tmp_path


def enqueue(folder, number):
    database = open_database(FileStorage(str(folder / "Data.fs")))
    with database.transaction() as connection:
        work.enqueue(connection.root()["app_root"], "finish", signal=int(number))
    database.close()


def run(folder, mode):
    ini = folder / "site.ini"
    ini.write_text(INI.format(folder=folder, mode=mode))
    return main([str(ini)])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_works_until_a_signal_and_then_ends_cleanly(folder, signals, number):
    enqueue(folder, number)
    assert run(folder, "process") == 0
    registry = APPLICATIONS.pop()
    with registry._zodb_databases[""].transaction() as connection:
        site = connection.root()["app_root"]
        assert site["done"]
        assert (site.work.lease.holder, work.summary(site).waiting) == ("", 0)
    registry._zodb_databases[""].close()


def test_an_embedded_worker_does_not_stand_in_its_way(folder, signals, monkeypatch):
    monkeypatch.setattr(Worker, "run", lambda worker: None)
    assert run(folder, "thread") == 0
    registry = APPLICATIONS.pop()
    assert registry.worker is None
    registry._zodb_databases[""].close()


def test_it_wants_a_configuration_file(capsys):
    with pytest.raises(SystemExit):
        main([])
    assert "ini" in capsys.readouterr().err
