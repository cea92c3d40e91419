import pytest

from tests.govrepo.journal.support import Place


@pytest.fixture
def place(tmp_path):
    opened = Place(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def journal(place):
    return place.journal
