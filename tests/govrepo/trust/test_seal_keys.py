"""Seals' private keys: files of their own, sealed, gone when destroyed (P-72)."""

import stat

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from govrepo.trust import seal_keys
from govrepo.trust.authorities import Authorities


@pytest.fixture(scope="module")
def authorities(tmp_path_factory):
    return Authorities.create(tmp_path_factory.mktemp("site") / "trust", b"secret words", "某省政府系统")


def path(authorities, name):
    return authorities.folder / "seals" / f"{name}.key"


def test_a_key_is_kept_encrypted_for_its_owner_only(authorities):
    name, key = seal_keys.create(authorities, "mABC")
    assert name.startswith("mABC-")
    assert stat.S_IMODE(path(authorities, name).stat().st_mode) == 0o600
    assert stat.S_IMODE(path(authorities, name).parent.stat().st_mode) == 0o700
    assert b"ENCRYPTED PRIVATE KEY" in path(authorities, name).read_bytes()
    assert seal_keys.load(authorities, name).private_numbers() == key.private_numbers()


def test_each_attempt_has_a_name_of_its_own(authorities):
    """A commit that is tried again never overwrites the key of another."""
    assert seal_keys.create(authorities, "m1")[0] != seal_keys.create(authorities, "m1")[0]


def test_another_passphrase_opens_nothing(authorities):
    name, _key = seal_keys.create(authorities, "m2")
    with pytest.raises(ValueError, match=r"."):
        seal_keys.load(Authorities.load(authorities.folder, b"guess"), name)


def test_a_destroyed_key_is_gone(authorities):
    name, _key = seal_keys.create(authorities, "m3")
    assert seal_keys.destroy(authorities, name) is True
    assert seal_keys.destroy(authorities, name) is False
    with pytest.raises(FileNotFoundError):
        seal_keys.load(authorities, name)


@pytest.mark.parametrize("name", ["", "../root", "a/b", "a.b"])
def test_nothing_outside_the_folder_is_named(authorities, name):
    with pytest.raises(ValueError, match="names no key"):
        seal_keys.load(authorities, name)


def test_a_key_of_another_kind_is_refused(authorities):
    name, _key = seal_keys.create(authorities, "m4")
    sealed = BestAvailableEncryption(b"secret words")
    other = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealed)
    path(authorities, name).write_bytes(other)
    with pytest.raises(TypeError, match="no key on an elliptic curve"):
        seal_keys.load(authorities, name)
