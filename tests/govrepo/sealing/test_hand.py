"""What seals: keys behind functions."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from govrepo.sealing import SealingError, key_signs


def test_an_elliptic_key_signs():
    key = ec.generate_private_key(ec.SECP256R1())
    key.public_key().verify(key_signs(key)(b"octets"), b"octets", ec.ECDSA(hashes.SHA256()))


def test_an_rsa_key_signs():
    key = rsa.generate_private_key(65537, 2048)
    key.public_key().verify(key_signs(key)(b"octets"), b"octets", padding.PKCS1v15(), hashes.SHA256())


def test_no_other_key_does():
    with pytest.raises(TypeError):
        key_signs(ed25519.Ed25519PrivateKey.generate())


def test_an_error_says_why_in_one_word_and_in_detail():
    assert (str(SealingError("filled")), str(SealingError("filled", "Seal1"))) == ("filled", "filled: Seal1")
