"""The dispatch's workflow (domain.md 5.2; P-30 to P-41, R-N1.2, R-N4.2 to R-N4.4, R-24.5, S-1, S-3, S-5, SOD-7)."""

import pytest

from content_types.appointment import Appointment
from content_types.dispatch import Address, DispatchKind, Recipient
from content_types.official_document import Classification
from content_types.unit import Connection
from govrepo import clock
from govrepo.catalog import Eq, register
from policies import sending
from policies.sample.people import SINCE
from tests.policies.bench import EDITABLE, ORIGINAL, SCAN, later, local


def articles(bench, dispatch, login="jm.clerk"):
    return bench.refusal(login, dispatch, "submit")


# Submit.


def test_a_complete_draft_is_submitted_and_frozen(bench):
    dispatch = bench.draft()
    bench.act("jm.clerk", dispatch, "submit")
    assert (dispatch.state, dispatch.document.state) == ("submitted", "sealed")
    assert dispatch.submitted_by is bench.person("jm.clerk")
    assert dispatch.document.frozen


@pytest.mark.parametrize(
    ("files", "missing"),
    [
        ((SCAN,), ["R-N4.2(b)"]),
        ((EDITABLE,), ["R-N4.2(a)"]),
        ((ORIGINAL,), ["R-N4.2(a)", "R-N4.2(b)"]),
    ],
)
def test_r_n4_2_each_missing_file_is_named(bench, files, missing):
    assert articles(bench, bench.draft(files=files)) == missing


def test_r_n4_3_a_fully_deployed_unit_sends_the_sealed_original(bench):
    more = {"number": "粤经信〔2013〕1号", "mains": ("gd-office",)}
    wrong = bench.draft("jingxin.clerk", "jingxin", files=(SCAN, EDITABLE), **more)
    assert articles(bench, wrong, "jingxin.clerk") == ["R-N4.3"]
    wrong.document.files = (bench.file(*ORIGINAL),)
    bench.act("jingxin.clerk", wrong, "submit")


def test_p_31_somebody_is_addressed(bench):
    assert articles(bench, bench.draft(mains=())) == ["P-31", "P-31"]
    assert articles(bench, bench.draft(mains=(), copies=("guangzhou",))) == ["P-31"]


@pytest.mark.parametrize("kind", ["公报", "公告", "通告", "纪要"])
def test_p_31_public_kinds_need_no_main_recipient(bench, kind):
    bench.act("jm.clerk", bench.draft(mains=(), copies=("guangzhou",), kind=kind), "submit")


def test_p_31_nobody_is_addressed_twice(bench):
    assert articles(bench, bench.draft(mains=("gd-office",), copies=("gd-office",))) == ["P-31"]


def test_p_31_nobody_sends_to_the_own_box(bench):
    assert articles(bench, bench.draft(mains=("jiangmen",))) == ["P-31"]


def test_p_4_a_box_may_exclude_kinds(bench):
    bench.box("gd-office").excluded_kinds = ("请示", "通知")
    assert articles(bench, bench.draft()) == ["P-4"]
    bench.act("jm.clerk", bench.draft(kind="函", number="江府〔2013〕9号"), "submit")


@pytest.mark.parametrize("level", [each for each in Classification if each])
def test_p_3_classified_documents_are_refused(bench, level):
    assert articles(bench, bench.draft(classification=level)) == ["P-3"]


def test_s_5_a_division_sends_no_formal_document(bench):
    formal = bench.draft("zh1.officer", "gd-office-zh1", mains=("jiangmen",), number="粤办函〔2013〕5号")
    assert articles(bench, formal, "zh1.officer") == ["S-5"]
    informal = bench.draft("zh1.officer", "gd-office-zh1", mains=("jiangmen",), informal=True)
    bench.act("zh1.officer", informal, "submit")


def test_r_n4_2_a_unit_sends_no_informal_items(bench):
    assert articles(bench, bench.draft(informal=True)) == ["R-N4.2"]


def test_s_1_a_request_is_not_copied_down(bench):
    bench.root["units"]["guangzhou"].level = 2
    assert articles(bench, bench.draft(kind="请示", copies=("guangzhou",))) == ["S-1"]


def test_s_3_an_upward_document_names_its_signer(bench):
    assert articles(bench, bench.draft(mains=("gd-government",), signer=" ")) == ["S-3"]
    bench.act("jm.clerk", bench.draft(mains=("gd-office",), signer="", number="江府〔2013〕8号"), "submit")


def test_s_23_a_number_is_the_units_once(bench):
    bench.act("jm.clerk", bench.draft(), "submit")
    assert articles(bench, bench.draft()) == ["S-23"]
    elsewhere = bench.draft("yj.clerk", "yangjiang")
    bench.act("yj.clerk", elsewhere, "submit")


def test_p_51_a_file_not_inspected_yet_is_named(bench):
    dispatch = bench.draft()
    dispatch.document.files[0].state = "waiting"
    assert articles(bench, dispatch) == ["P-51"]


def test_several_reasons_are_told_at_once(bench):
    dispatch = bench.draft(mains=(), title="", files=(SCAN,))
    assert articles(bench, dispatch) == ["GB/T 9704", "P-31", "P-31", "R-N4.2(b)"]


# Release.


def test_p_30_a_second_person_releases(bench):
    dispatch = bench.released()
    assert (dispatch.state, dispatch.released_by) == ("released", bench.person("jm.approver"))
    assert dispatch.released_at is not None


@pytest.mark.parametrize("name", ["release", "send_back"])
def test_sod_7_neither_drafter_nor_submitter_releases(bench, name):
    for login in ("jm.clerk", "jm.approver"):
        bench.person(login).appoint(Appointment("unit_clerk", "unit:jiangmen", SINCE, basis="test"))
        bench.person(login).appoint(Appointment("unit_approver", "unit:jiangmen", SINCE, basis="test"))
    dispatch = bench.draft("jm.clerk")
    bench.act("jm.approver", dispatch, "submit")
    for login in ("jm.clerk", "jm.approver"):
        assert bench.refusal(login, dispatch, name, reason="理由") == ["SOD-7"]


def test_sod_7_who_releases_does_not_send(bench):
    dispatch = bench.released()
    bench.person("jm.approver").appoint(Appointment("unit_clerk", "unit:jiangmen", SINCE, basis="test"))
    assert bench.refusal("jm.approver", dispatch, "send") == ["SOD-7"]


def test_what_is_sent_back_is_a_draft_again_and_frees_its_number(bench):
    dispatch = bench.draft()
    bench.act("jm.clerk", dispatch, "submit")
    assert bench.refusal("jm.approver", dispatch, "send_back", reason=" ") == ["P-30"]
    bench.act("jm.approver", dispatch, "send_back", reason="附件不全")
    assert (dispatch.state, dispatch.document.state) == ("drafting", "draft")
    assert dispatch.history[-1].note == "附件不全"
    bench.act("jm.clerk", bench.draft(), "submit")


def test_nothing_is_sent_unreleased(bench):
    dispatch = bench.draft()
    assert bench.refusal("jm.clerk", dispatch, "send") == ["P-36"]
    bench.act("jm.clerk", dispatch, "submit")
    assert bench.refusal("jm.clerk", dispatch, "send") == ["P-36"]


# Send.


def test_p_36_sending(bench):
    dispatch = bench.released()
    waiting = len(bench.work())
    clock.travel(local("2013-01-07 16:30"))
    bench.act("jm.clerk", dispatch, "send")
    assert dispatch.state == "sent"
    assert clock.local(dispatch.sent_at).isoformat(timespec="minutes") == "2013-01-07T16:30+08:00"
    assert dispatch.effective_day.isoformat() == "2013-01-07"
    assert dispatch.sent_by is bench.person("jm.clerk")
    assert dispatch.package_digest == sending.package_digest(dispatch)
    assert dispatch.document.state == "dispatched"
    assert bench.work().count("exchange.fan_out") == len(bench.work()) - waiting + 0 == 1
    assert not dispatch.tracking.deliveries
    assert bench.journaled("dispatch.send")[-1].version == dispatch.document.digest()
    found = register(bench.root, "dispatches").query(Eq("state", "sent") & Eq("carrier", "jiangmen"), sort="order")
    assert found.objects == (dispatch,)


@pytest.mark.parametrize(
    ("at", "day"),
    [("2013-01-07 17:00", "2013-01-08"), ("2013-01-11 17:30", "2013-01-14"), ("2013-01-12 09:00", "2013-01-14")],
)
def test_p_37_the_exchange_day(bench, at, day):
    dispatch = bench.released()
    clock.travel(local(at))
    bench.act("jm.clerk", dispatch, "send")
    assert dispatch.effective_day.isoformat() == day


def test_r_n1_2_nothing_is_sent_before_the_first_day(bench):
    clock.travel(local("2012-12-31 10:00"))
    dispatch = bench.released(number="江府〔2012〕2号")
    assert bench.refusal("jm.clerk", dispatch, "send") == ["R-N1.2"]
    clock.travel(local("2013-01-01 00:00"))
    bench.act("jm.clerk", dispatch, "send")


def test_r_24_5_only_the_case_officer_in_the_office(bench):
    office = {"number": "粤办函〔2013〕5号", "mains": ("jiangmen",)}
    dispatch = bench.released("zh1.officer", "gd-office", by="office.leader", **office)
    bench.person("zh2.officer").appoint(Appointment("case_officer", "division:zh1", SINCE, basis="test"))
    assert bench.refusal("zh2.officer", dispatch, "send") == ["R-24.5"]
    dispatch.document.case_officer = bench.person("zh2.officer")
    assert bench.refusal("zh1.officer", dispatch, "send") == ["R-24.5"]
    bench.act("zh2.officer", dispatch, "send")


def test_a_units_clerks_share_its_box(bench):
    bench.person("jm.approver").appoint(Appointment("unit_clerk", "unit:jiangmen", SINCE, basis="test"))
    bench.act("jm.approver", bench.draft("jm.clerk"), "edit")


def test_what_is_frozen_is_not_edited(bench):
    """Design sect. 5: also not through a linked dispatch that was sent back."""
    dispatch = bench.sent()
    bench.act("jm.clerk", dispatch, "add_recipients", recipients=(Recipient(bench.box("guangzhou"), Address.COPY),))
    linked = dispatch.linked[0]
    bench.act("jm.approver", linked, "send_back", reason="不必补发")
    assert (linked.state, dispatch.document.state) == ("drafting", "dispatched")
    assert bench.refusal("jm.clerk", linked, "edit") == ["5.1"]
    bench.act("jm.clerk", linked, "submit")
    assert dispatch.document.state == "dispatched"


def test_withdrawing_before_sending(bench):
    dispatch = bench.released()
    assert bench.refusal("jm.clerk", dispatch, "withdraw") == ["P-30"]
    bench.act("jm.clerk", dispatch, "withdraw", reason="不再需要")
    assert (dispatch.state, dispatch.document.state) == ("cancelled", "draft")
    assert bench.refusal("jm.clerk", dispatch, "send") == ["P-36"]
    assert bench.refusal("jm.clerk", bench.sent(), "withdraw", reason="晚了") == ["5.2"]


# Linked dispatches.


def test_p_31_a_supplement_waits_for_its_own_release(bench):
    dispatch = bench.delivered()
    added = (Recipient(bench.box("guangzhou"), Address.COPY),)
    bench.act("jm.clerk", dispatch, "add_recipients", recipients=added, reason="漏发")
    linked = dispatch.linked[0]
    assert (linked.kind, linked.state, linked.origin) == (DispatchKind.SUPPLEMENT, "submitted", dispatch)
    assert (linked.document, linked.recipients, linked.reason) == (dispatch.document, added, "漏发")
    assert dispatch.recipients[0].box is bench.box("gd-office")
    assert len(dispatch.recipients) == 1
    bench.act("jm.approver", linked, "release")
    bench.act("jm.clerk", linked, "send")
    bench.fan_out(linked)
    assert list(linked.tracking.deliveries) == ["guangzhou"]


def test_p_31_a_supplement_is_bound_by_the_rules_of_the_first_sending(bench):
    dispatch = bench.sent(kind="请示")
    bench.box("foshan").excluded_kinds = ("请示",)
    bench.root["units"]["guangzhou"].level = 2

    def refused(*recipients):
        return bench.refusal("jm.clerk", dispatch, "add_recipients", recipients=recipients)

    def copy(name):
        return Recipient(bench.box(name), Address.COPY)

    assert refused() == ["P-31"]
    assert refused(copy("gd-office")) == ["P-31"]
    assert refused(copy("jiangmen")) == ["P-31"]
    assert refused(copy("foshan")) == ["P-4"]
    assert refused(copy("guangzhou")) == ["S-1"]
    assert refused(copy("shantou"), copy("shantou")) == ["P-31"]


def test_a_supplement_of_a_correction_carries_the_correction(bench):
    wrong = bench.sent()
    bench.act("jm.clerk", wrong, "correct")
    right = wrong.linked[0]
    right.document.number = "江府〔2013〕4号"
    right.document.files = tuple(bench.file(*each) for each in (SCAN, EDITABLE))
    bench.act("jm.clerk", right, "submit")
    bench.act("jm.approver", right, "release")
    bench.act("jm.clerk", right, "send")
    bench.act("jm.clerk", right, "add_recipients", recipients=(Recipient(bench.box("guangzhou"), Address.COPY),))
    assert wrong.linked[-1].document is right.document


def test_p_54_what_came_back_is_sent_again(bench):
    delivery = bench.returned()
    dispatch, office = delivery.dispatch, delivery.box
    assert bench.refusal("jm.clerk", dispatch, "resend", boxes=[]) == ["P-54"]
    assert bench.refusal("jm.clerk", dispatch, "resend", boxes=[bench.box("guangzhou")]) == ["P-54"]
    bench.act("jm.clerk", dispatch, "resend", boxes=[office])
    again = dispatch.linked[0]
    assert (again.kind, again.attempt, again.state) == (DispatchKind.RESEND, 2, "submitted")
    assert again.recipients == dispatch.recipients
    assert bench.refusal("jm.clerk", dispatch, "resend", boxes=[office]) == ["P-54"]
    bench.act("jm.clerk", again, "withdraw", reason="改日再发")
    bench.act("jm.clerk", dispatch, "resend", boxes=[office])


def test_p_54_a_recipient_cancelled_before_delivery_can_be_sent_to_again(bench):
    dispatch = bench.sent()
    bench.act("jm.clerk", dispatch, "cancel_recipient", box="gd-office")
    bench.fan_out(dispatch)
    assert sending.resendable(dispatch) == [bench.box("gd-office")]


def test_p_40_a_correction_replaces_when_it_is_sent(bench):
    wrong = bench.delivered(note="附注", special_attachments=("书一册",))
    bench.act("jm.clerk", wrong, "add_recipients", recipients=(Recipient(bench.box("guangzhou"), Address.COPY),))
    bench.act("jm.clerk", wrong, "correct")
    right = wrong.linked[-1]
    assert (right.kind, right.state, right.document.frozen) == (DispatchKind.CORRECTION, "drafting", False)
    assert [each.box.__name__ for each in right.recipients] == ["gd-office", "guangzhou"]
    assert (right.document.note, right.document.special_attachments) == ("附注", ("书一册",))
    assert right.document.number == ""
    assert (right.document.replaces, wrong.document.replaced_by) == (wrong.document, None)
    right.document.no_number_reason = "更正件"
    right.document.files = tuple(bench.file(*each) for each in (SCAN, EDITABLE))
    bench.act("jm.clerk", right, "submit")
    bench.act("jm.approver", right, "release")
    bench.act("jm.clerk", right, "send")
    assert wrong.document.replaced_by is right.document


def test_p_40_a_document_is_corrected_once_at_a_time(bench):
    wrong = bench.sent()
    bench.act("jm.clerk", wrong, "correct")
    assert bench.refusal("jm.clerk", wrong, "correct") == ["P-40"]
    bench.act("jm.clerk", wrong.linked[0], "withdraw", reason="无误")
    bench.act("jm.clerk", wrong, "correct")


# Taking back before delivery, and the check.


def test_p_41_taken_back_before_the_postmaster_came(bench):
    dispatch = bench.sent(mains=("gd-office", "guangzhou"))
    bench.act("jm.clerk", dispatch, "cancel_recipient", box="guangzhou")
    assert dispatch.cancellations.boxes == ("guangzhou",)
    bench.fan_out(dispatch)
    assert list(dispatch.tracking.deliveries) == ["gd-office"]


@pytest.mark.parametrize("box", ["gd-office", "guangzhou", "foshan", "", None])
def test_p_41_only_what_awaits_delivery_is_taken_back_so(bench, box):
    dispatch = bench.sent(mains=("gd-office", "guangzhou"))
    bench.act("jm.clerk", dispatch, "cancel_recipient", box="guangzhou")
    bench.fan_out(dispatch)
    assert bench.refusal("jm.clerk", dispatch, "cancel_recipient", box=box) == ["P-41"]


def test_p_38_the_check_counts_after_24_hours(bench):
    dispatch = bench.delivered()
    later(hours=23, minutes=59)
    assert bench.refusal("jm.clerk", dispatch, "check") == ["P-38"]
    later(minutes=2)
    bench.act("jm.clerk", dispatch, "check")
    assert dispatch.checked_at is not None


# Off-line entry.


@pytest.fixture
def paper(bench):
    """The paper of an unconnected unit, entered by the office's clerk."""
    unit = bench.root["units"]["canshi"]
    box = bench.box("gd-office")
    dispatch = sending.new_draft(box, bench.actor("office.registry1"), kind=DispatchKind.OFFLINE, unit=unit)
    document = dispatch.document
    document.title, document.kind, document.date = "关于某事的函", "函", clock.today()
    document.no_number_reason, document.signer = "来文无文号", "甲乙"
    document.files = tuple(bench.file(*each) for each in (SCAN, EDITABLE))
    dispatch.channel = "paper"
    dispatch.recipients = (Recipient(box, Address.MAIN),)
    return dispatch


def test_r_n4_4_an_unconnected_units_paper_is_entered(bench, paper):
    bench.act("office.registry1", paper, "enter_offline")
    bench.fan_out(paper)
    delivery = paper.tracking.deliveries["gd-office"]
    assert (paper.state, delivery.state) == ("sent", "pending")
    assert paper.document.unit is bench.root["units"]["canshi"]


def test_r_n4_4_channel_and_files_are_needed(bench, paper):
    paper.channel = ""
    paper.document.files = paper.document.files[:1]
    assert bench.refusal("office.registry1", paper, "enter_offline") == ["R-N4.4", "R-N4.2(b)"]


def test_r_n4_4_a_connected_unit_sends_for_itself(bench, paper):
    paper.document.unit.connection = Connection.CONNECTED
    assert bench.refusal("office.registry1", paper, "enter_offline") == ["R-N4.4"]
