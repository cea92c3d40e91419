"""The real application, shared by the tests of a module: each test uses boxes of its own or only reads."""

import pytest

from govrepo import clock
from tests.app import running
from tests.desk import Desk
from tests.policies.bench import local


@pytest.fixture(scope="module")
def shared_app(tmp_path_factory):
    with running(tmp_path_factory.mktemp("views")) as app:
        clock.travel(local("2013-01-07 10:00"))
        yield app
    clock.reset()


@pytest.fixture(scope="module")
def desk(shared_app):
    """A clerk by login name, logged in once."""
    known = {}

    def of(login):
        if login not in known:
            known[login] = Desk(shared_app, login)
        return known[login]

    return of
