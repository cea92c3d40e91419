"""An older journal, another one, or one written anew in the journal's place is named at start-up (SOD-12)."""

import shutil

import pytest

from govrepo.journal import Journal, JournalUnavailableError
from govrepo.journal.kept import require_kept
from govrepo.trust.system_key import SystemKey
from tests.govrepo.journal.support import act
from tests.govrepo.journal.test_verify import rewrite


@pytest.fixture
def key(tmp_path):
    return SystemKey.load(tmp_path / "key.pem")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "checkpoints"


@pytest.fixture
def path(tmp_path, key, folder):
    """A journal with two exported checkpoints, and a copy of it from between them."""
    path = tmp_path / "journal.sqlite"
    journal = Journal.open(path)
    journal.append_now(act("/1"))
    journal.checkpoint(key, folder)
    journal.close()
    shutil.copy(path, tmp_path / "older.sqlite")
    journal = Journal.open(path)
    journal.append_now(act("/2"))
    journal.checkpoint(key, folder)
    journal.append_now(act("/3"))
    journal.close()
    return path


def said(path, folder):
    journal = Journal.open(path)
    try:
        require_kept(journal, folder)
    except JournalUnavailableError as error:
        return str(error)
    finally:
        journal.close()
    return ""


def test_the_journal_that_the_checkpoints_are_of_is_well(path, folder, tmp_path):
    assert said(path, folder) == said(path, tmp_path / "none") == ""


def test_an_older_copy_is_named(path, folder, tmp_path):
    (tmp_path / "older.sqlite").replace(path)
    assert "the journal has 2 entries, but 000000000003.checkpoint" in said(path, folder)
    assert "an older copy stands in its place" in said(path, folder)


def test_another_journal_is_named(folder, path, tmp_path):
    assert "another journal" in said(tmp_path / "new.sqlite", folder)


def test_one_written_anew_is_named(path, folder):
    rewrite(path, 1)
    assert said(path, folder) == "", "its tree is still the old one; the walk over all entries tells"
    journal = Journal.open(path)
    connection = journal._store._connections.current()
    connection.execute("DELETE FROM nodes")
    journal.close()
    assert "are not those that 000000000003.checkpoint names" in said(path, folder)
