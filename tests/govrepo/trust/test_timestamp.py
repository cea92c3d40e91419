"""Checking time stamps: every octet of one counts; only the trusted authority's certificate for time stamps stamps, while it is valid."""

import hashlib
import subprocess
import sys
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given
from hypothesis import strategies as st

from govrepo import clock
from govrepo.trust.authorities import ROOT, SEALS, TSA, Authorities
from govrepo.trust.timestamp import (
    BadTimeStampError,
    as_response,
    check_token,
    from_response,
    nonce_of,
    time_of,
    verify_token,
)
from govrepo.trust.tsa import token
from tests.pki import Authority, stamping_certificate

DIGEST = hashlib.sha256(b"text").digest()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return Authorities.create(tmp_path_factory.mktemp("site") / "trust", b"secret words", "广东省政府系统")


@pytest.fixture(scope="module")
def stamped(made):
    return token(made, DIGEST, clock.now())


class Stamper:
    """What :func:`govrepo.trust.tsa.token` asks of the authorities, with a certificate of any kind."""

    def __init__(self, certificate, key):
        self._pair = certificate, key

    def certificate(self, name):
        return self._pair[0]

    def key(self, name):
        return self._pair[1]


def test_a_token_names_its_instant_to_the_microsecond(made):
    now = clock.now()
    stamped = token(made, DIGEST, now)
    assert verify_token(stamped, DIGEST, made.anchors) == now == time_of(stamped)
    assert nonce_of(stamped) == 0
    whole = now.replace(microsecond=0)
    assert verify_token(token(made, DIGEST, whole), DIGEST, made.anchors) == whole


def test_a_token_is_judged_as_of_when_it_is_known_to_have_existed(made, stamped):
    (root,) = made.anchors
    instant, path = check_token(stamped, DIGEST, made.anchors, clock.now() + timedelta(days=1000))
    assert (instant, path) == (time_of(stamped), (made.certificate(TSA), root))
    with pytest.raises(BadTimeStampError, match="valid"):
        check_token(stamped, DIGEST, made.anchors, clock.now() + timedelta(days=2000))


def test_another_text_is_refused(made, stamped):
    with pytest.raises(BadTimeStampError, match="another text"):
        verify_token(stamped, hashlib.sha256(b"other").digest(), made.anchors)


def test_another_authority_is_refused(made, stamped, tmp_path):
    with pytest.raises(BadTimeStampError, match="no authority is trusted"):
        verify_token(stamped, DIGEST, [])
    other = Authorities.create(tmp_path / "trust", b"secret words", "广东省政府系统")
    with pytest.raises(BadTimeStampError, match="not trusted"):
        verify_token(stamped, DIGEST, other.anchors)
    with pytest.raises(BadTimeStampError, match="not trusted"):
        verify_token(stamped, DIGEST, [made.certificate(SEALS)])


def test_every_octet_counts(made, stamped):
    changed = []
    for place in range(len(stamped)):
        forged = stamped[:place] + bytes([stamped[place] ^ 1]) + stamped[place + 1 :]
        try:
            verify_token(forged, DIGEST, made.anchors)
        except BadTimeStampError:
            continue
        changed.append(place)
    assert changed == []
    info = stamped.index(DIGEST)
    assert all(place < info - 60 or place > info + 100 for place in changed)


@pytest.mark.parametrize("cut", [0, 1, 50, 300, -1])
def test_a_cut_one_is_refused(made, stamped, cut):
    with pytest.raises(BadTimeStampError):
        verify_token(stamped[:cut], DIGEST, made.anchors)


@given(st.binary(max_size=60))
def test_rubbish_is_refused(octets):
    for ask in (lambda: verify_token(octets, DIGEST, []), lambda: time_of(octets), lambda: from_response(octets)):
        with pytest.raises(BadTimeStampError):
            ask()


def test_a_flood_is_refused(made):
    with pytest.raises(BadTimeStampError, match="too large"):
        verify_token(b"\x30" * 100_000, DIGEST, made.anchors)


@pytest.mark.parametrize(
    ("usage", "critical"),
    [
        ((ExtendedKeyUsageOID.CLIENT_AUTH,), True),
        ((ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CLIENT_AUTH), True),
        ((ExtendedKeyUsageOID.TIME_STAMPING,), False),
    ],
)
def test_a_certificate_for_something_else_does_not_stamp(usage, critical):
    root = Authority()
    stamped = token(Stamper(*stamping_certificate(root, usage=usage, critical=critical)), DIGEST, clock.now())
    with pytest.raises(BadTimeStampError, match="not trusted"):
        verify_token(stamped, DIGEST, [root.certificate])


def test_a_persons_certificate_does_not_stamp(made):
    key = ec.generate_private_key(ec.SECP256R1())
    person = made.issue_user(key.public_key(), "p1", "张三", 365)
    stamped = token(Stamper(person, key), DIGEST, clock.now())
    with pytest.raises(BadTimeStampError, match="not trusted"):
        verify_token(stamped, DIGEST, [made.certificate(ROOT)])


def test_the_certificate_counts_as_of_the_instant(made):
    """An old stamp outlives its certificate; nobody stamps with one that has run out."""
    long_after = clock.now() + timedelta(days=3000)
    stamped = token(made, DIGEST, clock.now())
    with clock.frozen(long_after):
        verify_token(stamped, DIGEST, made.anchors)
    with pytest.raises(BadTimeStampError, match="not trusted"):
        verify_token(token(made, DIGEST, long_after), DIGEST, made.anchors)


def test_a_certificate_put_in_place_of_the_signers_is_refused(made, stamped):
    """Same issuer, same serial, same key even: the signed attributes name the certificate by its digest."""
    good = made.certificate(TSA)
    twin = x509.CertificateBuilder(good.issuer, good.subject, good.public_key(), good.serial_number, *_validity(good))
    for extension in good.extensions:
        twin = twin.add_extension(extension.value, extension.critical)
    other = twin.sign(made.key(ROOT), hashes.SHA256()).public_bytes(Encoding.DER)
    own = good.public_bytes(Encoding.DER)
    while len(other) != len(own):
        other = twin.sign(made.key(ROOT), hashes.SHA256()).public_bytes(Encoding.DER)
    with pytest.raises(BadTimeStampError, match="another certificate"):
        verify_token(stamped.replace(own, other), DIGEST, made.anchors)


def _validity(certificate):
    return certificate.not_valid_before_utc, certificate.not_valid_after_utc


def test_a_response_brings_its_token(stamped):
    assert from_response(as_response(stamped)) == stamped
    with pytest.raises(BadTimeStampError, match="refuses, status 2"):
        from_response(bytes.fromhex("30053003020102"))


def test_checking_needs_cryptography_alone():
    words = "import sys; import govrepo.trust.timestamp; print({'asn1crypto', 'pyramid', 'ZODB', 'persistent'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
