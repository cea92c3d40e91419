"""The package: the system key, the authority and the site's memory."""

from govrepo.trust.data import TrustData
from tests.app import close_app, make_app, reopen, site
from tests.pki import found_authorities


def test_key_authority_and_memory_are_found_on_the_next_start(tmp_path):
    app = make_app(tmp_path, organisation=False)
    public = app.registry.system_key.public
    assert app.registry.authorities is None
    found_authorities(app)
    root = app.registry.authorities.anchors
    close_app(app)
    app = reopen(tmp_path)
    assert app.registry.system_key.public == public
    assert app.registry.authorities.anchors == root
    with site(app) as again:
        assert isinstance(again.trust, TrustData)
        assert again.trust.crl_number == 2, "the users' list at the founding, the seals' at the next start"
    close_app(app)


def test_an_older_site_gets_its_memory(tmp_path):
    app = make_app(tmp_path, organisation=False)
    with site(app) as root:
        del root.trust
    close_app(app)
    app = reopen(tmp_path)
    with site(app) as root:
        assert isinstance(root.trust, TrustData)
    close_app(app)
