"""What was recorded of making an outgoing document, in words (domain.md 4.11, S-7, S-9)."""

from datetime import date

import pytest
from pyramid.traversal import find_resource

from content_types.production import BodyAttachment, LegalChange, LegalState
from govrepo import clock
from tests.app import running, site
from tests.desk import words
from tests.making import Chain, corrections, drafted, equip
from views.outgoing_records import paragraphs


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running(tmp_path_factory.mktemp("records")) as app:
        equip(app)
        yield app


@pytest.fixture(scope="module")
def chain(app):
    return Chain(app)


def test_headings_are_told_by_their_numbering(app):
    path = drafted(
        app,
        body="各单位要重视。\n一、加强领导\n（一）明确责任。责任到人。",
        attachments=(BodyAttachment("名单", "甲"),),
    )
    with site(app) as root:
        found = paragraphs(find_resource(root, path))
    assert found == [
        (0, "", "各单位要重视。"),
        (1, "一、加强领导", ""),
        (2, "（一）明确责任。", "责任到人。"),
        (1, "附件：名单", ""),
        (0, "", "甲"),
    ]


def test_the_record_sheet_has_opinions_points_plates_and_proofs(app, chain):
    path = drafted(app)
    chain.proofing(path)
    chain.act("proof", path, "proof_back", note="请核对。", **corrections((1, "高度重视", "十分重视")))
    page = words(chain.page("officer", path))
    assert "同意，请签发。" in page
    assert "已复核：审批手续完备" in page
    assert "第 1 版" in page
    assert "退改" in page
    assert "高度重视十分重视" in page
    assert "请核对。" in page


def test_s_7_which_issuers_have_sealed(app, chain):
    path = drafted(app)
    with site(app) as root:
        document = find_resource(root, path)
        document.issuers, document.state = (root["units"]["caizheng"],), "sealing"
    page = words(chain.page("officer", path))
    assert page.count("未盖章") == 2
    assert "广东省财政厅" in page


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (LegalState.REVOKED, "本件已撤销，自始无效（粤府〔2013〕9号）。"),
        (LegalState.REPEALED, "本件已废止，自2013年2月1日起失效（粤府〔2013〕9号）。"),
    ],
)
def test_s_9_the_legal_state_stands_above_all(app, chain, state, said):
    path = drafted(app)
    with site(app) as root:
        document, leader = find_resource(root, path), root.logins["office.leader"]
        change = LegalChange(clock.now(), leader, state, date(2013, 2, 1), "越权", "粤府〔2013〕9号")
        document.legal_state, document.legal_changes = state, (change,)
    (shown,) = chain.page("officer", path).html.select(".alert-danger")
    assert shown.text == said
