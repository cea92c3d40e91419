"""The page of an outgoing document: reading, acts, proofs, plates, over HTTP (5.1, R-24.*, S-8, S-9, SOD-7, SOD-8)."""

import pytest

from tests.app import drain, running, site
from tests.desk import words
from tests.making import Chain, corrections, drafted, equip


@pytest.fixture
def app(tmp_path):
    with running(tmp_path) as app:
        equip(app)
        yield app


@pytest.fixture
def chain(app):
    return Chain(app)


def test_the_way_to_the_seal(app, chain):
    path = drafted(app)
    page = chain.page("officer", path)
    assert "下一步：送核稿，由经办人" in words(page)
    assert "责任到人" in words(page)
    chain.proofing(path)
    page = chain.page("proof", path)
    assert "粤府〔" in words(page)
    assert page.html.select(".gr-sheets img")
