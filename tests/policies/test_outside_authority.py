"""Outside authorities (R-26.1): trusted by the security officer with the fingerprint typed, hostile files refused, trust ended at once."""

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from govrepo import clock
from govrepo.trust.chain import Untrusted
from govrepo.trust.data import verify_here
from govrepo.trust.lists import fingerprint
from policies.outside_authority import authorities, end_trust, take_list, trust
from tests.pki import Authority
from tests.policies.test_inspection import refused


def pem(certificate):
    return certificate.public_bytes(Encoding.PEM)


@pytest.fixture
def outside(bench):
    return Authority("省电子认证中心")


def taken(bench, authority, **changed):
    given = {
        "file": pem(authority.certificate),
        "typed": fingerprint(authority.certificate),
        "basis": "厅办〔2013〕9号",
    } | changed
    return trust(bench.root, given["file"], given["typed"], given["basis"], bench.actor("security"))


def test_a_trusted_authoritys_certificate_counts_once_its_list_is_there_and_not_after_the_end(bench, outside):
    person = bench.person("jm.clerk")
    leaf = outside.issue(person.id)
    spaced = ":".join(fingerprint(outside.certificate)[at : at + 2] for at in range(0, 64, 2)).upper()
    taken(bench, outside, typed=spaced)
    with pytest.raises(Untrusted):  # No list yet.
        verify_here(bench.root, bench.registry, leaf, clock.now())
    take_list(bench.root, outside.crl().public_bytes(Encoding.PEM), bench.actor("security"))
    assert verify_here(bench.root, bench.registry, leaf, clock.now()).person_id == person.id
    (found,) = authorities(bench.root, bench.registry)
    assert (found.anchor, found.crl is not None) == (True, True)
    end_trust(bench.root, found.fingerprint, "合同终止", bench.actor("security"))
    assert authorities(bench.root, bench.registry) == []
    with pytest.raises(Untrusted):
        verify_here(bench.root, bench.registry, leaf, clock.now())
    with pytest.raises(KeyError):
        end_trust(bench.root, found.fingerprint, "x", bench.actor("security"))


def test_an_authority_below_a_trusted_one_is_known_and_a_strangers_is_not(bench, outside):
    below = Authority("省电子认证中心二级", outside)
    assert refused(lambda: taken(bench, below)) == {("R-26.1", "file")}
    taken(bench, outside)
    taken(bench, below)
    assert [each.anchor for each in authorities(bench.root, bench.registry)] == [True, False]


def hostile(outside):
    key = outside.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    weak = rsa.generate_private_key(65537, 1024)  # noqa: S505 - What is to be refused.
    return {
        "with its private key": pem(outside.certificate) + key,
        "no certificate": b"hello",
        "nothing": b"",
        "a person's": pem(outside.issue()),
        "expired": pem(Authority("旧CA", start=-9, end=-1).certificate),
        "not yet valid": pem(Authority("新CA", start=2, end=9).certificate),
        "weak": pem(Authority("弱CA", key=weak).certificate),
        "too large": b" " * 70_000,
    }


@pytest.mark.parametrize(
    "what",
    [
        "with its private key",
        "no certificate",
        "nothing",
        "a person's",
        "expired",
        "not yet valid",
        "weak",
        "too large",
    ],
)
def test_a_hostile_file_is_refused_at_its_field(bench, outside, what):
    file = hostile(outside)[what]
    assert ("R-26.1", "file") in refused(lambda: taken(bench, outside, file=file))
    assert authorities(bench.root, bench.registry) == []


def test_a_root_that_did_not_sign_itself_is_none(bench, outside):
    """Another key under the same name."""
    twin = Authority(outside.certificate.subject.rfc4514_string().removeprefix("CN="), outside)
    assert twin.certificate.issuer == twin.certificate.subject
    assert refused(lambda: taken(bench, twin)) == {("R-26.1", "file")}


def test_the_fingerprint_is_typed_whole_the_basis_is_given_and_once_is_enough(bench, outside):
    found = refused(lambda: taken(bench, outside, typed=fingerprint(outside.certificate)[:16], basis=" "))
    assert found == {("R-26.1", "fingerprint"), ("R-26.1", "basis")}
    taken(bench, outside)
    assert refused(lambda: taken(bench, outside)) == {("R-26.1", "file")}


def test_r_9_1_only_the_security_officer(bench, outside):
    file, typed = pem(outside.certificate), fingerprint(outside.certificate)
    for login in ("admin", "auditor", "tech", "office.leader", "jm.clerk"):
        actor = bench.actor(login)
        assert refused(lambda actor=actor: trust(bench.root, file, typed, "x", actor)) == {("R-26.1", "")}
        assert refused(lambda actor=actor: take_list(bench.root, b"", actor)) == {("R-26.1", "")}
        assert refused(lambda actor=actor: end_trust(bench.root, typed, "x", actor)) == {("R-26.1", "")}


def test_a_list_must_be_newer_and_somebodys_we_know(bench, outside):
    actor = bench.actor("security")
    taken(bench, outside)
    newer = outside.crl(number=2, start=0).public_bytes(Encoding.DER)
    take_list(bench.root, newer, actor)
    for file in (newer, Authority("别家").crl().public_bytes(Encoding.DER), b"x", b"-----BEGIN X509 CRL-----\nx"):
        assert refused(lambda file=file: take_list(bench.root, file, actor)) == {("R-26.1", "crl")}
    (found,) = authorities(bench.root, bench.registry)
    assert refused(lambda: end_trust(bench.root, found.fingerprint, " ", actor)) == {("R-26.1", "reason")}
