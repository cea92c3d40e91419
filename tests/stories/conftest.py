from datetime import datetime

import pytest

from govrepo import clock
from tests.app import running


@pytest.fixture
def app(tmp_path):
    with running(tmp_path) as app:
        yield app


@pytest.fixture(autouse=True)
def _system_time():
    yield
    clock.reset()


@pytest.fixture
def at():
    """Set the clock: at("2013-01-07 10:05"), local time."""

    def set_to(text):
        clock.travel(datetime.fromisoformat(text).replace(tzinfo=clock.LOCAL))

    return set_to
