"""Registers in memory and on disk."""

import pytest
import transaction
import ZODB
from ZODB.FileStorage import FileStorage

from tests.govrepo.catalog.samples import letters_of, make_site


@pytest.fixture
def register():
    """A register in no database."""
    return letters_of(make_site())


@pytest.fixture
def database(tmp_path):
    """A database on disk whose site has the register of letters; it merges commits as every real storage does."""
    db = ZODB.DB(FileStorage(str(tmp_path / "Data.fs")), pool_size=20)
    with db.transaction() as connection:
        connection.root()["app_root"] = make_site()
    yield db
    transaction.abort()
    db.close()
