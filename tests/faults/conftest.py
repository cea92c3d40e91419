"""One site with letters, made once; each test works on a copy."""

import shutil

import pytest

from tests.faults.campaign import Campaign, found

LETTERS = 12


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    var = tmp_path_factory.mktemp("faults") / "var"
    found(var, LETTERS)
    return var


@pytest.fixture
def campaign(prepared, tmp_path):
    shutil.copytree(prepared, tmp_path / "var")
    return Campaign(tmp_path / "var")
