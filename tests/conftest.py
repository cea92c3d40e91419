"""Fixtures for all tests."""

import logging

import pytest
from hypothesis import HealthCheck, settings

# No test may depend on how fast the machine is: neither on an example's time nor on that of making examples.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _logging_on():
    """A child's side of the sandbox that is called directly silences the logging of its process, which here is everybody's."""
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def app(tmp_path):
    """The real application with the sample organisation; see tests/app.py for what to do with it."""
    from tests.app import running  # noqa: PLC0415 - Tests of single modules need not import the whole application.

    with running(tmp_path) as made:
        yield made
