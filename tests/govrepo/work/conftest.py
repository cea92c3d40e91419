"""A site with a work queue, in memory and on disk, and a registry with the work directives."""

from datetime import timedelta
from pathlib import Path

import pytest
import transaction
import ZODB
from persistent.mapping import PersistentMapping
from pyramid.config import Configurator
from ZODB.DemoStorage import DemoStorage
from ZODB.FileStorage import FileStorage

from govrepo import work
from govrepo.work import WorkQueue


class Site(PersistentMapping):
    """A root object as the platform needs it: children and a work queue."""

    def __init__(self):
        super().__init__()
        self.work = WorkQueue()


def open_database(storage):
    database = ZODB.DB(storage, pool_size=20)
    with database.transaction() as connection:
        if "app_root" not in connection.root():
            connection.root()["app_root"] = Site()
    return database


def make_registry(database, var, handlers=None, timed=None):
    config = Configurator(settings={"govrepo.var": str(var), "govrepo.worker": "none"})
    config.include("govrepo.settings")
    config.include("govrepo.work")
    for name, handler in (handlers or {}).items():
        config.add_work_handler(name, handler)
    for name, (handler, seconds) in (timed or {}).items():
        config.add_timed_job(name, handler, every=timedelta(seconds=seconds))
    config.commit()
    config.registry._zodb_databases = {"": database}
    return config.registry


def make(job):
    """A handler that must run once: it makes a named object and fails if there is one."""
    if job.payload["name"] in job.root:
        raise AssertionError("done twice")
    job.root[job.payload["name"]] = PersistentMapping(attempt=job.attempt)


@pytest.fixture
def database():
    database = open_database(DemoStorage())  # Unlike a plain mapping it merges, as every real storage does.
    yield database
    transaction.abort()
    database.close()


@pytest.fixture
def on_disk(tmp_path: Path):
    database = open_database(FileStorage(str(tmp_path / "Data.fs")))
    yield database
    database.close()


@pytest.fixture
def site(database):
    connection = database.open()
    yield connection.root()["app_root"]
    transaction.abort()
    connection.close()


@pytest.fixture
def registry(database, tmp_path):
    registry = make_registry(database, tmp_path, {"make": make})
    yield registry
    work.close(registry)
