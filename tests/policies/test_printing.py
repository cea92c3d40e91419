"""Printing and downloading (P-35, P-57, P-58, P-59, P-61): copies counted, kinds apart, consent where the rule wants it."""

from datetime import timedelta

import pytest

from content_types.delivery import PrintKind
from govrepo import clock
from govrepo.database import site
from govrepo.rules import RuleValue
from policies import printing
from tests.policies.bench import later

CLERK, LEADER = "office.registry1", "office.leader"


@pytest.fixture
def delivery(bench):
    return bench.signed(quota=3)


@pytest.fixture
def ruled(bench):
    """P-58 is switched on."""
    now = clock.now()
    value = RuleValue(1, now, now, "", "", "厅办〔2013〕1号")
    site(bench.root).rules.add("print_needs_consent", value)
    later(minutes=1)


def scan(delivery):
    return delivery.document.files[0].uid


def ask(bench, delivery, **data):
    bench.act(CLERK, delivery, "ask_print", **({"kind": "formal", "copies": "2", "note": "呈领导阅"} | data))


def test_p_35_several_copies_at_once_are_counted(bench, delivery):
    bench.act(CLERK, delivery, "print", file=scan(delivery), copies="2")
    assert (delivery.copies_made, delivery.copies_left) == (2, 1)
    assert bench.refusal(CLERK, delivery, "print", file=scan(delivery), copies="2") == ["P-35"]
    entry = bench.journaled("delivery.print")[-1]
    assert (entry.details["copies"], entry.details["file"]) == (2, scan(delivery))


@pytest.mark.parametrize("copies", ["0", "-1", "4", "x", "", "1.5", "٣", "100", "9" * 5000])
def test_p_35_a_number_of_copies_is_a_number_within_the_quota(bench, delivery, copies):
    assert bench.refusal(CLERK, delivery, "print", file=scan(delivery), copies=copies) == ["P-35"]


@pytest.mark.parametrize("copies", ["0", "x", "100"])
def test_p_35_desensitised_copies_are_some(bench, delivery, copies):
    assert bench.refusal(CLERK, delivery, "print_plain", file=scan(delivery), copies=copies) == ["P-35"]


def test_p_35_beyond_the_quota_copies_are_desensitised_and_counted_apart(bench):
    delivery = bench.signed(quota=1)
    bench.act(CLERK, delivery, "print", file=scan(delivery))
    assert bench.refusal(CLERK, delivery, "print", file=scan(delivery)) == ["P-35"]
    bench.act(CLERK, delivery, "print_plain", file=scan(delivery), copies="5")
    assert [(each.kind, each.copies) for each in delivery.printed] == [("formal", 1), ("desensitised", 5)]
    assert delivery.copies_left == 0


def test_copies_of_a_kind_are_numbered_on(bench, delivery):
    for name, copies in (("print", 2), ("print_plain", 3), ("print", 1), ("print_plain", 1)):
        bench.act(CLERK, delivery, name, file=scan(delivery), copies=copies)
    assert [list(printing.serials(delivery, number)) for number in range(4)] == [[1, 2], [1, 2, 3], [3], [4]]


def test_p_59_a_download_names_purpose_and_system(bench, delivery):
    editable = delivery.document.files[1].uid
    for data in ({}, {"note": " ", "system": "厅办公系统"}, {"note": "起草"}):
        assert set(bench.refusal(CLERK, delivery, "download", file=editable, **data)) == {"P-59"}
    bench.act(CLERK, delivery, "download", file=editable, note="起草办理意见", system="厅办公系统")
    made = delivery.printed[-1]
    assert (made.kind, made.purpose, made.system) == (PrintKind.DOWNLOAD, "起草办理意见", "厅办公系统")
    entry = bench.journaled("delivery.download")[-1]
    assert (entry.reason, entry.details["system"]) == ("起草办理意见", "厅办公系统")


def test_the_sheets_are_the_printers_own_for_half_an_hour(bench, delivery):
    bench.act(CLERK, delivery, "print", file=scan(delivery))
    bench.act(CLERK, delivery, "download", file=delivery.document.files[1].uid, note="x", system="y")
    now = clock.now()
    clerk = bench.actor(CLERK)
    assert printing.sheets_of(delivery, 0, clerk, now) == delivery.printed[0]
    assert printing.sheets_of(delivery, 0, bench.actor("office.registry2"), now) is None
    assert printing.sheets_of(delivery, 0, clerk, now + printing.WINDOW) is None
    assert printing.sheets_of(delivery, 0, clerk, now - timedelta(seconds=1)) is None
    assert printing.sheets_of(delivery, 1, clerk, now) is None, "a download has no sheets"
    assert printing.sheets_of(delivery, 2, clerk, now) is None


# P-58.


def test_p_58_without_the_rule_nobody_asks(bench, delivery):
    assert bench.refusal(CLERK, delivery, "ask_print", kind="formal", copies="1", note="x") == ["P-58"]


def test_p_58_request_consent_print(bench, ruled, delivery):
    assert bench.refusal(CLERK, delivery, "print", file=scan(delivery)) == ["P-58"]
    assert bench.refusal(CLERK, delivery, "print_plain", file=scan(delivery)) == ["P-58"]
    ask(bench, delivery)
    assert bench.refusal(CLERK, delivery, "print", file=scan(delivery)) == ["P-58"], "asked is not granted"
    bench.act(LEADER, delivery, "grant_print")
    assert delivery.consents[-1].answered_by == bench.person(LEADER).name
    assert delivery.consents[-1].answered_at is not None
    bench.act(CLERK, delivery, "print", file=scan(delivery), copies="2")
    assert delivery.consents[-1].used_at is not None
    assert bench.refusal(CLERK, delivery, "print", file=scan(delivery)) == ["P-58"], "a consent is used once"
    assert [each.action for each in bench.journaled() if "print" in each.action] == [
        "delivery.ask_print", "delivery.grant_print", "delivery.print",
    ]  # fmt: skip


def test_p_58_no_more_and_nothing_else_than_consented(bench, ruled, delivery):
    ask(bench, delivery)
    bench.act(LEADER, delivery, "grant_print")
    assert bench.refusal(CLERK, delivery, "print", file=scan(delivery), copies="3") == ["P-58"]
    assert bench.refusal(CLERK, delivery, "print_plain", file=scan(delivery)) == ["P-58"]


def test_p_58_who_prints_does_not_consent(bench, ruled, delivery):
    assert bench.refusal(LEADER, delivery, "grant_print") == ["P-58"], "nothing was asked"
    ask(bench, delivery)
    assert bench.refusal(CLERK, delivery, "grant_print") == ["P-58"]
    assert bench.refusal("office.duty", delivery, "grant_print") == ["P-58"]
    consent = printing.asked_for(delivery)
    delivery.consents = (consent._replace(asked_by=bench.person(LEADER).principal),)
    assert bench.refusal(LEADER, delivery, "grant_print") == ["P-58"], "nor oneself"


def test_p_58_a_refusal_has_its_reason_and_one_may_ask_again(bench, ruled, delivery):
    ask(bench, delivery)
    assert bench.refusal(CLERK, delivery, "ask_print", kind="formal", copies="1", note="x") == ["P-58"]
    assert bench.refusal(LEADER, delivery, "refuse_print") == ["P-58"]
    bench.act(LEADER, delivery, "refuse_print", note="不必打印")
    assert printing.granted(delivery) is None
    assert bench.refusal(CLERK, delivery, "print", file=scan(delivery)) == ["P-58"]
    ask(bench, delivery)


@pytest.mark.parametrize(
    ("data", "articles"),
    [
        ({"kind": "x"}, ["P-58"]),
        ({"kind": "download"}, ["P-58"]),
        ({"note": " "}, ["P-58"]),
        ({"copies": "4"}, ["P-35"]),
        ({"copies": "x"}, ["P-35"]),
        ({"kind": "desensitised", "copies": "0"}, ["P-35"]),
    ],
)
def test_p_58_a_request_says_what_how_many_and_why(bench, ruled, delivery, data, articles):
    wanted = {"kind": "formal", "copies": "1", "note": "呈领导阅"} | data
    assert bench.refusal(CLERK, delivery, "ask_print", **wanted) == articles


def test_p_58_what_is_bad_is_not_even_asked_for(bench, ruled, delivery):
    delivery.findings = tuple(each._replace(passed=False) for each in delivery.findings)
    assert bench.refusal(CLERK, delivery, "ask_print", kind="formal", copies="1", note="x") == ["P-52"]
