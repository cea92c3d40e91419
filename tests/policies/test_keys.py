"""What an applicant hands in, and the PKCS#12 that leaves once."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs12

from policies import keys
from tests.pki import Authority, name


def request_of(key, encoding=Encoding.PEM):
    return (
        x509.CertificateSigningRequestBuilder()
        .subject_name(name("某人"))
        .sign(key, hashes.SHA256())
        .public_bytes(encoding)
    )


def plain(key, encoding=Encoding.PEM):
    return key.public_key().public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_requests_and_public_keys_in_either_encoding(encoding):
    key = keys.new_key()
    for data in (request_of(key, encoding), plain(key, encoding)):
        assert keys.public_der(keys.read_public_key(data)) == keys.public_der(key.public_key())


def test_a_request_proves_that_the_applicant_holds_the_key():
    forged = bytearray(request_of(keys.new_key(), Encoding.DER))
    forged[-1] ^= 1
    with pytest.raises(keys.BadKeyError):
        keys.read_public_key(bytes(forged))


@pytest.mark.parametrize("data", [b"", b"x", b"-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----", b"x" * 20_001])
def test_what_is_none_is_refused(data):
    with pytest.raises(keys.BadKeyError):
        keys.read_public_key(data)


@pytest.mark.parametrize(
    "key",
    [
        rsa.generate_private_key(65537, 1024),  # noqa: S505 - Weak on purpose.
        ec.generate_private_key(ec.SECP192R1()),
        ed25519.Ed25519PrivateKey.generate(),
    ],
    ids=["rsa1024", "p192", "ed25519"],
)
def test_weak_and_strange_keys_are_refused(key):
    with pytest.raises(keys.BadKeyError):
        keys.read_public_key(plain(key))


def test_a_pkcs12_opens_with_its_password_only():
    key, authority = keys.new_key(), Authority()
    certificate = authority.issue("p1", key)
    sealed = keys.sealed(key, certificate, "张三", "correct horse", (authority.certificate,))
    found = pkcs12.load_pkcs12(sealed, b"correct horse")
    assert found.cert.certificate == certificate
    assert found.key.private_numbers() == key.private_numbers()
    assert [each.certificate for each in found.additional_certs] == [authority.certificate]
    with pytest.raises(ValueError, match="password"):
        pkcs12.load_pkcs12(sealed, b"wrong")
