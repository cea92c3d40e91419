import pytest
import transaction

from govrepo import clock
from govrepo.database import opened
from govrepo.trust.authorities import Authorities
from govrepo.trust.data import renew_crl
from policies.text_feed import TextIndex
from tests.app import close_app, make_app
from tests.policies.bench import Bench, local
from tests.policies.finding import Search


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory):
    """One application for all tests that commit nothing."""
    app = make_app(tmp_path_factory.mktemp("policies"))
    yield app
    close_app(app)


@pytest.fixture
def bench(shared_app):
    """The site on a Monday morning, in a transaction of its own that is thrown away."""
    clock.travel(local("2013-01-07 10:00"))
    with opened(shared_app.registry) as root:
        transaction.begin()
        yield Bench(root, shared_app.registry)
        transaction.abort()
    clock.reset()


@pytest.fixture
def authority(bench, shared_app, tmp_path, monkeypatch):
    """The site has a certification authority of its own, for this test."""
    made = Authorities.create(tmp_path / "trust", b"passphrase", "某省政府系统")
    monkeypatch.setattr(bench.registry, "authorities", made)
    renew_crl(bench.root, bench.registry, clock.now())
    return made


@pytest.fixture
def searching(bench, tmp_path, monkeypatch):
    """The search over a text index that nobody else writes."""
    text = TextIndex(tmp_path / "fulltext")
    monkeypatch.setattr(bench.registry, "text_index", text)
    yield Search(bench)
    text.close()
