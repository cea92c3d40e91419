"""Reading signed CMS messages: what openssl and cryptography write is read; every octet counts; what could mean two things is refused."""

import subprocess
import sys

import pytest
from asn1crypto import cms as asn1
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from govrepo.trust import cms
from tests.pki import Authority

TEXT = "关于春运工作的通知\n".encode()
KEYS = {"ec": lambda: ec.generate_private_key(ec.SECP256R1()), "rsa": lambda: rsa.generate_private_key(65537, 2048)}
REFUSALS = (InvalidSignature, UnsupportedAlgorithm, *cms.MALFORMED)


def signed(folder, kind="ec", *options):
    key = KEYS[kind]()
    certificate = Authority().issue(key=key)
    (folder / "text").write_bytes(TEXT)
    (folder / "key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "cer").write_bytes(certificate.public_bytes(Encoding.PEM))
    command = [
        "openssl",
        "cms",
        "-sign",
        "-binary",
        "-in",
        "text",
        "-signer",
        "cer",
        "-inkey",
        "key",
        "-outform",
        "DER",
    ]
    made = subprocess.run([*command, *options], cwd=folder, capture_output=True, check=True)
    return made.stdout, certificate


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("options", [(), ("-md", "sha384"), ("-md", "sha512", "-keyid"), ("-nocerts",)])
def test_what_openssl_signs(tmp_path, kind, options):
    octets, certificate = signed(tmp_path, kind, *options)
    message = cms.read(octets)
    assert message.enclosed is None
    assert message.is_by(certificate)
    assert not message.is_by(Authority().certificate)
    assert message.certificates == ([] if "-nocerts" in options else [certificate])
    assert cms.MESSAGE_DIGEST in message.verify(TEXT, cms.DATA, certificate)
    with pytest.raises(ValueError, match="not what was signed"):
        message.verify(TEXT + b" ", cms.DATA, certificate)


def test_what_is_enclosed(tmp_path):
    octets, certificate = signed(tmp_path, "ec", "-nodetach")
    message = cms.read(octets)
    assert message.enclosed == TEXT
    message.verify(message.enclosed, cms.DATA, certificate)


def test_every_octet_counts(tmp_path):
    octets, certificate = signed(tmp_path, "ec", "-nocerts", "-nosmimecap")
    unharmed = []
    for place in range(len(octets)):
        forged = octets[:place] + bytes([octets[place] ^ 1]) + octets[place + 1 :]
        try:
            message = cms.read(forged)
            if message.is_by(certificate):
                message.verify(TEXT, cms.DATA, certificate)
                unharmed.append(place)
        except REFUSALS:
            continue
    assert unharmed == []


@pytest.mark.parametrize("options", [("-noattr",), ("-md", "sha1"), ("-md", "md5")])
def test_what_does_not_count(tmp_path, options):
    octets, _certificate = signed(tmp_path, "rsa", *options)
    with pytest.raises(cms.MALFORMED):
        cms.read(octets)


def test_two_signers_are_refused(tmp_path):
    octets, _certificate = signed(tmp_path)
    loaded = asn1.ContentInfo.load(octets)
    loaded["content"]["signer_infos"].append(loaded["content"]["signer_infos"][0].copy())
    with pytest.raises(cms.MALFORMED):
        cms.read(loaded.dump(force=True))


def test_another_type_is_refused(tmp_path):
    octets, certificate = signed(tmp_path)
    with pytest.raises(ValueError, match="something else"):
        cms.read(octets).verify(TEXT, "1.2.840.113549.1.9.16.1.4", certificate)


def test_reading_needs_cryptography_alone():
    words = "import sys; import govrepo.trust.signatures; print({'asn1crypto', 'pyramid', 'ZODB', 'persistent'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
