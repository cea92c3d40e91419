"""Which folders are flushed; that they are, and when, is told in test_store."""

from types import SimpleNamespace

from ZODB.blob import Blob

from govrepo.files import durable


def blob_in(storage) -> Blob:
    database = SimpleNamespace(storage=storage)
    return SimpleNamespace(_p_jar=SimpleNamespace(db=lambda: database), _p_oid=b"\0" * 8)


def test_a_storage_without_a_blob_folder_answers_for_itself():
    assert durable._folders(blob_in(SimpleNamespace())) == []


def test_the_folders_up_to_the_storages_own_and_no_further(tmp_path):
    inner = tmp_path / "blobs" / "0x00" / "0x01"
    inner.mkdir(parents=True)
    helper = SimpleNamespace(base_dir=f"{tmp_path}/blobs/", getPathForOID=lambda _oid: str(inner / "gone"))
    found = durable._folders(blob_in(SimpleNamespace(fshelper=helper)))
    assert found == [inner, inner.parent, tmp_path / "blobs"]
    for folder in found:
        durable.flush_folder(folder)
