"""What is trusted comes from the site."""

from cryptography import x509

from govrepo.sealing import trust_of
from govrepo.trust.lists import is_list_of
from tests.app import site
from tests.pki import found_authorities


def test_a_site_trusts_its_own_authorities_with_their_lists(app):
    found_authorities(app)
    with site(app) as root:
        trust = trust_of(root, app.registry)
    own = app.registry.authorities
    assert trust.anchors == own.anchors
    assert trust.intermediates == own.intermediates
    assert trust.stamping == own.anchors
    assert any(is_list_of(x509.load_der_x509_crl(crl), own.anchors[0]) for crl in trust.crls)
