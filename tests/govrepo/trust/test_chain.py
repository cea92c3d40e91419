"""Hostile certificates, one by one (R-9.3, R-25.1, R-27.1): each is refused with its own reason."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ReasonFlags
from cryptography.x509.oid import ExtendedKeyUsageOID as Use

from govrepo import clock
from govrepo.trust.chain import WORDS, TrustStore, Untrusted, load_certificate, verify
from govrepo.trust.lists import is_list_of
from tests.pki import Authority, new_key, uri


class World:
    """A root, an authority of users below it, and what is known of them."""

    def __init__(self):
        self.root = Authority("根CA", length=1)
        self.users = Authority("用户CA", self.root, length=0)
        self.root_crl, self.crl = self.root.crl(), self.users.crl()

    def store(self, *crls, intermediates=()):
        crls = crls or (self.root_crl, self.crl)
        return TrustStore([self.root.certificate], [self.users.certificate, *intermediates], crls)


@pytest.fixture(scope="module")
def world():
    return World()


def code(certificate, store, now=None):
    with pytest.raises(Untrusted) as refused:
        verify(certificate, store, now or clock.now())
    assert refused.value.words == WORDS[refused.value.code]
    return refused.value.code


def test_a_good_certificate_names_its_person(world):
    certificate = world.users.issue("p-1.x_y")
    verified = verify(certificate, world.store(), clock.now())
    assert verified.person_id == "p-1.x_y"
    assert int(verified.serial, 16) == certificate.serial_number
    assert len(verified.fingerprint) == 64
    assert verified.chain == (certificate, world.users.certificate, world.root.certificate)


@pytest.mark.parametrize("key", [ed25519.Ed25519PrivateKey.generate, lambda: rsa.generate_private_key(65537, 2048)])
def test_other_strong_keys_are_good_too(world, key):
    assert verify(world.users.issue(key=key()), world.store(), clock.now()).person_id == "p1"


@pytest.mark.parametrize(
    ("expected", "made"),
    [
        ("wrong_usage", {"eku": (Use.SERVER_AUTH,)}),
        ("wrong_usage", {"eku": (Use.ANY_EXTENDED_KEY_USAGE,)}),
        ("wrong_usage", {"eku": None}),
        ("wrong_usage", {"ku": None}),
        ("wrong_usage", {"ku": ("content_commitment",)}),
        ("wrong_usage", {"ku": ("digital_signature", "key_cert_sign")}),
        ("expired", {"start": -30, "end": -1}),
        ("not_yet_valid", {"start": 1}),
        ("bad_name", {"names": []}),
        ("bad_name", {"names": [x509.DNSName("example.org")]}),
        ("bad_name", {"names": [uri("p1"), uri("p2")]}),
        ("bad_name", {"names": [uri("p1"), x509.UniformResourceIdentifier("urn:other:1")]}),
        ("bad_name", {"names": [x509.UniformResourceIdentifier("urn:govrepo:seal:s1")]}),
        ("bad_name", {"names": [x509.UniformResourceIdentifier("x:urn:govrepo:principal:p1")]}),
        ("bad_name", {"names": [uri("p1\n")]}),
        ("bad_name", {"names": [uri("p1/../p2")]}),
        ("bad_name", {"names": [uri("")]}),
        ("bad_name", {"names": [x509.RFC822Name("urn:govrepo:principal:p1@x.example")]}),
    ],
)
def test_use_period_and_name(world, expected, made):
    assert code(world.users.issue(**made), world.store()) == expected


@pytest.mark.parametrize(
    "key",
    [lambda: rsa.generate_private_key(65537, 1024), lambda: ec.generate_private_key(ec.SECP224R1())],  # noqa: S505 - Weak is meant.
)
def test_a_weak_key(world, key):
    assert code(world.users.issue(key=key()), world.store()) == "weak_key"


def test_a_foreign_root(world):
    other = Authority("根CA", length=1)
    assert code(Authority("用户CA", other, length=0).issue(), world.store()) == "foreign"
    assert code(world.users.issue(), TrustStore([], [], [])) == "foreign"


def test_a_forged_signature(world):
    der = bytearray(world.users.issue().public_bytes(Encoding.DER))
    der[-1] ^= 1
    assert code(load_certificate(bytes(der)), world.store()) == "foreign"


def test_an_authority_below_one_that_may_have_none(world):
    lower = Authority("下级CA", world.users, length=0)
    store = world.store(world.root_crl, world.crl, lower.crl(), intermediates=[lower.certificate])
    assert code(lower.issue(), store) == "path_length"


def test_a_person_is_no_authority(world):
    key = new_key()
    person = world.users.issue("p1", key)
    false = Authority("冒充", key=key)
    false.certificate = person
    assert code(false.issue("p2"), world.store(intermediates=[person])) in {"foreign", "path_length"}


def test_an_expired_authority(world):
    old = Authority("旧CA", world.root, length=0, start=-900, end=-1)
    assert code(old.issue(), world.store(world.root_crl, old.crl(), intermediates=[old.certificate])) == "expired"


@pytest.mark.parametrize("reason", [ReasonFlags.key_compromise, ReasonFlags.certificate_hold, None])
def test_revoked_and_held(world, reason):
    certificate = world.users.issue()
    assert code(certificate, world.store(world.root_crl, world.users.crl((certificate, reason)))) == "revoked"


def test_revoked_in_a_list_that_is_stale_is_revoked(world):
    certificate = world.users.issue()
    stale = world.users.crl((certificate, None), start=-9, days=7)
    assert code(certificate, world.store(world.root_crl, stale)) == "revoked"


def test_a_hold_that_was_lifted_counts_no_more(world):
    certificate = world.users.issue()
    lifted = ((certificate, ReasonFlags.certificate_hold), (certificate, ReasonFlags.remove_from_crl))
    assert verify(certificate, world.store(world.root_crl, world.users.crl(*lifted)), clock.now())
    alone = world.users.crl((certificate, ReasonFlags.remove_from_crl))
    assert verify(certificate, world.store(world.root_crl, alone), clock.now())


@pytest.mark.parametrize("first", [ReasonFlags.key_compromise, None])
def test_revoked_for_good_is_never_removed(world, first):
    certificate = world.users.issue()
    crl = world.users.crl((certificate, first), (certificate, ReasonFlags.remove_from_crl))
    assert code(certificate, world.store(world.root_crl, crl)) == "revoked"
    again = ((certificate, ReasonFlags.remove_from_crl), (certificate, ReasonFlags.certificate_hold))
    assert code(certificate, world.store(world.root_crl, world.users.crl(*again))) == "revoked"


def test_without_a_list_nothing_is_known(world):
    certificate = world.users.issue()
    assert code(certificate, world.store(world.root_crl)) == "no_crl"
    assert code(certificate, world.store(world.crl)) == "no_crl"


def test_a_stale_list(world):
    certificate = world.users.issue()
    assert code(certificate, world.store(), clock.now() + timedelta(days=8)) == "stale_crl"


def test_the_newest_list_counts_whatever_the_order(world):
    certificate = world.users.issue()
    old, new = world.users.crl(number=1), world.users.crl((certificate, None), number=2)
    assert code(certificate, world.store(world.root_crl, new, old)) == "revoked"
    assert code(certificate, world.store(world.root_crl, old, new)) == "revoked"


def test_a_revoked_authority_takes_everybody_along(world):
    certificate = world.users.issue()
    crl = world.root.crl((world.users.certificate, ReasonFlags.ca_compromise))
    assert code(certificate, world.store(crl, world.crl)) == "revoked"


def test_a_list_counts_only_with_its_issuers_signature(world):
    """Two authorities of one name: the other one's clean list says nothing."""
    certificate = world.users.issue()
    namesake = Authority("用户CA", world.root, length=0)
    assert code(certificate, world.store(world.root_crl, namesake.crl(number=9))) == "no_crl"
    clean = world.store(
        world.root_crl, namesake.crl(number=9), world.users.crl((certificate, None)),
        intermediates=[namesake.certificate],
    )  # fmt: skip
    assert code(certificate, clean) == "revoked"
    both = world.store(
        world.root_crl, namesake.crl((certificate, None), number=9), world.crl, intermediates=[namesake.certificate]
    )
    assert verify(certificate, both, clock.now()).chain[1] == world.users.certificate


def test_a_partial_list_is_none(world):
    partial = x509.IssuingDistributionPoint(
        full_name=None, relative_name=None, only_contains_user_certs=False, only_contains_ca_certs=True,
        only_some_reasons=None, indirect_crl=False, only_contains_attribute_certs=False,
    )  # fmt: skip
    for extension in (partial, x509.DeltaCRLIndicator(1)):
        crl = world.users.crl(extensions=[extension])
        assert not is_list_of(crl, world.users.certificate)
        assert code(world.users.issue(), world.store(world.root_crl, crl)) == "no_crl"


@pytest.mark.parametrize("data", [b"", b"nonsense", b"-----BEGIN CERTIFICATE-----\nAAAA\n", b"\x30" * 70_000])
def test_what_is_no_certificate(data):
    with pytest.raises(Untrusted) as refused:
        load_certificate(data)
    assert refused.value.code == "malformed"


def test_a_certificate_of_no_known_version(world):
    octets = world.users.issue().public_bytes(Encoding.DER)
    with pytest.raises(Untrusted, match="malformed"):
        load_certificate(octets.replace(bytes.fromhex("a003020102"), bytes.fromhex("a003020103"), 1))


def test_pem_and_der_are_read(world):
    certificate = world.users.issue()
    for encoding in (Encoding.PEM, Encoding.DER):
        assert load_certificate(certificate.public_bytes(encoding)) == certificate
