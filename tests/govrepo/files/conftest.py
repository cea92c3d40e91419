"""A database with a file store on disk."""

from datetime import timedelta

import pytest
import transaction
from ZODB.DB import DB
from ZODB.FileStorage import FileStorage

from govrepo.files.store import FileStore
from govrepo.files.uploads import UploadArea
from tests.govrepo.files.fakes import Root


class Desk:
    """One connection with its own transaction manager, as a thread of the site has."""

    def __init__(self, db):
        self.tm = transaction.TransactionManager()
        self.connection = db.open(transaction_manager=self.tm)

    @property
    def files(self) -> FileStore:
        return self.connection.root()["app_root"].files

    def close(self):
        self.tm.abort()
        self.connection.close()


@pytest.fixture
def db(tmp_path):
    database = DB(FileStorage(str(tmp_path / "Data.fs"), blob_dir=str(tmp_path / "blobs")))
    yield database
    database.close()


@pytest.fixture
def desks(db):
    """Make connections; the first finds the store in place."""
    opened = []

    def make() -> Desk:
        opened.append(Desk(db))
        return opened[-1]

    first = make()
    first.connection.root()["app_root"] = Root()
    first.tm.commit()
    yield make
    for desk in opened:
        desk.close()


@pytest.fixture
def desk(desks):
    return desks()


@pytest.fixture
def area(tmp_path):
    return UploadArea(tmp_path / "uploads", 300 * 1024**2, timedelta(hours=48))
