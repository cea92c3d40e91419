"""The outgoing document's workflow (domain.md 5.1; R-24.1 to R-24.5, S-8, S-9, SOD-7, SOD-8), step by step and out of step."""

from datetime import date

import pytest

from content_types.production import BodyAttachment, LegalState, Step
from govrepo.catalog import Eq, register
from govrepo.clock import local as to_local
from policies.engine import Refused, may, possible
from policies.outgoing_document import STATES, TABLE, UNFINISHED
from policies.outgoing_guards import points
from policies.person import people_of
from tests.policies.outgoing import ROLES, Chain


@pytest.fixture
def chain(bench):
    return Chain(bench)


def articles(chain, who, document, name, **data):
    """Why an act is refused."""
    with pytest.raises(Refused) as caught:
        chain.act(who, document, name, **data)
    return [reason.article for reason in caught.value.reasons]


def test_a_draft_lies_on_the_desk_of_its_division(chain):
    document = chain.draft()
    assert (document.state, document.unit.code, document.division.code) == ("draft", "gd-government", "zh1")
    assert document.case_officer is chain.people["officer"]
    assert not document.frozen


def test_r_24_2_the_whole_way_to_the_seal(chain):
    document = chain.sealing()
    done = [each.transition for each in document.history]
    assert done == [
        "begin", "submit", "agree", "sign", "recheck_ok", "plate", "plated", "plate_done", "proof_ok_leader", "leader_ok",
    ]  # fmt: skip
    assert document.state == "sealing"
    assert document.number == "粤府〔2013〕1号"


def test_r_24_4_no_step_is_skipped_or_done_out_of_order(chain):
    """Whatever the state, only the rows that start there can be done; all others are refused for the state."""
    everybody = chain.bench.as_role(chain.people["leader"], *ROLES.values())
    document = chain.draft()
    for state in STATES:
        document.state = state
        startable = {row.name for row in TABLE.transitions if state in row.sources}
        assert {verdict.transition.name for verdict in possible(document, everybody)} == startable
        for row in TABLE.transitions:
            if row.name not in startable:
                assert not may(document, row.name, everybody)


@pytest.mark.parametrize(
    ("field", "value", "article"),
    [
        ("title", "", "GB/T 9704"),
        ("kind", "", "TL12 8"),
        ("body", " ", "GB/T 9704"),
        ("classification", "secret", "P-3"),
        ("mains", (), "P-31"),
        ("series", None, "S-27"),
    ],
)
def test_a_draft_that_lacks_an_element_is_not_submitted(chain, field, value, article):
    assert articles(chain, "officer", chain.draft(**{field: value}), "submit") == [article]


def test_s_1_a_request_is_not_copied_to_a_subordinate(chain, bench):
    document = chain.draft(
        kind="请示", title="关于调整的请示", note="联系人：张某，电话：1", copies=(bench.box("foshan"),)
    )
    assert articles(chain, "officer", document, "submit") == ["S-1"]


def test_a_request_names_its_contact(chain):
    document = chain.draft(kind="请示", title="关于调整的请示", copies=())
    assert articles(chain, "officer", document, "submit") == ["GB/T 9704"]


def test_p_31_nobody_is_addressed_twice(chain, bench):
    document = chain.draft(mains=(bench.box("foshan"),), copies=(bench.box("foshan"),))
    assert articles(chain, "officer", document, "submit") == ["P-31"]


def test_s_7_joint_issuers_are_of_one_level(chain, bench):
    assert articles(chain, "officer", chain.draft(issuers=(bench.box("foshan").unit,)), "submit") == ["S-7"]


def test_r_24_5_only_the_case_officer_submits(chain, bench):
    other = bench.as_role(people_of(chain.people["officer"].unit)[0], "case_officer@division:zh1")
    verdict = may(chain.draft(), "submit", other)
    assert [reason.article for reason in verdict.reasons] == ["R-24.5"]


def test_sod_7_the_drafter_neither_reviews_nor_signs(chain, bench):
    document = chain.reviewed()
    drafter = bench.as_role(chain.people["officer"], "office_leader@unit:gd-office", "head@division:zh1")
    for name in ("agree", "sign"):
        assert "SOD-7" in [reason.article for reason in may(document, name, drafter).reasons]


def test_tl12_25_nothing_is_signed_that_was_not_reviewed(chain):
    document = chain.draft()
    chain.act("officer", document, "submit")
    assert articles(chain, "leader", document, "sign") == ["TL12 25"]


def test_what_was_returned_is_reviewed_again(chain):
    document = chain.reviewed()
    chain.act("leader", document, "refuse", note="请补充依据。")
    assert document.state == "draft"
    chain.act("officer", document, "submit")
    assert articles(chain, "leader", document, "sign") == ["TL12 25"]
    assert articles(chain, "head", document, "return") == ["5.1"]
    chain.act("head", document, "return", note="再改。")
    assert [(each.step, each.agreed) for each in document.opinions] == [
        (Step.REVIEW, True),
        (Step.SIGN, False),
        (Step.REVIEW, False),
    ]


def test_one_agreement_a_round_is_enough(chain):
    assert articles(chain, "head", chain.reviewed(), "agree") == ["5.1"]


def test_s_8_the_date_of_the_document_is_the_day_it_was_signed(chain):
    document = chain.signed()
    assert document.date == date(2013, 1, 7)
    assert document.signed_by is chain.people["leader"]
    assert document.signer == ""


def test_s_8_an_important_document_is_signed_by_the_principal_leader(chain):
    document = chain.reviewed(important=True)
    chain.box.owner.principal_leader = chain.people["head"]
    assert articles(chain, "leader", document, "sign") == ["S-8"]
    chain.box.owner.principal_leader = None
    assert articles(chain, "leader", document, "sign") == ["S-8"]
    chain.box.owner.principal_leader = chain.people["leader"]
    chain.act("leader", document, "sign")


def test_s_3_an_upward_document_names_its_signer(chain, bench):
    chain.box = bench.box("gd-office")
    bench.root["units"]["gd-office"].has_plate = bench.root["units"]["gd-office"].has_seal = True
    document = chain.reviewed(mains=(bench.box("gd-government"),), series=chain.series)
    document.unit.level = 1
    chain.act("leader", document, "sign")
    assert document.signer == chain.people["leader"].name


def test_the_recheck_clerk_ticks_every_point_that_applies(chain):
    document = chain.signed()
    assert articles(chain, "recheck", document, "recheck_ok", checklist=("approval",)) == ["TL12 25(1)"]
    assert "no_request" not in points(document)
    document.kind = "报告"
    assert "no_request" in points(document)


def test_tl12_25_a_change_of_substance_goes_back_to_who_signed(chain):
    document = chain.signed()
    assert articles(chain, "recheck", document, "recheck_substance") == ["5.1"]
    chain.act("recheck", document, "recheck_substance", note="第二部分与签发意见不符。")
    assert (document.state, document.signed_by, document.date) == ("review", None, None)
    assert articles(chain, "leader", document, "sign") == ["TL12 25"]


def test_r_24_3_a_flagged_series_goes_to_the_leader_before_the_seal(chain):
    document = chain.proofing()
    assert articles(chain, "proof", document, "proof_ok") == ["R-24.3"]
    chain.act("proof", document, "proof_ok_leader")
    assert document.state == "leader_recheck"
    assert articles(chain, "keeper", document, "seal") == ["P-74"]
    chain.act("leader", document, "leader_back", note="标题有误。")
    assert (document.state, document.rechecks[-1].passed) == ("plating", False)


def test_r_24_3_any_other_series_goes_straight_to_the_seal(bench):
    chain = Chain(bench, "gd-office", "粤办函", leader_recheck=False)
    document = chain.proofing()
    assert articles(chain, "proof", document, "proof_ok_leader") == ["R-24.3"]
    chain.act("proof", document, "proof_ok")
    assert document.state == "sealing"


def test_sod_8_the_plate_maker_does_not_proofread(chain, bench):
    document = chain.proofing()
    both = bench.as_role(chain.people["plate"], "proofreader@unit:gd-office")
    assert "SOD-8" in [reason.article for reason in may(document, "proof_ok_leader", both).reasons]
    assert "SOD-8" in [reason.article for reason in may(document, "proof_back", both).reasons]


def test_two_rounds_of_proofreading(chain):
    document = chain.proofing()
    assert articles(chain, "proof", document, "proof_back") == ["R-24.2"]
    assert articles(chain, "proof", document, "proof_back", corrections=(chain.wrong()._replace(page=99),)) == [
        "R-24.2"
    ]
    chain.act("proof", document, "proof_back", corrections=(chain.wrong(),))
    assert document.state == "plating"
    chain.act("plate", document, "replate", corrections=document.proofs[-1].corrections)
    assert "高度重视此项工作" in document.body
    chain.let_plate(document)
    chain.act("plate", document, "plate_done")
    chain.act("proof", document, "proof_ok_leader")
    assert [(each.plate, each.passed) for each in document.proofs] == [(1, False), (2, True)]


def test_giving_up_takes_two_and_makes_the_number_void(chain):
    document = chain.plating()
    assert articles(chain, "head", document, "cancel") == ["S-24"]
    assert articles(chain, "officer", document, "ask_cancel") == ["5.1"]
    chain.act("officer", document, "ask_cancel", note="会议取消。")
    assert articles(chain, "officer", document, "ask_cancel", note="再次") == ["S-24"]
    chain.act("head", document, "keep", note="仍要发。")
    chain.act("officer", document, "ask_cancel", note="会议取消。")
    chain.act("head", document, "cancel")
    assert (document.state, document.allotment.state, document.allotment.reason) == ("void", "void", "会议取消。")


def test_s_24_a_void_number_is_not_given_again(chain):
    document = chain.plating()
    chain.act("officer", document, "ask_cancel", note="会议取消。")
    chain.act("head", document, "cancel")
    assert chain.plating().number == "粤府〔2013〕2号"


def test_every_unfinished_state_can_be_given_up(chain):
    rows = {row.name: row for row in TABLE.transitions}
    assert rows["ask_cancel"].sources == rows["cancel"].sources == UNFINISHED


def test_s_9_revoked_is_void_from_the_start_and_repealed_from_a_day(chain):
    document = chain.draft()
    document.state, document.date = "dispatched", date(2013, 1, 5)
    assert articles(chain, "leader", document, "revoke") == ["S-9", "S-9"]
    assert articles(
        chain, "leader", document, "repeal", note="不再适用", notice="粤府〔2014〕3号", day=date(2012, 1, 1)
    ) == ["S-9"]
    chain.act("leader", document, "repeal", note="不再适用", notice="粤府〔2014〕3号", day=date(2014, 2, 1))
    assert (document.legal_state, document.legal_date) == (LegalState.REPEALED, date(2014, 2, 1))
    assert articles(chain, "leader", document, "revoke", note="x", notice="y") == ["S-9"]
    other = chain.draft()
    other.state, other.date = "sealed", date(2013, 1, 5)
    chain.act("leader", other, "revoke", note="越权", notice="粤府〔2013〕9号")
    assert (other.legal_state, other.legal_date) == (LegalState.REVOKED, date(2013, 1, 5))


def test_the_register_tells_where_it_lies(chain, bench):
    document = chain.draft()
    found = (
        register(bench.root, "outgoing").query(Eq("desk_state", "desk-gd-government-zh1:draft"), sort="order").objects
    )
    assert document in found
    assert to_local(document.created).year == 2013


def test_s_8_r_25_1_the_version_that_is_signed_is_the_text(chain):
    """Whoever changes title, body, attachment or addressee changes what the leader's signature names."""
    document = chain.reviewed()
    signed = TABLE.version(document)
    for name, value in (
        ("title", "另一标题的通知"),
        ("body", "另一正文"),
        ("attachments", (BodyAttachment("名单", "张三"),)),
        ("mains", ()),
        ("mains_text", "各市"),
        ("issuers", (chain.box.owner,)),
    ):
        kept = getattr(document, name)
        setattr(document, name, value)
        assert TABLE.version(document) != signed, name
        setattr(document, name, kept)
    assert TABLE.version(document) == signed
