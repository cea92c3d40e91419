"""One sample package for the tests of this folder."""

import pytest

from tests.govrepo.evidence.sample import Sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    made = Sample(tmp_path_factory.mktemp("evidence"))
    yield made
    made.place.close()
