"""The register entry's life (domain.md 5.5, 3.10; R-19.5, R-23.1 to R-23.3; TL12 art. 24)."""

from datetime import date

import pytest

from content_types.register_entry import Handling
from govrepo import clock
from govrepo.catalog import Eq, register
from policies.deadlines import is_overdue
from policies.entry_access import urgers_for
from policies.register_entry import leads_for, readers_for
from policies.registering import enter_in_register, facts_of
from tests.policies.bench import local
from tests.policies.test_inspection import refused
from tests.policies.test_registering import CLERK, PAPER, RECEIVER, registered

LEADER, OFFICER, HEAD = "office.leader", "zh2.officer", "zh2.head"
DUE = date(2013, 1, 18)


@pytest.fixture
def entry(bench):
    return registered(bench)


def lead(bench):
    return bench.box("gd-office-zh2").owner


def handed(bench, entry, due=None):
    bench.act(CLERK, entry, "propose", note="拟请综合二处办")
    bench.act(LEADER, entry, "instruct", note="同意")
    bench.act(CLERK, entry, "hand_to", lead=lead(bench), assists=(), due=due)
    return entry


def test_tl12_24_the_steps_in_order(bench, entry):
    """3.10: register, initial review, proposal, instruction, handling, urging, reply, filing."""
    assert refused(lambda: bench.act(CLERK, entry, "hand_to", lead=lead(bench), due=None)) == {("5.5", "")}
    handed(bench, entry)
    (copy,) = entry.delivery.assignments
    assert (copy.box, copy.part, entry.state) == (bench.box("gd-office-zh2"), "lead", "handling")
    bench.act(CLERK, entry, "urge", note="请抓紧")
    assert refused(lambda: bench.act(CLERK, entry, "conclude", note="x")) == {("5.5", "")}
    assert refused(lambda: bench.act(OFFICER, entry, "conclude", note=" ")) == {("5.5", "note")}
    bench.act(OFFICER, entry, "conclude", note="已批复")
    assert (entry.state, entry.result, entry.delivery.state) == ("concluded", "已批复", "closed")
    bench.act(CLERK, entry, "file")
    assert (entry.state, str(entry.filing)) == ("closed", "formal")
    opinions = [*entry.proposals, *entry.instructions, *entry.urges]
    assert [(each.person.login, each.words) for each in opinions] == [
        (CLERK, "拟请综合二处办"),
        (LEADER, "同意"),
        (CLERK, "请抓紧"),
    ]


def test_5_5_only_a_leader_instructs(bench, entry):
    bench.act(CLERK, entry, "propose", note="拟办")
    for login in (CLERK, HEAD, OFFICER, "jm.approver"):
        assert refused(lambda login=login: bench.act(login, entry, "instruct", note="x")) == {("5.5", "")}


def test_p_54_initial_review_returns_with_a_reason(bench, entry):
    assert refused(lambda: bench.act(CLERK, entry, "preview_return", note="x")) == {("P-54", "reason")}
    bench.act(CLERK, entry, "preview_return", reason="misdirected", note="非我厅职责")
    delivery = entry.delivery
    assert (entry.state, delivery.state, delivery.return_reason) == ("returned", "returned", "misdirected")
    assert delivery.receipts[-1].status == "returned"
    assert entry.number.state == "taken"


def test_paper_is_not_returned_by_exchange(bench):
    entry = enter_in_register(bench.box("gd-office"), PAPER, bench.actor(CLERK))
    assert refused(lambda: bench.act(CLERK, entry, "preview_return", reason="misdirected")) == {("5.5", "")}


def test_tl12_24_4_one_lead_and_a_limit_for_what_is_urgent(bench):
    entry = registered(bench, urgency="urgent")
    bench.act(CLERK, entry, "propose", note="拟办")
    assert refused(lambda: bench.act(CLERK, entry, "hand_to", lead=None, due=DUE)) == {("TL12 24(4)", "lead")}
    twice = refused(lambda: bench.act(CLERK, entry, "hand_to", lead=lead(bench), assists=(lead(bench),), due=DUE))
    assert twice == {("TL12 24(4)", "assists")}
    assert refused(lambda: bench.act(CLERK, entry, "hand_to", lead=lead(bench), due=None)) == {("TL12 24(4)", "due")}
    late = refused(lambda: bench.act(CLERK, entry, "hand_to", lead=lead(bench), due=date(2013, 1, 4)))
    assert late == {("TL12 24(4)", "due")}
    other = leads_for(entry)[0]
    bench.act(CLERK, entry, "hand_to", lead=lead(bench), assists=(other,), due=DUE)
    assert [(each.box.owner, each.part) for each in entry.delivery.assignments] == [
        (lead(bench), "lead"),
        (other, "assist"),
    ]


def test_tl12_24_6_what_is_urgent_has_a_named_urger(bench):
    """3.10: "urgent/important: a named person"."""
    second = bench.person("office.registry2")
    plain, urgent, named = (
        registered(bench, urgency=urgency, number=f"江府〔2013〕{number}号")
        for number, urgency in enumerate(("plain", "urgent", "urgent"), 41)
    )
    for entry, urger in ((plain, None), (urgent, bench.person("jm.clerk")), (named, second)):
        bench.act(CLERK, entry, "propose", note="拟办")
        bench.act(CLERK, entry, "hand_to", lead=lead(bench), due=DUE, urger=urger)
    assert (plain.urger, urgent.urger, named.urger) == (None, bench.person(CLERK), second)
    assert second in urgers_for(plain)
    assert bench.person("jm.clerk") not in urgers_for(plain)


def test_limits_are_counted_in_working_days_and_a_reply_day_wins(bench, entry):
    """Part 10: plain ten working days; 3.10: "reply by" wins over it."""
    handed(bench, entry)
    assert entry.due == date(2013, 1, 21)
    second = registered(bench, number="江府〔2013〕3号")
    second.facts = second.facts._replace(reply_due=DUE)
    assert handed(bench, second).due == DUE
    assert not is_overdue(entry)
    clock.travel(local("2013-01-22 09:00"))
    assert is_overdue(entry)


def test_5_5_a_division_refuses_within_one_working_day_and_somebody_else_gets_it(bench, entry):
    handed(bench, entry)
    assert refused(lambda: bench.act(OFFICER, entry, "refuse", note="x")) == {("5.5", "")}
    assert refused(lambda: bench.act(RECEIVER, entry, "refuse", note="")) == {("5.5", "note")}
    bench.act(RECEIVER, entry, "refuse", note="非我处职责")
    assert (entry.state, entry.lead) == ("instructed", None)
    assert refused(lambda: bench.act(OFFICER, entry, "conclude", note="x")) >= {("5.5", "")}
    other = bench.box("gd-office-zh1").owner
    bench.act(CLERK, entry, "hand_to", lead=other, due=None)
    clock.travel(local("2013-01-09 00:01"))
    assert refused(lambda: bench.act("zh1.head", entry, "refuse", note="x")) == {("5.5", "")}
    assert refused(lambda: bench.act(RECEIVER, entry, "refuse", note="x")) == {("5.5", "")}, "no longer the lead"


def test_5_5_a_leader_extends_to_a_later_day(bench, entry):
    handed(bench, entry, DUE)
    assert refused(lambda: bench.act(CLERK, entry, "extend", note="x", due=date(2013, 2, 1))) == {("5.5", "")}
    assert refused(lambda: bench.act(LEADER, entry, "extend", note="x", due=DUE)) == {("5.5", "due")}
    bench.act(LEADER, entry, "extend", note="情况复杂", due=date(2013, 2, 1))
    assert entry.due == date(2013, 2, 1)


def test_tl12_24_5_circulation_always_knows_where_it_is(bench):
    entry = enter_in_register(bench.box("gd-office"), PAPER, bench.actor(CLERK))
    leader, duty = bench.person(LEADER), bench.person("office.duty")
    assert leader in readers_for(entry)
    assert refused(lambda: bench.act(CLERK, entry, "circulate", readers=())) == {("TL12 24(5)", "readers")}
    both = refused(lambda: bench.act(CLERK, entry, "circulate", readers=(leader, duty)))
    assert both == {("TL12 24(5)", "readers")}
    bench.act(CLERK, entry, "circulate", readers=(leader,))
    assert refused(lambda: bench.act(CLERK, entry, "circulate", readers=(duty,))) == {("TL12 24(5)", "")}
    assert refused(lambda: bench.act("office.duty", entry, "read")) == {("5.5", "")}
    bench.act(LEADER, entry, "read", note="已阅")
    assert refused(lambda: bench.act(LEADER, entry, "read")) == {("TL12 24(5)", "")}
    bench.act(CLERK, entry, "circulate", readers=(duty,))
    assert [(each.person.login, each.note, each.read is None) for each in entry.readings] == [
        (LEADER, "已阅", False),
        ("office.duty", "", True),
    ]


def test_what_is_for_reading_is_settled_without_a_handler(bench, entry):
    assert refused(lambda: bench.act(CLERK, entry, "note")) == {("5.5", "")}
    entry.facts = entry.facts._replace(handling=Handling.READING)
    bench.act(CLERK, entry, "note")
    assert (entry.state, entry.delivery.state) == ("concluded", "closed")


def test_tl12_24_7_what_asks_for_a_reply_is_not_filed_without_one(bench, entry):
    entry.facts = entry.facts._replace(reply_due=DUE)
    handed(bench, entry)
    bench.act(OFFICER, entry, "conclude", note="已办")
    assert refused(lambda: bench.act(CLERK, entry, "file")) == {("TL12 24(7)", "")}
    assert refused(lambda: bench.act(OFFICER, entry, "reply", note="")) == {("TL12 24(7)", "reply")}
    draft = bench.draft(number="江府〔2013〕8号")
    assert refused(lambda: bench.act(OFFICER, entry, "reply", reply=draft)) == {("TL12 24(7)", "reply")}
    sent = bench.sent(number="江府〔2013〕9号")
    bench.act(OFFICER, entry, "reply", reply=sent)
    assert entry.reply is sent
    bench.act(OFFICER, entry, "file_informal")
    assert str(entry.filing) == "informal"


def test_r_23_3_what_is_not_filed_is_excused_with_a_reason(bench, entry):
    handed(bench, entry)
    bench.act(OFFICER, entry, "conclude", note="已办")
    assert refused(lambda: bench.act(CLERK, entry, "no_file", note="")) == {("5.5", "note")}
    bench.act(CLERK, entry, "no_file", note="重复件")
    assert (str(entry.filing), entry.filing_reason) == ("none", "重复件")


def test_5_5_a_second_clerk_cancels_and_the_number_keeps_its_row(bench, entry):
    second = next(
        each for each in bench.root.logins.values()
        if each.login != CLERK and any(str(one.role) == "registry_clerk" for one in each.appointments(clock.now()))
    )  # fmt: skip
    assert refused(lambda: bench.act(CLERK, entry, "cancel")) == {("5.5", "")}
    bench.act(CLERK, entry, "ask_cancel", note="登错")
    assert refused(lambda: bench.act(CLERK, entry, "cancel")) == {("5.5", "")}
    assert refused(lambda: bench.act(CLERK, entry, "ask_cancel", note="登错")) == {("5.5", "")}
    bench.act(second.login, entry, "cancel")
    assert (entry.state, entry.number.state, entry.number.reason) == ("cancelled", "void", "登错")
    delivery = entry.delivery
    assert (delivery.state, delivery.entry) == ("signed", None)
    again = enter_in_register(delivery.box, facts_of(delivery), bench.actor(CLERK), delivery)
    assert again.number.sequence == 2


def test_5_5_what_was_closed_is_reopened_by_the_head(bench, entry):
    handed(bench, entry)
    bench.act(OFFICER, entry, "conclude", note="已办")
    bench.act(CLERK, entry, "file")
    assert refused(lambda: bench.act(HEAD, entry, "reopen")) == {("5.5", "")}
    bench.act(CLERK, entry, "ask_reopen", note="又有新情况")
    bench.act(HEAD, entry, "reopen")
    assert (entry.state, entry.filing) == ("handling", None)
    bench.act(OFFICER, entry, "conclude", note="补办")


def test_r_19_5_changing_to_office_registration_cancels_the_divisions_number(bench, entry):
    assert refused(lambda: bench.act(CLERK, entry, "to_office", note="x")) == {("R-19.5", "")}
    own = registered(bench, RECEIVER, "gd-office-zh2", number="江府〔2013〕3号")
    assert refused(lambda: bench.act(RECEIVER, own, "to_office", note="")) == {("5.5", "note")}
    bench.act(RECEIVER, own, "to_office", note="应由厅登记")
    assert (own.state, own.number.state, own.number.reason) == ("cancelled", "void", "应由厅登记")
    assert own.delivery.forwarded.box is bench.box("gd-office")


def test_r_19_3_only_with_both_files(bench):
    own = registered(bench, RECEIVER, "gd-office-zh2")
    own.delivery.document.files = own.delivery.document.files[:1]
    assert refused(lambda: bench.act(RECEIVER, own, "to_office", note="x")) == {("R-19.3", "")}
    paper = enter_in_register(bench.box("gd-office-zh2"), PAPER, bench.actor(RECEIVER))
    assert refused(lambda: bench.act(RECEIVER, paper, "to_office", note="x")) == {("R-19.5", "")}


def test_a_division_hands_to_one_of_its_own(bench):
    own = registered(bench, RECEIVER, "gd-office-zh2")
    person = bench.person(OFFICER)
    assert person in leads_for(own)
    bench.act(RECEIVER, own, "propose", note="拟办")
    bench.act(HEAD, own, "instruct", note="同意")
    bench.act(RECEIVER, own, "hand_to", lead=person, due=None)
    (assignment,) = own.delivery.assignments
    assert assignment.person is person
    bench.act(OFFICER, own, "conclude", note="已办")
    assert own.state == "concluded"


def test_the_register_knows_whose_turn_it_is(bench, entry):
    handed(bench, entry)
    found = (
        register(bench.root, "register_entries")
        .query(Eq("turn", f"conclude case_officer@{lead(bench).scope}"), sort="order", limit=9)
        .objects
    )
    assert list(found) == [entry]
