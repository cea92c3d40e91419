"""The delivery's workflow, act by act (domain.md 5.3; R-11.2, R-35.1, P-35, P-39, P-41, P-51 to P-55)."""

import json

import pytest

from content_types.appointment import Appointment, Capacity
from content_types.delivery import Finding
from govrepo import clock
from govrepo.catalog import Eq, register
from govrepo.trust.system_key import verify
from policies.sample.people import SINCE
from policies.vocabulary import RETURN_REASONS
from tests.policies.bench import local

CLERK = "office.registry1"
BAD = (Finding("verify.digest", passed=False),)


def listed(bench, box, state):
    found = register(bench.root, "deliveries").query(Eq("box", box) & Eq("state", state), sort="order")
    return found.objects


def statuses(delivery):
    return [receipt.status for receipt in delivery.receipts]


# Open and sign for.


def test_r_n3_3_the_five_times(bench):
    """Available, alerted, first opened, signed, first printed: each once, in order (4.9)."""
    delivery = bench.delivery()
    times = [delivery.available_at]
    for minute, name, data in (
        (1, "hear", {}),
        (2, "open", {}),
        (3, "sign_for", {}),
        (4, "print", {"file": delivery.document.files[0].uid}),
    ):
        clock.travel(local(f"2013-01-07 10:0{minute}"))
        bench.act(CLERK, delivery, name, **data)
    times += [delivery.alerted_at, delivery.first_opened_at, delivery.signed_at, delivery.first_printed_at]
    assert times == sorted(times)
    assert None not in times
    assert delivery.opened_by is delivery.signed_by is bench.person(CLERK)


def test_only_the_first_hearing_and_opening_count(bench):
    delivery = bench.delivery()
    bench.act(CLERK, delivery, "hear")
    bench.act(CLERK, delivery, "open")
    first = (delivery.alerted_at, delivery.first_opened_at, delivery.opened_by)
    bench.act("office.registry2", delivery, "hear")
    bench.act("office.registry2", delivery, "open")
    assert (delivery.alerted_at, delivery.first_opened_at, delivery.opened_by) == first


def test_opening_is_no_signature(bench):
    delivery = bench.opened()
    assert (delivery.state, delivery.signed_at, statuses(delivery)) == ("pending", None, ["delivered"])


@pytest.mark.parametrize(("name", "data"), [("sign_for", {}), ("return", {"reason": "misdirected"})])
def test_p_51_first_look_then_sign_or_return(bench, name, data):
    assert bench.refusal(CLERK, bench.delivery(), name, **data) == ["P-51"]


def test_signing_moves_it_in_the_register_and_is_journaled(bench):
    delivery = bench.signed()
    assert listed(bench, "gd-office", "signed") == (delivery,)
    assert listed(bench, "gd-office", "pending") == ()
    entry = bench.journaled("delivery.sign_for")[-1]
    assert entry.actor == bench.person(CLERK).principal
    assert entry.details.items() >= {"from": "pending", "to": "signed", "attested": "system"}.items()
    assert entry.version == delivery.document.digest()
    assert (entry.session, entry.address) == ("s-1", "10.0.0.7")
    assert [each.transition for each in delivery.history] == ["deliver", "open", "sign_for"]


def test_the_receipt_verifies_with_the_system_key_alone(bench):
    delivery = bench.signed()
    receipt = delivery.receipts[-1]
    public = bench.registry.system_key.public
    assert verify(public, receipt.text, receipt.signature)
    assert not verify(public, receipt.text.replace("gd-office", "gd-other"), receipt.signature)
    words = json.loads(receipt.text)
    assert words["status"] == "signed"
    assert words["name"] == bench.person(CLERK).name
    assert words["files"] == [file.sha256 for file in delivery.document.files]
    assert receipt.attestation is None


def test_nothing_is_signed_twice(bench):
    assert bench.refusal(CLERK, bench.signed(), "sign_for") == ["R-35.1"]


def test_r_35_1_nobody_but_the_boxs_own_people_signs(bench):
    delivery = bench.opened()
    for login in (
        "zh1.receiver",
        "zh1.head",
        "office.leader",
        "jm.clerk",
        "jm.approver",
        "admin",
        "auditor",
        "security",
    ):
        assert bench.refusal(login, delivery, "sign_for") == ["R-35.1"]


def test_r_19_1_a_division_receives_directly_and_its_receiver_signs(bench):
    delivery = bench.opened("zh1.receiver", "gd-office-zh1")
    assert bench.refusal(CLERK, delivery, "sign_for") == ["R-35.1"]
    bench.act("zh1.receiver", delivery, "sign_for")
    assert (delivery.state, delivery.internal) == ("signed", False)


def test_r_16_5_the_duty_officer_signs_in_that_capacity(bench):
    delivery = bench.opened("office.duty")
    bench.act("office.duty", delivery, "sign_for")
    assert delivery.capacity == "duty"
    assert json.loads(delivery.receipts[-1].text)["capacity"] == "duty"
    assert bench.refusal("office.duty", bench.signed(number="江府〔2013〕3号"), "note")


@pytest.mark.parametrize(
    ("capacities", "shown"),
    [
        ((Capacity.DESIGNATED,), "designated"),
        ((Capacity.ACTING,), "acting"),
        ((Capacity.ACTING, Capacity.REGULAR), "own"),
    ],
)
def test_r_11_3_a_substitute_signs_as_such(bench, capacities, shown):
    for capacity in capacities:
        appointment = Appointment("receiver", "division:zh1", SINCE, capacity=capacity, basis="指定")
        bench.person("zh1.officer").appoint(appointment)
    delivery = bench.opened("zh1.officer", "gd-office-zh1")
    bench.act("zh1.officer", delivery, "sign_for")
    assert delivery.capacity == shown


def test_p_52_bad_is_neither_signed_nor_printed_nor_passed_on(bench):
    delivery = bench.opened()
    delivery.findings = BAD
    assert bench.refusal(CLERK, delivery, "sign_for") == ["P-52"]
    delivery.state = "signed"
    file = delivery.document.files[0].uid
    assert bench.refusal(CLERK, delivery, "print", file=file) == ["P-52"]
    assert bench.refusal(CLERK, delivery, "download", file=delivery.document.files[1].uid, note="x", system="y") == [
        "P-52"
    ]
    assert "P-52" in bench.refusal(CLERK, delivery, "distribute", targets=())
    delivery.state = "pending"
    bench.act(CLERK, delivery, "return", reason="verification")


def test_a_suspended_person_signs_nothing(bench):
    delivery = bench.opened()
    bench.person(CLERK).state = "suspended"
    assert bench.refusal(CLERK, delivery, "sign_for") == ["R-35.1"]


# Return.


@pytest.mark.parametrize("reason", [each for each in RETURN_REASONS.terms if each != "other"])
def test_p_54_every_reason_of_the_list_will_do(bench, reason):
    delivery = bench.opened()
    bench.act(CLERK, delivery, "return", reason=reason)
    assert (delivery.state, delivery.return_reason) == ("returned", reason)
    assert json.loads(delivery.receipts[-1].text)["reason"] == reason


@pytest.mark.parametrize("data", [{}, {"reason": ""}, {"reason": "bad mood"}, {"reason": "other", "note": "  "}])
def test_p_54_a_return_names_its_reason(bench, data):
    assert bench.refusal(CLERK, bench.opened(), "return", **data) == ["P-54"]


def test_p_39_the_sender_signs_for_what_came_back(bench):
    delivery = bench.returned()
    assert delivery.returned_at is not None
    assert bench.refusal(CLERK, delivery, "acknowledge") == ["P-39"]
    bench.act("jm.clerk", delivery, "acknowledge")
    assert delivery.state == "return_closed"


def test_p_55_late_return_is_the_leaders(bench):
    delivery = bench.signed()
    assert bench.refusal(CLERK, delivery, "late_return", reason="format") == ["P-55"]
    assert bench.refusal("office.leader", delivery, "late_return") == ["P-54"]
    bench.act("office.leader", delivery, "late_return", reason="format")
    assert delivery.state == "returned"
    assert statuses(delivery) == ["delivered", "signed", "returned"]


# Recall.


def test_p_41_what_nobody_opened_goes_at_once(bench):
    delivery = bench.delivery()
    bench.act("jm.clerk", delivery, "recall")
    assert delivery.state == "recalled"
    assert statuses(delivery) == ["delivered", "recalled"]
    assert not delivery.readable
    assert bench.refusal(CLERK, delivery, "open") == ["R-N3.3"]


def test_p_41_what_was_opened_is_asked_for_and_the_receiver_refuses(bench):
    delivery = bench.opened()
    assert bench.refusal("jm.clerk", delivery, "recall") == ["P-41"]
    assert bench.refusal("jm.clerk", delivery, "ask_recall") == ["P-41"]
    bench.act("jm.clerk", delivery, "ask_recall", note="数据有误")
    assert bench.refusal("jm.clerk", delivery, "ask_recall", note="再问") == ["P-41"]
    assert bench.refusal(CLERK, delivery, "refuse_recall") == ["P-41"]
    bench.act(CLERK, delivery, "refuse_recall", note="已呈批")
    assert (delivery.state, delivery.recall_asked_at) == ("pending", None)
    assert [each.transition for each in delivery.history][-2:] == ["ask_recall", "refuse_recall"]
    assert statuses(delivery) == ["delivered", "recall_refused"]


def test_p_41_the_receiver_accepts(bench):
    delivery = bench.signed()
    bench.act("jm.clerk", delivery, "ask_recall", note="数据有误")
    assert delivery.recall_reason == "数据有误"
    bench.act(CLERK, delivery, "accept_recall")
    assert (delivery.state, delivery.recall_asked_at) == ("recalled", None)


def test_p_41_signing_does_not_answer_a_request(bench):
    delivery = bench.opened()
    bench.act("jm.clerk", delivery, "ask_recall", note="数据有误")
    bench.act(CLERK, delivery, "sign_for")
    assert delivery.recall_asked_at is not None
    person = bench.person("zh1.officer")
    assert bench.refusal(CLERK, delivery, "distribute", targets=((person, "read"),)) == ["P-41"]
    assert bench.refusal(CLERK, delivery, "note") == ["P-41"]
    bench.act(CLERK, delivery, "refuse_recall", note="已呈批")
    bench.act(CLERK, delivery, "note")
    assert delivery.state == "closed"


def test_p_41_a_return_settles_a_request(bench):
    delivery = bench.opened()
    bench.act("jm.clerk", delivery, "ask_recall", note="数据有误")
    bench.act(CLERK, delivery, "return", reason="misdirected")
    assert delivery.recall_asked_at is None


@pytest.mark.parametrize("name", ["accept_recall", "refuse_recall"])
def test_an_answer_presupposes_a_request(bench, name):
    assert bench.refusal(CLERK, bench.opened(), name, note="好") == ["P-41"]


def test_a_request_is_needed_only_once_it_was_opened(bench):
    assert bench.refusal("jm.clerk", bench.delivery(), "ask_recall", note="数据有误") == ["P-41"]


# Print and download.


def test_p_35_formal_copies_up_to_the_quota(bench):
    delivery = bench.signed(quota=2)
    scan = delivery.document.files[0].uid
    for _copy in range(2):
        bench.act(CLERK, delivery, "print", file=scan)
    assert [(each.by, each.file) for each in delivery.printed] == [(bench.person(CLERK).principal, scan)] * 2
    assert bench.refusal(CLERK, delivery, "print", file=scan) == ["P-35"]


def test_p_35_printing_is_of_the_fixed_layout_and_downloading_of_the_rest(bench):
    delivery = bench.signed()
    scan, editable = (file.uid for file in delivery.document.files)
    assert bench.refusal(CLERK, delivery, "print", file=editable) == ["P-35"]
    assert bench.refusal(CLERK, delivery, "download", file=scan, note="x", system="y") == ["P-59"]
    assert bench.refusal(CLERK, delivery, "print", file="nothing") == ["P-35"]
    assert bench.refusal(CLERK, delivery, "download", file=editable) == ["P-59", "P-59"]
    bench.act(CLERK, delivery, "download", file=editable, note="起草办理意见", system="厅办公系统")
    assert (delivery.copies_left, [each.kind for each in delivery.printed]) == (1, ["download"])


def test_p_53_first_printed_stays(bench):
    delivery = bench.signed(quota=2)
    scan = delivery.document.files[0].uid
    bench.act(CLERK, delivery, "print", file=scan)
    first = delivery.first_printed_at
    bench.act(CLERK, delivery, "print", file=scan)
    assert delivery.first_printed_at == first is not None


def test_p_51_nothing_is_printed_before_signing(bench):
    delivery = bench.opened()
    assert bench.refusal(CLERK, delivery, "print", file=delivery.document.files[0].uid) == ["P-35"]


# Reading.


def test_content_is_shown_once_opened_and_no_longer_than_it_stays(bench):
    delivery = bench.delivery()
    assert not delivery.readable
    bench.act(CLERK, delivery, "open")
    assert delivery.readable
    bench.act(CLERK, delivery, "sign_for")
    assert delivery.readable
    bench.act("office.leader", delivery, "late_return", reason="format")
    assert not delivery.readable


def test_the_bell_rings_for_what_changes_the_box(bench):
    delivery = bench.opened()
    before = delivery.box.bell.serial
    bench.act(CLERK, delivery, "sign_for")
    assert delivery.box.bell.serial == before + 1
