"""What the rows of the outgoing document's table ask, beside the way itself: path B, check-out, warnings, settling (R-N4.1, R-N4.2, S-1, S-4)."""

from datetime import date, timedelta

import pytest

from content_types.production import CheckOut
from govrepo import clock
from policies.outgoing_guards import draft_warnings
from tests.policies.bench import EDITABLE, SCAN
from tests.policies.outgoing import Chain
from tests.policies.test_outgoing_document import articles


@pytest.fixture
def chain(bench):
    return Chain(bench)


@pytest.fixture
def on_paper(chain):
    """Path B: rechecked in a unit without plate and seal."""
    document = chain.rechecked()
    document.unit.has_plate = False
    return document


def test_r_n4_2_a_scan_is_attached_with_its_editable_file_and_number(chain, on_paper, bench):
    assert articles(chain, "officer", on_paper, "attach_scan") == ["R-N4.2(a)", "R-N4.2(b)", "S-26"]
    on_paper.files = (bench.file(*SCAN), bench.file(*EDITABLE))
    on_paper.number = "粤府〔2013〕一号"
    assert articles(chain, "officer", on_paper, "attach_scan") == ["S-20"]
    on_paper.number = "粤府[2013]7号"
    chain.act("officer", on_paper, "attach_scan")
    assert (on_paper.state, on_paper.frozen, on_paper.number) == ("sealed", True, "粤府〔2013〕7号")


def test_the_day_stands_on_the_paper_too(chain, on_paper, bench):
    on_paper.files = (bench.file(*SCAN), bench.file(*EDITABLE))
    on_paper.number, on_paper.date = "粤府〔2013〕7号", None
    assert articles(chain, "officer", on_paper, "attach_scan") == ["GB/T 9704"]


def test_r_n4_3_who_has_plate_and_seal_attaches_no_scan(chain):
    assert "R-N4.3" in articles(chain, "officer", chain.rechecked(), "attach_scan")


def test_r_n4_1_who_has_no_seal_system_does_not_seal(chain):
    document = chain.sealing()
    document.unit.has_seal = False
    assert "R-N4.1" in articles(chain, "keeper", document, "seal")


def test_a_draft_in_other_hands_is_neither_saved_nor_submitted_until_that_ends(chain):
    document = chain.draft()
    document.checked_out = CheckOut(chain.people["head"], clock.now() + timedelta(minutes=5))
    assert articles(chain, "officer", document, "edit") == ["5.1"]
    assert articles(chain, "officer", document, "submit") == ["5.1"]
    document.checked_out = CheckOut(chain.people["head"], clock.now())
    chain.act("officer", document, "submit")
    assert document.checked_out is None


def test_what_is_unusual_is_warned_of(chain, bench):
    request = chain.draft(kind="请示", title="关于资金的请示", mains=(bench.box("foshan"), bench.box("zhuhai")))
    assert [each.article for each in draft_warnings(request)] == ["S-1"]
    assert [each.article for each in draft_warnings(chain.draft(title="关于春运"))] == ["GB/T 9704"]
    assert [each.article for each in draft_warnings(chain.draft(kind="批复", title="关于资金的批复"))] == ["S-4"]


def test_s_7_nobody_issues_twice(chain):
    document = chain.draft(issuers=(chain.box.unit,))
    assert articles(chain, "officer", document, "submit") == ["S-7"]


def test_a_series_of_another_box_does_not_fit(chain, bench):
    document = chain.draft()
    document.box = bench.box("guangzhou")
    assert "S-27" in articles(chain, "officer", document, "submit")


def test_5_1_a_document_is_concluded_when_every_delivery_is_settled(chain, on_paper, bench):
    on_paper.files = (bench.file(*SCAN), bench.file(*EDITABLE))
    on_paper.number, on_paper.mains, on_paper.copies = "粤府〔2013〕7号", (bench.box("foshan"),), ()
    chain.act("officer", on_paper, "attach_scan")
    chain.act("officer", on_paper, "dispatch", quota=3)
    assert articles(chain, "officer", on_paper, "dispatch") == ["5.2"]
    (dispatch,) = on_paper.dispatches
    assert [each.quota for each in dispatch.recipients] == [3]
    send(chain, dispatch)
    assert on_paper.state == "dispatched"
    assert articles(chain, "officer", on_paper, "conclude") == ["5.1"]
    bench.fan_out(dispatch)
    assert articles(chain, "officer", on_paper, "conclude") == ["5.1"]
    delivery = dispatch.tracking.deliveries["foshan"]
    bench.act("fs.clerk", delivery, "open")
    bench.act("fs.clerk", delivery, "sign_for")
    chain.act("officer", on_paper, "conclude")
    assert on_paper.state == "concluded"


def test_a_withdrawn_dispatch_leaves_the_sealed_document_as_it_is(chain, on_paper, bench):
    """P-74: what was sealed is not thawed; another dispatch can be made of it."""
    on_paper.files = (bench.file(*SCAN), bench.file(*EDITABLE))
    on_paper.number = "粤府〔2013〕7号"
    chain.act("officer", on_paper, "attach_scan")
    chain.act("officer", on_paper, "dispatch")
    chain.act("officer", on_paper.dispatches[0], "withdraw", reason="主送有误")
    assert (on_paper.state, on_paper.number) == ("sealed", "粤府〔2013〕7号")
    chain.act("officer", on_paper, "dispatch")
    assert len(on_paper.dispatches) == 2


def send(chain, dispatch):
    """Submit, release by the leader, send."""
    chain.act("officer", dispatch, "submit")
    chain.act("leader", dispatch, "release")
    chain.act("officer", dispatch, "send")
    assert dispatch.document.date == date(2013, 1, 7)
