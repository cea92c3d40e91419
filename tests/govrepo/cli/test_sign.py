"""govrepo-sign: what it writes, the site can verify; what it cannot read, it says."""

import os
import pty
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12

from govrepo.cli.sign import main
from govrepo.trust.chain import load_certificate
from govrepo.trust.envelope import unpack
from govrepo.trust.signatures import verify_text
from tests.pki import Authority, new_key

TEXT = "govrepo challenge v1\n待签\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "password").write_text("秘密 words\n", encoding="utf-8")
    return tmp_path


def p12(folder, key, certificate):
    content = pkcs12.serialize_key_and_certificates(
        "张三".encode(), key, certificate, None, BestAvailableEncryption("秘密 words".encode())
    )
    (folder / "me.p12").write_bytes(content)


def run(folder, *more):
    return main([str(folder / "text.txt"), str(folder / "me.p12"), "--password-file", str(folder / "password"), *more])


@pytest.mark.parametrize("make", [new_key, ed25519.Ed25519PrivateKey.generate])
def test_what_it_signs_verifies(folder, make, capsys):
    key = make()
    certificate = Authority().issue(key=key)
    p12(folder, key, certificate)
    assert run(folder) == 0
    assert TEXT in capsys.readouterr().out
    found = unpack((folder / "text.txt.signed").read_text())
    assert found.text == TEXT
    assert found.certificate == certificate.public_bytes(Encoding.DER)
    assert verify_text(found.text, found.signature, load_certificate(found.certificate))


def test_an_editors_line_ends_and_marks_do_not_matter(folder):
    key = new_key()
    p12(folder, key, Authority().issue(key=key))
    (folder / "text.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert run(folder, "--out", str(folder / "out")) == 0
    assert unpack((folder / "out").read_text()).text == TEXT


def test_it_asks_for_the_password(folder):
    key = new_key()
    p12(folder, key, Authority().issue(key=key))
    start = "import sys; from govrepo.cli.sign import main; sys.exit(main())"
    command = [sys.executable, "-c", start, str(folder / "text.txt"), str(folder / "me.p12")]
    child, terminal = pty.fork()
    if child == 0:
        os.execv(command[0], command)  # noqa: S606 - The child is our own program.
    shown = b""
    while b"password of me.p12: " not in shown:
        shown += os.read(terminal, 1024)
    os.write(terminal, "秘密 words\n".encode())
    try:
        while chunk := os.read(terminal, 1024):
            shown += chunk
    except OSError:  # Linux says so when the terminal's other end is closed.
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, shown
    assert "秘密".encode() not in shown
    assert unpack((folder / "text.txt.signed").read_text()).text == TEXT


def test_what_it_cannot_use_it_says(folder, capsys):
    key = new_key()
    assert run(folder) == 2
    p12(folder, None, Authority().issue(key=key))
    assert run(folder) == 2
    assert "holds no key" in capsys.readouterr().err
    p12(folder, key, Authority().issue(key=key))
    (folder / "password").write_text("wrong")
    assert run(folder) == 2
    assert not (folder / "text.txt.signed").exists()
