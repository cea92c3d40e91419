"""Fixtures for all tests."""

import pytest


@pytest.fixture
def app(tmp_path):
    """The real application with the sample organisation; see tests/app.py for what to do with it."""
    from tests.app import running  # noqa: PLC0415 - Tests of single modules need not import the whole application.

    with running(tmp_path) as made:
        yield made
