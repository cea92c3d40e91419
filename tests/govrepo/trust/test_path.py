"""Paths off-line: each use has its certificates, each certificate its time, each path its end in what is trusted."""

from datetime import timedelta

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from govrepo import clock
from govrepo.trust.path import PERSON, SEAL, STAMPING, NoPathError, check_path
from tests.pki import Authority, stamping_certificate


@pytest.fixture(scope="module")
def root():
    return Authority("根CA")


@pytest.fixture(scope="module")
def users(root):
    return Authority("用户CA", root)


def test_a_persons_path(root, users):
    certificate = users.issue()
    check_path(certificate, [users.certificate], [root.certificate], clock.now(), PERSON)
    check_path(certificate, [], [users.certificate], clock.now(), PERSON)


@pytest.mark.parametrize(("others", "trusted"), [([], "root"), (["users"], "another"), (["users"], None)])
def test_a_path_that_does_not_arrive(root, users, others, trusted):
    known = {"root": root.certificate, "users": users.certificate, "another": Authority("根CA").certificate}
    ends = [known[trusted]] if trusted else []
    with pytest.raises(NoPathError):
        check_path(users.issue(), [known[each] for each in others], ends, clock.now(), PERSON)


@pytest.mark.parametrize("days", [-30, 1000])
def test_a_path_outside_its_time(root, users, days):
    with pytest.raises(NoPathError, match="valid"):
        check_path(users.issue(), [users.certificate], [root.certificate], clock.now() + timedelta(days=days), PERSON)


def test_each_use_has_its_certificates(root, users):
    stamping, _key = stamping_certificate(root)
    check_path(stamping, [], [root.certificate], clock.now(), STAMPING)
    server = users.issue(eku=(ExtendedKeyUsageOID.SERVER_AUTH,))
    for certificate, use in ((stamping, PERSON), (server, PERSON), (users.issue(), STAMPING)):
        with pytest.raises(NoPathError):
            check_path(certificate, [users.certificate], [root.certificate], clock.now(), use)


def test_a_certificate_of_somebody_who_is_no_authority(root, users):
    key = Authority("x").key
    middle = users.issue(key=key)
    leaf = Authority("y", key=key).issue()
    with pytest.raises(NoPathError):
        check_path(leaf, [middle, users.certificate], [root.certificate], clock.now(), PERSON)


def test_a_seals_path_is_for_what_cannot_be_denied_and_is_told(root, users):
    seal = users.issue(eku=None, ku=("digital_signature", "content_commitment"))
    found = check_path(seal, [users.certificate], [root.certificate], clock.now(), SEAL)
    assert found == (seal, users.certificate, root.certificate)
    for certificate in (users.issue(), users.issue(ku=())):
        with pytest.raises(NoPathError):
            check_path(certificate, [users.certificate], [root.certificate], clock.now(), SEAL)
