"""Checkpoints on their way to another host: once each, in order, again after a failure; another content there is named."""

import pytest

from govrepo.journal.copying import CopyError, DiffersError, Folder, Keeper, copy, home, waiting


@pytest.fixture
def here(tmp_path):
    folder = tmp_path / "here"
    folder.mkdir()
    for name in ("000000000009.checkpoint", "000000000009.sig", "000000000009.tsr", "000000000012.checkpoint",
                 "000000000012.sig", "0123456789abcdef.pem", "README", "000000000012.checkpoint.part"):  # fmt: skip
        (folder / name).write_text(name)
    return folder


@pytest.fixture
def there(tmp_path):
    folder = tmp_path / "there"
    folder.mkdir()
    return folder


def test_what_waits_goes_in_order(here):
    names = [path.name for path in waiting(here, {"000000000009.sig"})]
    assert names == [
        "0123456789abcdef.pem", "000000000009.checkpoint", "000000000009.tsr", "000000000012.sig",
        "000000000012.checkpoint",
    ]  # fmt: skip


def test_each_goes_once(here, there):
    assert copy(here, Folder(there)) == 6
    assert copy(here, Folder(there)) == 0
    (here / "000000000012.countersign").write_text("late")
    assert copy(here, Folder(there)) == 1
    assert (there / "000000000012.countersign").read_text() == "late"


def test_a_folder_that_is_not_mounted_is_not_made(here, tmp_path):
    with pytest.raises(CopyError, match="absent"):
        copy(here, Folder(tmp_path / "absent"))
    assert not (tmp_path / "absent").exists()


def test_another_content_is_named(here, there):
    class Late(Folder):
        """Somebody writes between the look and the writing."""

        def names(self):
            return set()

    (there / "000000000009.sig").write_text("another")
    with pytest.raises(DiffersError, match=r"000000000009\.sig"):
        copy(here, Late(there))
    assert (there / "000000000009.sig").read_text() == "another"


def test_a_checkpoint_that_is_only_there_shows_a_journal_set_back(here, there):
    copy(here, Folder(there))
    for name in ("000000000012.checkpoint", "000000000012.sig"):
        (here / name).unlink()
    with pytest.raises(DiffersError, match=r"000000000012\.checkpoint"):
        copy(here, Folder(there))


def test_another_newest_checkpoint_shows_a_fork(here, there):
    copy(here, Folder(there))
    (here / "000000000012.checkpoint").write_text("anew")
    with pytest.raises(DiffersError, match=r"000000000012\.checkpoint"):
        copy(here, Folder(there))


def test_the_setting_names_the_home(tmp_path):
    assert home("") is None
    assert isinstance(home(str(tmp_path)), Folder)
    assert isinstance(home("https://keeper.example/x/"), Keeper)


def test_a_keeper_that_is_away(here):
    with pytest.raises(CopyError, match="refused"):
        copy(here, Keeper("http://127.0.0.1:9"))
