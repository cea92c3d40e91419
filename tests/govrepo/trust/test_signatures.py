"""Signatures over a text: each form, each algorithm, each forgery; and that openssl alone can verify them (docs/signatures.md)."""

import re
import subprocess
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs7

from govrepo.trust.signatures import EDDSA, ES256, RS256, BadSignatureError, sign_text, verify_text
from tests.pki import Authority, new_key

TEXT = "签收回执\n公文：粤府办〔2012〕2号\n"
DOCS = Path(__file__).resolve().parents[3] / "docs" / "signatures.md"
KEYS = {
    ES256: new_key,
    EDDSA: ed25519.Ed25519PrivateKey.generate,
    RS256: lambda: rsa.generate_private_key(65537, 2048),
}


@pytest.fixture(scope="module")
def authority():
    return Authority()


def signer(authority, algorithm=ES256):
    key = KEYS[algorithm]()
    return key, authority.issue(key=key)


def message(key, certificate, text=TEXT, *options):
    builder = pkcs7.PKCS7SignatureBuilder().set_data(text.encode()).add_signer(certificate, key, hashes.SHA256())
    options = options or (pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary)
    return builder.sign(Encoding.DER, list(options))


@pytest.mark.parametrize("algorithm", KEYS)
def test_raw(authority, algorithm):
    key, certificate = signer(authority, algorithm)
    value = sign_text(TEXT, key)
    found = verify_text(TEXT, value, certificate)
    assert (found.algorithm, found.form, found.value) == (algorithm, "raw", value)
    with pytest.raises(BadSignatureError):
        verify_text(TEXT + " ", value, certificate)
    with pytest.raises(BadSignatureError):
        verify_text(TEXT, value, signer(authority, algorithm)[1])


def test_raw_as_browsers_make_it(authority):
    key, certificate = signer(authority)
    r, s = decode_dss_signature(sign_text(TEXT, key))
    value = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    assert verify_text(TEXT, value, certificate).algorithm == ES256
    with pytest.raises(BadSignatureError):
        verify_text(TEXT, bytes(64), certificate)


@pytest.mark.parametrize("algorithm", [ES256, RS256])
def test_cms(authority, algorithm):
    key, certificate = signer(authority, algorithm)
    value = message(key, certificate)
    found = verify_text(TEXT, value, certificate)
    assert (found.algorithm, found.form) == (algorithm, "cms")
    with pytest.raises(BadSignatureError):
        verify_text(TEXT + " ", value, certificate)
    with pytest.raises(BadSignatureError):
        verify_text(TEXT, value, signer(authority, algorithm)[1])


def test_cms_with_the_text_enclosed_is_refused(authority):
    key, certificate = signer(authority)
    with pytest.raises(BadSignatureError):
        verify_text(TEXT, message(key, certificate, TEXT, pkcs7.PKCS7Options.Binary), certificate)


def test_cms_without_signed_attributes_is_refused(authority):
    key, certificate = signer(authority)
    bare = message(
        key, certificate, TEXT, pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary,
        pkcs7.PKCS7Options.NoAttributes,
    )  # fmt: skip
    with pytest.raises(BadSignatureError):
        verify_text(TEXT, bare, certificate)


def rewritten(value, change):
    content = cms.ContentInfo.load(value)
    change(content["content"])
    return content.dump(force=True)


def other_type(signed):
    for attribute in signed["signer_infos"][0]["signed_attrs"]:
        if attribute["type"].native == "content_type":
            attribute["values"][0] = "signed_data"


def two_signers(signed):
    signed["signer_infos"].append(signed["signer_infos"][0])


def no_signers(signed):
    signed["signer_infos"] = cms.SignerInfos([])


def weak_digest(signed):
    signed["signer_infos"][0]["digest_algorithm"] = {"algorithm": "sha1"}


def other_serial(signed):
    signed["signer_infos"][0]["sid"].chosen["serial_number"] = 7


def digest_twice(signed):
    attributes = signed["signer_infos"][0]["signed_attrs"]
    attributes.append(next(each for each in attributes if each["type"].native == "message_digest"))


@pytest.mark.parametrize("change", [other_type, two_signers, no_signers, weak_digest, other_serial, digest_twice])
def test_cms_that_was_tampered_with(authority, change):
    key, certificate = signer(authority)
    with pytest.raises(BadSignatureError):
        verify_text(TEXT, rewritten(message(key, certificate), change), certificate)


@pytest.mark.parametrize(
    "value", [b"", b"\x30\x00", b"0" * 300_000, bytes.fromhex("3010060b2a864886f70d010702") + b"\0" * 20]
)
def test_nonsense(authority, value):
    with pytest.raises(BadSignatureError):
        verify_text(TEXT, value, signer(authority)[1])
    head = bytes.fromhex("300b06092a864886f70d010702")
    with pytest.raises(BadSignatureError):
        verify_text(TEXT, head + value, signer(authority)[1])


def test_a_key_that_does_not_sign_here(authority):
    key = ec.generate_private_key(ec.SECP521R1())
    with pytest.raises(BadSignatureError):
        verify_text(TEXT, b"\0", authority.issue(key=key))
    with pytest.raises(TypeError):
        sign_text(TEXT, object())


def commands(heading):
    """The commands that docs/signatures.md gives under a heading."""
    part = DOCS.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return re.search(r"```sh\n(.*?)```", part, re.DOTALL)[1]


def run(folder, heading):
    return subprocess.run(
        ["sh", "-e", "-c", commands(heading)], cwd=folder, capture_output=True, text=True, check=False
    )


def lay_out(folder, key, certificate, value):
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    (folder / "text.sig").write_bytes(value)
    (folder / "person.cer").write_bytes(certificate.public_bytes(Encoding.DER))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "person.pem").write_bytes(private + certificate.public_bytes(Encoding.PEM))


@pytest.mark.parametrize(("heading", "algorithm"), [("ES256", ES256), ("RS256", RS256), ("EdDSA", EDDSA)])
def test_openssl_verifies_raw_signatures_with_the_commands_of_the_docs(authority, tmp_path, heading, algorithm):
    key, certificate = signer(authority, algorithm)
    lay_out(tmp_path, key, certificate, sign_text(TEXT, key))
    done = run(tmp_path, heading)
    assert done.returncode == 0, done.stderr
    assert "Verified" in done.stdout
    (tmp_path / "text.txt").write_text(TEXT + "又及", encoding="utf-8")
    assert run(tmp_path, heading).returncode != 0


def test_openssl_verifies_a_browsers_signature_with_the_commands_of_the_docs(authority, tmp_path):
    key, certificate = signer(authority)
    r, s = decode_dss_signature(sign_text(TEXT, key))
    lay_out(tmp_path, key, certificate, r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    done = run(tmp_path, "ES256 from a browser")
    assert done.returncode == 0, done.stderr
    assert "Verified OK" in done.stdout


def test_openssl_verifies_cms_and_its_own_are_taken(authority, tmp_path):
    key, certificate = signer(authority)
    lay_out(tmp_path, key, certificate, message(key, certificate))
    (tmp_path / "authorities.pem").write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    done = run(tmp_path, "CMS")
    assert done.returncode == 0, done.stderr
    assert run(tmp_path, "Signing with openssl").returncode == 0
    assert verify_text(TEXT, (tmp_path / "text.p7s").read_bytes(), certificate).form == "cms"
