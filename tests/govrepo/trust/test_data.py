"""The site's memory of trust: revocation works with the next look, in one transaction with its list (R-9.3); one certificate, one person (R-27.1)."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo import clock
from govrepo.trust import data
from govrepo.trust.authorities import serial_of
from govrepo.trust.chain import Untrusted
from tests.app import running, site
from tests.pki import Authority, found_authorities, new_key


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with running(tmp_path_factory.mktemp("site"), organisation=False) as app:
        found_authorities(app)
        yield app


@pytest.fixture
def root(made):
    with site(made) as opened:
        yield opened


@pytest.fixture
def registry(made):
    return made.registry


@pytest.fixture
def certificate(registry):
    return registry.authorities.issue_user(new_key().public_key(), "p1", "张三", 365)


def crl(root, registry):
    return x509.load_der_x509_crl(data.own_crl(root, registry))


def number(crl):
    return crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


def refused(root, registry, certificate, now=None):
    with pytest.raises(Untrusted) as error:
        data.verify_here(root, registry, certificate, now or clock.now())
    return error.value.code


def test_r_9_3_hold_release_and_revoke_work_at_once(root, registry, certificate):
    serial, now = serial_of(certificate), clock.now()
    before = number(crl(root, registry))
    assert data.verify_here(root, registry, certificate, now).person_id == "p1"
    data.hold(root, serial, now)
    assert root.trust.is_held(serial)
    assert refused(root, registry, certificate) == "revoked"
    data.release(root, serial, now)
    assert data.verify_here(root, registry, certificate, now)
    data.hold(root, serial, now)
    data.revoke(root, serial, "keyCompromise", now)
    assert refused(root, registry, certificate) == "revoked"
    newest = crl(root, registry)
    assert number(newest) == before + 4
    entry = newest.get_revoked_certificate_by_serial_number(certificate.serial_number)
    assert entry.extensions.get_extension_for_class(x509.CRLReason).value.reason is x509.ReasonFlags.key_compromise


def test_revoked_for_good_is_for_good(root, registry, certificate):
    serial, now = serial_of(certificate), clock.now()
    data.revoke(root, serial, "superseded", now)
    for act in (data.hold, data.release):
        with pytest.raises(data.RevokedError):
            act(root, serial, now)
    with pytest.raises(data.RevokedError):
        data.revoke(root, serial, "superseded", now)
    with pytest.raises(KeyError):
        data.release(root, "77", now)


@pytest.mark.parametrize("reason", ["", "nonsense", "certificateHold", "removeFromCRL"])
def test_only_reasons_are_reasons(root, certificate, reason):
    with pytest.raises(ValueError, match="no reason"):
        data.revoke(root, serial_of(certificate), reason, clock.now())
    assert serial_of(certificate) not in root.trust.revoked


def test_r_27_1_a_certificate_belongs_to_one_person(root, certificate):
    serial = serial_of(certificate)
    root.trust.bind(serial, "p1")
    root.trust.bind(serial, "p1")
    with pytest.raises(data.BoundError):
        root.trust.bind(serial, "p2")
    assert root.trust.bindings[serial] == "p1"
    assert root.trust.serials_of("p1").count(serial) == 1
    assert root.trust.serials_of("nobody") == ()


def test_a_site_of_an_older_release_is_told_who_holds_what(root, registry):
    root.trust.bind("0A", "p9")
    root.trust.bind("0B", "p9")
    del root.trust.holders
    data.prepare(SimpleNamespace(site=root, registry=registry))
    assert root.trust.serials_of("p9") == ("0A", "0B")
    root.trust.retire("0A")
    root.trust.retire("0C")
    assert root.trust.serials_of("p9") == ("0B",)
    assert root.trust.bindings["0A"] == "p9"


def test_a_list_is_due_at_half_its_days(root, registry):
    now = clock.now()
    data.renew_crl(root, registry, now)
    assert not data.crl_is_due(root, registry, now + timedelta(days=3))
    assert data.crl_is_due(root, registry, now + timedelta(days=4))
    assert data.crl_is_due(root, registry, now - timedelta(days=1))


def test_a_site_without_lists_of_late_trusts_nobody(root, registry, certificate):
    assert refused(root, registry, certificate, clock.now() + timedelta(days=8)) == "stale_crl"


def imported(root, registry, *, lists=True):
    above = Authority("外部根CA", length=1)
    below = Authority("外部用户CA", above, length=0)
    data.import_anchor(root, above.certificate)
    data.import_intermediate(root, below.certificate)
    if lists:
        data.import_crl(root, registry, above.crl().public_bytes(Encoding.DER))
        data.import_crl(root, registry, below.crl().public_bytes(Encoding.DER))
    return below


def test_an_outside_authority_is_trusted_with_its_lists(root, registry):
    assert refused(root, registry, imported(root, registry, lists=False).issue()) == "no_crl"
    assert data.verify_here(root, registry, imported(root, registry).issue("p9"), clock.now()).person_id == "p9"


def test_r_9_3_our_word_blocks_an_outside_certificate_too(root, registry):
    outside = imported(root, registry).issue()
    data.hold(root, serial_of(outside), clock.now())
    assert refused(root, registry, outside) == "revoked"
    data.release(root, serial_of(outside), clock.now())


def test_an_outside_list_must_be_signed_known_and_newer(root, registry):
    outside = imported(root, registry)
    certificate = outside.issue()
    for der, code in (
        (b"nonsense", "malformed"),
        (Authority("外部用户CA").crl(number=9).public_bytes(Encoding.DER), "foreign"),
        (outside.crl(number=1, start=-1).public_bytes(Encoding.DER), "stale_crl"),
    ):
        with pytest.raises(Untrusted) as error:
            data.import_crl(root, registry, der)
        assert error.value.code == code
    data.import_crl(root, registry, outside.crl((certificate, None), number=2).public_bytes(Encoding.DER))
    assert refused(root, registry, certificate) == "revoked"


def test_without_an_authority_of_its_own_a_site_still_blocks(tmp_path):
    with running(tmp_path, organisation=False) as app, site(app) as root:
        outside = imported(root, app.registry)
        certificate = outside.issue()
        assert data.own_crl(root, app.registry) is None
        assert not data.crl_is_due(root, app.registry, clock.now())
        data.revoke(root, serial_of(certificate), "keyCompromise", clock.now())
        assert refused(root, app.registry, certificate) == "revoked"
