"""Fixtures that the tests of security, of the login views and of the attacks share."""

import pytest

from govrepo import clock
from tests.govrepo.security.site import Web


@pytest.fixture
def build(tmp_path):
    """Build sites with given settings; all are closed at the end."""
    built = []

    def make(**settings):
        built.append(Web(tmp_path / f"var{len(built)}", **settings))
        return built[-1]

    yield make
    clock.reset()
    for web in built:
        web.close()


@pytest.fixture(scope="session")
def public(tmp_path_factory):
    """One site for all tests that change nothing in it."""
    web = Web(tmp_path_factory.mktemp("site"))
    yield web
    web.close()


@pytest.fixture
def web(public):
    """The same site as on its first day; who breaks something of it takes one of his own from ``build``."""
    public.reset()
    yield public
    clock.reset()


@pytest.fixture
def browser(web):
    return web.browser()
