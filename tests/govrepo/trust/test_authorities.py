"""The in-house authority: founded once, its keys sealed, its root's key away, openssl content with what it issues."""

import stat
import subprocess
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo import clock
from govrepo.settings import Settings
from govrepo.trust.authorities import ROOT, SEALS, TSA, USERS, Authorities, existing, found, serial_of
from govrepo.trust.chain import TrustStore, Untrusted, verify
from tests.pki import new_key

NAME = "广东省政府系统"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return Authorities.create(tmp_path_factory.mktemp("site") / "trust", b"secret words", NAME)


def store(made, *revoked):
    crl = made.sign_crl(dict(revoked), 1, clock.now(), 7)
    lists = [x509.load_der_x509_crl(der) for der in (made.root_crl, crl)]
    return TrustStore(made.anchors, made.intermediates, lists)


def test_what_it_issues_to_a_person_verifies(made):
    certificate = made.issue_user(new_key().public_key(), "p1", "张三", 365)
    verified = verify(certificate, store(made), clock.now())
    assert verified.person_id == "p1"
    assert verified.serial == serial_of(certificate)
    assert "张三" in certificate.subject.rfc4514_string()


def test_what_it_revokes_does_not(made):
    certificate = made.issue_user(new_key().public_key(), "p1", "张三", 365)
    with pytest.raises(Untrusted, match="revoked"):
        verify(certificate, store(made, (serial_of(certificate), (clock.now(), "keyCompromise"))), clock.now())


@pytest.mark.parametrize("name", [TSA, USERS, ROOT])
def test_its_own_certificates_log_nobody_in(made, name):
    with pytest.raises(Untrusted, match="wrong_usage"):
        verify(made.certificate(name), store(made), clock.now())


def test_a_seal_logs_nobody_in(made):
    seal = made.issue_seal(new_key().public_key(), "s1", "某单位", 365)
    assert seal.issuer == made.certificate(SEALS).subject
    with pytest.raises(Untrusted, match="wrong_usage"):
        verify(seal, store(made), clock.now())


def test_times_are_the_sites(made):
    with clock.frozen(clock.now() - timedelta(days=400)):
        certificate = made.issue_user(new_key().public_key(), "p1", "张三", 365)
    with pytest.raises(Untrusted, match="expired"):
        verify(certificate, store(made), clock.now())


def test_openssl_agrees(made, tmp_path):
    certificate = made.issue_user(new_key().public_key(), "p1", "张三", 365)
    files = {"root": made.certificate(ROOT), "users": made.certificate(USERS), "leaf": certificate}
    for name, each in files.items():
        (tmp_path / f"{name}.pem").write_bytes(each.public_bytes(Encoding.PEM))
    lists = [x509.load_der_x509_crl(der) for der in (made.root_crl, made.sign_crl({}, 1, clock.now(), 7))]
    (tmp_path / "crl.pem").write_bytes(b"".join(each.public_bytes(Encoding.PEM) for each in lists))
    command = (
        "openssl verify -x509_strict -purpose sslclient -crl_check_all -CRLfile crl.pem -CAfile root.pem "
        "-untrusted users.pem leaf.pem"
    )
    done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "leaf.pem: OK", done.stderr
    shown = subprocess.run(
        ["openssl", "x509", "-noout", "-serial", "-in", "leaf.pem"], cwd=tmp_path, capture_output=True, check=True
    )
    assert shown.stdout.decode().strip() == f"serial={serial_of(certificate)}"


def test_keys_are_sealed_and_kept_to_their_owner(made):
    folder = made.folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in (ROOT, USERS, SEALS, TSA):
        key = folder / f"{name}.key"
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        assert key.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    with pytest.raises(ValueError, match=r"."):
        Authorities.load(folder, b"wrong words").key(USERS)


def test_the_roots_key_may_be_away(tmp_path):
    Authorities.create(tmp_path / "trust", b"secret", NAME)
    (tmp_path / "trust" / "root.key").rename(tmp_path / "in the safe")
    made = Authorities.load(tmp_path / "trust", b"secret")
    assert verify(made.issue_user(new_key().public_key(), "p1", "张三", 365), store(made), clock.now())
    with pytest.raises(FileNotFoundError):
        made.key(ROOT)


def test_it_is_founded_once(tmp_path):
    settings = Settings({"govrepo.var": str(tmp_path)})
    assert existing(settings) is None
    made = found(settings, NAME)
    words = tmp_path / "trust-passphrase"
    assert stat.S_IMODE(words.stat().st_mode) == 0o600
    assert existing(settings).certificate(ROOT) == made.certificate(ROOT)
    with pytest.raises(FileExistsError):
        found(settings, NAME)
    words.chmod(0o644)
    with pytest.raises(PermissionError):
        existing(settings)
