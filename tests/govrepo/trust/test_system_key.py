"""The system's signing key: kept to the owner, verifiable by its public half alone."""

import stat

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from govrepo.trust.system_key import SystemKey, public_half, verify


@pytest.fixture
def path(tmp_path):
    return tmp_path / "var" / "system-key.pem"


def test_it_signs_and_anybody_verifies(path):
    key = SystemKey.load(path)
    signature = key.sign("回执")
    assert verify(key.public, "回执", signature)
    assert not verify(key.public, "回执 ", signature)
    assert not verify(key.public, "回执", signature[:-2] + ("00" if signature[-2:] != "00" else "01"))


@pytest.mark.parametrize(
    ("public", "signature"), [("no hex", "00"), ("00" * 32, "zz"), ("00" * 31, "00" * 64), ("", "")]
)
def test_nonsense_is_no_signature(public, signature):
    assert not verify(public, "回执", signature)


def test_another_key_did_not_sign(path, tmp_path):
    signature = SystemKey.load(path).sign("回执")
    assert not verify(SystemKey.load(tmp_path / "other.pem").public, "回执", signature)


def test_it_is_made_once_and_kept_to_its_owner(path):
    first = SystemKey.load(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert SystemKey.load(path).key_id == first.key_id
    assert len(first.key_id) == 16


def test_a_file_that_holds_no_such_key_is_refused(path):
    path.parent.mkdir()
    path.write_bytes(b"not a key")
    with pytest.raises(ValueError, match=r"."):
        SystemKey.load(path)
    other = ec.generate_private_key(ec.SECP256R1())
    path.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(TypeError, match="no Ed25519 key"):
        SystemKey.load(path)


def test_the_public_half_goes_out_and_comes_back_as_pem(path):
    key = SystemKey.load(path)
    assert public_half(key.public_pem) == key.public
    other = ec.generate_private_key(ec.SECP256R1()).public_key()
    with pytest.raises(TypeError):
        public_half(other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
