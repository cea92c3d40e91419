"""Getting time stamps: the in-house authority's satisfy openssl; an outside one is asked over HTTP, and its answers are not believed unread."""

import hashlib
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from govrepo import clock
from govrepo.settings import Settings
from govrepo.trust.authorities import Authorities
from govrepo.trust.timestamp import as_response
from govrepo.trust.tsa import NoTimeStampError, TimeStamps, token
from tests.pki import Authority, stamping_certificate

DIGEST = hashlib.sha256(b"text").digest()
CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = {ess}
"""


@pytest.fixture(scope="module")
def authorities(tmp_path_factory):
    return Authorities.create(tmp_path_factory.mktemp("site") / "trust", b"secret words", "广东省政府系统")


def registry(folder, authorities=None, **settings):
    values = {"govrepo.var": str(folder), **{f"govrepo.{name}": value for name, value in settings.items()}}
    return SimpleNamespace(govrepo_settings=Settings(values), authorities=authorities)


def openssl(*arguments):
    return subprocess.run(["openssl", "ts", *map(str, arguments)], capture_output=True, text=True, check=False)


def test_openssl_accepts_a_token_and_a_response(tmp_path, authorities):
    stamped = token(authorities, DIGEST, clock.now())
    (root,) = authorities.anchors
    (tmp_path / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    (tmp_path / "text").write_bytes(b"text")
    (tmp_path / "token").write_bytes(stamped)
    (tmp_path / "text.tsr").write_bytes(as_response(stamped))
    against = ("-CAfile", tmp_path / "root.pem")
    found = openssl("-verify", "-digest", DIGEST.hex(), "-in", tmp_path / "token", "-token_in", *against)
    assert "Verification: OK" in found.stdout, found.stderr
    found = openssl("-verify", "-data", tmp_path / "text", "-in", tmp_path / "text.tsr", *against)
    assert "Verification: OK" in found.stdout, found.stderr
    (tmp_path / "text").write_bytes(b"another")
    assert openssl("-verify", "-data", tmp_path / "text", "-in", tmp_path / "text.tsr", *against).returncode
    assert "Status: Granted" in openssl("-reply", "-in", tmp_path / "text.tsr", "-text").stdout


def test_a_site_with_an_authority_stamps_and_one_without_does_not(tmp_path, authorities):
    stamps = TimeStamps(registry(tmp_path, authorities))
    at = stamps.verify(stamps.stamp(DIGEST), DIGEST)
    assert stamps.available
    assert abs((clock.now() - at).total_seconds()) < 5
    none = TimeStamps(registry(tmp_path))
    assert not none.available
    assert none.trusted == []
    with pytest.raises(NoTimeStampError, match="no time stamp authority"):
        none.stamp(DIGEST)


def test_only_a_sha256_digest_is_stamped(authorities):
    with pytest.raises(ValueError, match="SHA-256"):
        token(authorities, b"text", clock.now())


class Outside(HTTPServer):
    """An outside authority: OpenSSL behind a real HTTP server. ``spoil`` may change what it answers."""

    def __init__(self, folder, root, ess="sha256"):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder, self.spoil, self.status = folder, lambda answer: answer, 200
        certificate, key = stamping_certificate(root)
        (folder / "tsa.crt").write_bytes(certificate.public_bytes(Encoding.PEM))
        (folder / "tsa.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        (folder / "chain.pem").write_bytes(root.certificate.public_bytes(Encoding.PEM))
        (folder / "serial").write_text("01\n")
        (folder / "ts.cnf").write_text(CONFIG.format(folder=folder, ess=ess))
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/tsa"

    def reply(self, query):
        (self.folder / "query").write_bytes(query)
        made = openssl(
            "-reply", "-config", self.folder / "ts.cnf", "-queryfile", self.folder / "query", "-out", self.folder / "reply",
            "-signer", self.folder / "tsa.crt", "-inkey", self.folder / "tsa.key", "-chain", self.folder / "chain.pem",
        )  # fmt: skip
        assert not made.returncode, made.stderr
        return (self.folder / "reply").read_bytes()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        assert self.headers["Content-Type"] == "application/timestamp-query"
        answer = self.server.spoil(self.server.reply(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        """Quiet."""


@pytest.fixture(params=["sha256", "sha1"])
def outside(tmp_path, request):
    """With either version of the attribute that names the certificate; the certificates stand in no order (OpenSSL's way)."""
    server = Outside(tmp_path, Authority("外部CA"), request.param)
    yield server
    server.shutdown()
    server.server_close()


def asked(outside, **settings):
    certificates = outside.folder / "chain.pem"
    return TimeStamps(registry(outside.folder, tsa=outside.address, tsa_certificates=str(certificates), **settings))


def test_an_outside_authority_stamps(outside):
    stamps = asked(outside)
    assert stamps.available
    at = stamps.verify(stamps.stamp(DIGEST), DIGEST)
    assert abs((clock.now() - at).total_seconds()) < 5


def test_an_outside_authority_is_not_believed_unread(outside):
    stamps = asked(outside)
    earlier = outside.reply((stamps.stamp(DIGEST) and outside.folder / "query").read_bytes())
    for spoil, words in (
        (lambda _answer: earlier, "another request"),
        (lambda _answer: bytes.fromhex("30053003020102"), "refuses, status 2"),
        (lambda _answer: b"<html>", "no response"),
        (lambda answer: answer[:-4] + b"\0\0\0\0", "signature"),
    ):
        outside.spoil = spoil
        with pytest.raises(NoTimeStampError, match=words):
            stamps.stamp(DIGEST)
    outside.status = 503
    with pytest.raises(NoTimeStampError, match="503"):
        stamps.stamp(DIGEST)


def test_an_outside_authority_that_is_another_one_is_refused(outside, tmp_path):
    stamps = asked(outside)
    stamps._certificates = [Authority("外部CA").certificate]
    with pytest.raises(NoTimeStampError, match="not trusted"):
        stamps.stamp(DIGEST)


def test_an_outside_authority_that_is_away(outside):
    stamps = asked(outside)
    outside.shutdown()
    outside.server_close()
    with pytest.raises(NoTimeStampError, match="refused"):
        stamps.stamp(DIGEST)


def test_an_outside_authority_needs_certificates_and_an_address_of_the_web(tmp_path):
    with pytest.raises(FileNotFoundError):
        TimeStamps(registry(tmp_path, tsa="http://127.0.0.1:9/"))
    (tmp_path / "tsa.pem").write_bytes(Authority().certificate.public_bytes(Encoding.PEM))
    assert isinstance(TimeStamps(registry(tmp_path, tsa="file:///etc/passwd")).trusted[0], x509.Certificate)
    with pytest.raises(NoTimeStampError, match="http or https"):
        TimeStamps(registry(tmp_path, tsa="file:///etc/passwd")).stamp(DIGEST)
