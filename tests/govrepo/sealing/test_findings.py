"""What is trusted comes from the site."""

from cryptography import x509

from govrepo.sealing import trust_of
from govrepo.sealing.findings import seal_uri
from govrepo.trust.authorities import SEALS
from govrepo.trust.lists import is_list_of
from tests.app import site
from tests.pki import Authority, found_authorities


def test_a_site_trusts_its_own_authorities_with_their_lists(app):
    found_authorities(app)
    with site(app) as root:
        trust = trust_of(root, app.registry)
    own = app.registry.authorities
    assert trust.anchors == own.anchors
    assert trust.intermediates == own.intermediates
    assert trust.stamping == own.anchors
    assert any(is_list_of(x509.load_der_x509_crl(crl), own.anchors[0]) for crl in trust.crls)


def test_only_a_certificate_for_seals_is_a_seals(office):
    own, hand = office.authorities, office.hand("s7")
    assert seal_uri(hand.certificate) == "urn:govrepo:seal:s7"
    person = own.issue_user(hand.certificate.public_key(), "p1", "某人", 30)
    assert [seal_uri(each) for each in (person, own.certificate(SEALS), None)] == ["", "", ""]
    unbound = Authority().issue(names=[x509.UniformResourceIdentifier("urn:govrepo:seal:s7")])
    assert seal_uri(unbound) == ""
