"""The certificates in a package: led to somebody trusted, and not blocked, when they were used (R-25.1, R-9.3)."""

from datetime import timedelta

import pytest
from cryptography import x509

from govrepo import clock
from govrepo.evidence.certificates import check_certificates, name_of
from govrepo.trust.authorities import serial_of


@pytest.fixture
def check(sample):
    serial = serial_of(sample.certificate)

    def ask(at=None, lists=(), own=None, named=serial):
        entry = {"certificate": named, "time": clock.micros(at or clock.now())}
        known = {name_of(serial): sample.certificate} if own is None else own
        above = list(sample.authorities.intermediates)
        (found,) = check_certificates([entry, {"certificate": ""}], known, above, lists, sample.trusted)
        return found

    return ask


def test_it_holds(check):
    assert check().holds


def test_one_that_is_not_there_is_not_proven(check):
    assert check(own={}).holds is None


def test_another_one_in_its_place(check, sample):
    found = check(named="AB", own={name_of("AB"): sample.certificate})
    assert (found.holds, found.words) == (False, "it is another certificate")


def test_one_that_had_run_out(check):
    assert "nobody trusted" in check(at=clock.now() + timedelta(days=4000)).words


def test_r_9_3_one_that_was_blocked_before_it_was_used(check, sample):
    now = clock.now() + timedelta(hours=2)
    blocked = {serial_of(sample.certificate): (now, "keyCompromise")}
    crl = x509.load_der_x509_crl(sample.authorities.sign_crl(blocked, 3, now, 7))
    assert check(at=now - timedelta(hours=1), lists=[crl]).holds, "it was used before"
    found = check(at=now + timedelta(hours=1), lists=[crl])
    assert found.holds is False
    assert "blocked" in found.words
