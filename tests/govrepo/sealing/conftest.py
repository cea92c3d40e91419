"""One office with its authorities for all tests of sealing, and files sealed once. Time stands still in 2013."""

from datetime import UTC, datetime

import pytest

from govrepo import clock
from govrepo.trust.authorities import Authorities
from tests.sealing import Office, slotted

FOUNDED = datetime(2013, 1, 7, 1, tzinfo=UTC)
SEALED = datetime(2013, 5, 6, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def still():
    with clock.frozen(SEALED):
        yield


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    with clock.frozen(FOUNDED):
        return Office(Authorities.create(tmp_path_factory.mktemp("office") / "trust", b"secret words", "某省政府系统"))


@pytest.fixture(scope="session")
def one(office, tmp_path_factory):
    """A file of four pages with one seal."""
    with clock.frozen(SEALED):
        return office.sealed(tmp_path_factory.mktemp("one"), slotted(), "s1")


@pytest.fixture(scope="session")
def joint(office, tmp_path_factory):
    """A joint issue with three seals, the last one first: whoever comes first makes the fields."""
    with clock.frozen(SEALED):
        return office.sealed(tmp_path_factory.mktemp("joint"), slotted(3), "s3", "s1", "s2")
