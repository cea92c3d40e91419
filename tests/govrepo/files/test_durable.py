"""Which folders are flushed; that they are, and when, is told in test_store."""

from types import SimpleNamespace

import pytest

from govrepo.files import durable


def folders(storage) -> list:
    blob = SimpleNamespace(_p_jar=SimpleNamespace(db=lambda: SimpleNamespace(storage=storage)), _p_oid=b"\0" * 8)
    return durable._folders_to_come(blob)


def test_a_storage_without_a_blob_folder_answers_for_itself():
    assert folders(SimpleNamespace()) == []


@pytest.mark.parametrize(
    ("there", "flushed"),
    [
        ("blobs", ["blobs/0x00/0x01/0x02", "blobs/0x00/0x01", "blobs/0x00", "blobs"]),
        ("blobs/0x00", ["blobs/0x00/0x01/0x02", "blobs/0x00/0x01", "blobs/0x00"]),
        ("blobs/0x00/0x01", ["blobs/0x00/0x01/0x02", "blobs/0x00/0x01"]),
        ("", ["blobs/0x00/0x01/0x02", "blobs/0x00/0x01", "blobs/0x00", "blobs"]),
    ],
)
def test_the_folders_that_will_be_new_and_the_one_they_come_to_stand_in(tmp_path, there, flushed):
    (tmp_path / there).mkdir(parents=True, exist_ok=True)
    place = str(tmp_path / "blobs/0x00/0x01/0x02")
    helper = SimpleNamespace(base_dir=f"{tmp_path}/blobs/", getPathForOID=lambda _oid: place)
    found = folders(SimpleNamespace(fshelper=helper))
    assert found == [tmp_path / name for name in flushed]
