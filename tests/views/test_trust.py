"""What is published for everybody: certificates of the authorities and lists of revoked ones."""

import pytest
from cryptography import x509
from webtest import TestApp

from govrepo import clock
from govrepo.trust import data
from govrepo.trust.authorities import SEALS, serial_of
from tests.app import running, site
from tests.pki import equip, found_authorities


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running(tmp_path_factory.mktemp("site")) as made:
        found_authorities(made)
        yield made


@pytest.fixture
def browser(app):
    return TestApp(app)


@pytest.mark.parametrize("name", ["root", "users", "seals", "tsa"])
def test_the_authorities_certificates(app, browser, name):
    answer = browser.get(f"/trust/{name}.cer")
    assert answer.content_type == "application/pkix-cert"
    assert x509.load_der_x509_certificate(answer.body) == app.registry.authorities.certificate(name)


def test_r_9_3_the_newest_list_is_published_at_once(app, browser):
    _key, certificate = equip(app, "gz.clerk")
    with site(app) as root:
        data.hold(root, serial_of(certificate), clock.now())
    answer = browser.get("/trust/users.crl")
    assert answer.content_type == "application/pkix-crl"
    crl = x509.load_der_x509_crl(answer.body)
    assert crl.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None
    assert crl.is_signature_valid(app.registry.authorities.certificate("users").public_key())
    root_crl = x509.load_der_x509_crl(browser.get("/trust/root.crl").body)
    assert root_crl.issuer == app.registry.authorities.certificate("root").subject


def test_p_73_seals_have_a_list_of_their_own(app, browser):
    assert browser.get("/trust/seals.crl", status="*").status_int in (303, 404), "none was signed yet"
    with site(app) as root:
        data.hold(root, "0A", clock.now(), SEALS)
    crl = x509.load_der_x509_crl(browser.get("/trust/seals.crl").body)
    assert [each.serial_number for each in crl] == [10]
    assert crl.is_signature_valid(app.registry.authorities.certificate(SEALS).public_key())
    users = x509.load_der_x509_crl(browser.get("/trust/users.crl").body)
    assert users.get_revoked_certificate_by_serial_number(10) is None


@pytest.mark.parametrize("name", ["nobody.cer", "tsa.crl", "..%2Froot.key.cer", "root.key", "users"])
def test_nothing_else(browser, name):
    answer = browser.get(f"/trust/{name}", status="*")
    assert answer.status_int in (303, 404)


def test_a_site_without_authorities(tmp_path):
    with running(tmp_path, organisation=False) as app:
        for name in ("root.cer", "users.crl"):
            assert TestApp(app).get(f"/trust/{name}", status="*").status_int in (303, 404)
