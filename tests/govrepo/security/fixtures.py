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


@pytest.fixture
def web(build):
    return build()


@pytest.fixture
def browser(web):
    return web.browser()


@pytest.fixture(scope="module")
def public(tmp_path_factory):
    """One site for all tests of a module that change nothing in it."""
    web = Web(tmp_path_factory.mktemp("site"))
    yield web
    web.close()
