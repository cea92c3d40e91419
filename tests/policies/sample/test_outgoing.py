"""The sample office's outgoing chain: equipped, and a document at each of five steps."""

import pytest

from content_types.outgoing_document import OutgoingDocument
from policies.sample.outgoing import DRAFTS, SERIES
from tests.policies.sample.test_documents import below

pytestmark = pytest.mark.timeout(600)


def test_a_document_waits_at_each_of_five_steps(root):
    found = {each.state: each for each in below(root["outgoing"], OutgoingDocument)}
    assert sorted(found) == ["draft", "proofing", "rechecked", "review", "sealing"]
    assert len(DRAFTS) == len(found)
    assert found["sealing"].plate.file is not None
    assert [(each.plate, each.passed) for each in found["proofing"].proofs] == [(1, False)]
    assert "五个工作日" in found["proofing"].body
    assert found["draft"].opinions[-1].text


def test_r_24_3_the_governments_series_are_flagged(root):
    flags = {code: root["exchange"][box]["numbers"][f"document-{code}"].leader_recheck for box, code, _flag in SERIES}
    assert flags == {"粤府": True, "粤府函": True, "粤府办": False, "粤办函": False}


def test_r_n4_1_the_government_has_its_systems_and_the_office_scans(root):
    assert root["units"]["gd-government"].is_fully_deployed
    assert not root["units"]["gd-office"].is_fully_deployed


def test_s_8_the_office_has_a_principal_leader(root):
    assert root["units"]["gd-office"].principal_leader is root.logins["office.leader"]
