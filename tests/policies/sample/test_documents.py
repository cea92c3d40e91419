"""The sample documents: every state is there, and the notice waits to be sent."""

import re
from collections import Counter

import pytest

from content_types.assignment import Assignment
from content_types.delivery import Delivery
from content_types.dispatch import Address, Dispatch
from content_types.file_object import FileRole
from govrepo import clock
from govrepo.catalog import Eq, register
from govrepo.files import verify
from policies import delivery as delivery_policy
from policies import dispatch as dispatch_policy
from policies.sample.desk import Desk, text_of
from policies.sample.letters import NOTICE
from policies.vocabulary import RETURN_REASONS
from tests.app import opened
from tests.policies.sample.conftest import on_a_copy

pytestmark = pytest.mark.timeout(600)


def below(folder, cls):
    """Every object of a class in the tree below a folder."""
    for each in folder.values():
        if isinstance(each, cls):
            yield each
        elif hasattr(each, "values"):
            yield from below(each, cls)


def deliveries(root):
    return list(below(root["exchange"], Delivery))


def dispatches(root):
    return list(below(root["exchange"], Dispatch))


def notice(root):
    return next(each for each in dispatches(root) if each.document.number == "粤办函〔2012〕846号")


def test_every_state_of_a_dispatch_is_there(root):
    assert {each.state for each in dispatches(root)} == set(dispatch_policy.STATES)


def test_every_state_of_a_delivery_is_there(root):
    assert {each.state for each in deliveries(root)} == set(delivery_policy.STATES)


def test_deliveries_wait_opened_and_unopened_in_each_urgency(root):
    waiting = [each for each in deliveries(root) if each.state == "pending"]
    assert {str(each.document.urgency) for each in waiting} == {"plain", "urgent", "most_urgent"}
    assert {each.first_opened_at is None for each in waiting} == {True, False}
    assert [each.box.__name__ for each in waiting if each.recall_asked_at] == ["tongji"]


def test_returns_have_several_reasons(root):
    reasons = Counter(each.return_reason for each in deliveries(root) if each.return_reason)
    assert len(reasons) >= 5
    assert set(reasons) <= set(RETURN_REASONS.terms)


def test_distribution_reached_divisions_and_persons(root):
    assert {each.box.__name__ for each in deliveries(root) if each.internal} == {"gd-office-zh2", "cz-budget"}
    assert {each.state for each in below(root["people"], Assignment)} == {"open", "closed"}


def test_linked_dispatches_are_there(root):
    kinds = Counter(each.kind.value for each in dispatches(root) if each.origin)
    assert kinds == {"supplement": 1, "resend": 1, "correction": 1}


def test_two_cities_bear_the_same_number(root):
    holders = [each.document.unit.code for each in dispatches(root) if each.document.number.startswith("汕府")]
    assert sorted(holders) == ["shantou", "shanwei"]


def test_documents_go_out_in_the_name_of_the_unit_and_informal_items_of_the_division(root):
    issuers = {each.document.issuer for each in dispatches(root) if each.document.informal}
    assert issuers == {"省财政厅预算处", "省府办公厅综合一处"}
    assert notice(root).document.issuer == "广东省人民政府办公厅"


def test_times_are_in_order_and_past(root):
    for each in deliveries(root):
        times = [each.dispatch.sent_at, each.available_at, each.first_opened_at, each.signed_at, clock.now()]
        told = [moment for moment in times if moment]
        assert told == sorted(told)


def test_every_file_is_inspected_and_intact(root):
    files = [file for each in dispatches(root) for file in each.document.files]
    assert {file.state for file in files} == {"inspected"}
    assert all(verify(file.stored) and not file.problem for file in files)
    assert {file.role for file in files} == {FileRole.SCAN, FileRole.EDITABLE, FileRole.ORIGINAL}


def test_receivers_have_checked_in(root):
    assert len(root["exchange"]["gd-government"].check_ins) >= 2


def test_the_register_lists_what_the_boxes_hold(root, sample):
    for name in ("gd-government", "gd-office", "guangzhou", "caizheng", "gd-office-zh2"):
        held = {each.uid for each in below(root["exchange"][name]["inbox"], Delivery)}
        listed = register(root, "deliveries").query(Eq("box", name), sort="order", limit=100).objects
        assert {each.uid for each in listed} == held


def test_the_journal_tells_of_every_sending_and_of_no_refusal(root, sample):
    entries = [record.entry for record in sample.registry.journal.entries()]
    sent = [entry for entry in entries if entry.action == "dispatch.send"]
    assert len(sent) == len([each for each in dispatches(root) if each.sent_at])
    assert {entry.result for entry in entries} == {"allowed"}


def test_the_notice_tells_no_contact():
    text = text_of("notice")
    assert not re.search(r"\d{5,}", text)
    assert "联系人" not in text
    assert "联系电话" not in text


def test_the_notice_is_released_with_scan_and_text(root):
    document = notice(root).document
    assert notice(root).state == "released"
    assert [file.role for file in document.files] == [FileRole.SCAN, FileRole.EDITABLE]
    assert document.files[0].pages == 7
    assert document.date.isoformat() == "2012-12-26"


def test_its_case_officer_sends_the_notice_to_everybody(loaded, tmp_path):
    with on_a_copy(loaded, tmp_path) as app, opened(app.registry) as root:
        desk = Desk(root, app.registry)
        desk.turn_to(0)
        desk.act(notice(root), "send", NOTICE.clerk)
        desk.let_work_be_done()
        made = notice(root).tracking.deliveries
        assert set(made) == {box.__name__ for box in notice(root).boxes(Address.MAIN)} == set(NOTICE.mains)
        assert {each.state for each in made.values()} == {"pending"}
        assert {each.verification for each in made.values()} <= {"ok", "unknown"}
        assert all(each.format_ok for each in made.values())
