import pytest

from tests import postgres
from tests.govrepo.journal.support import Place


@pytest.fixture
def place(tmp_path):
    opened = Place(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def journal(place):
    return place.journal


@pytest.fixture(scope="session")
def server():
    with postgres.running() as started:
        yield started
