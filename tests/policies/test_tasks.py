"""What each person must do next (domain.md 5, 7.1): the kinds that wait, asked of real objects; nobody gets another's."""

from datetime import date

import pytest

from content_types.dispatch import Address, Recipient
from content_types.register_entry import Handling
from govrepo import clock
from govrepo.rules import RuleValue
from policies.registering import enter_in_register
from policies.tasks import KINDS, count_of, rows_of
from tests.policies.bench import local
from tests.policies.test_paper_item import found
from tests.policies.test_register_entry import CLERK, HEAD, LEADER, OFFICER, handed
from tests.policies.test_registering import PAPER, RECEIVER, registered


def kind(key):
    return next(each for each in KINDS if each.key == key)


def waiting(bench, login):
    """The kinds that wait for a person, with the number of each."""
    actor = bench.actor(login)
    found = {kind.key: count_of(kind, actor, bench.root) for kind in KINDS}
    rows = {kind.key: len(rows_of(kind, actor, bench.root)) for kind in KINDS}
    assert found == rows, "what is counted is what is listed"
    return {key: number for key, number in found.items() if number}


def test_the_kinds_have_names_of_their_own():
    assert len({kind.key for kind in KINDS}) == len({str(kind.words) for kind in KINDS}) == len(KINDS)


def test_5_5_each_step_of_an_entry_lies_with_whoever_takes_it(bench):
    entry = registered(bench)
    assert waiting(bench, CLERK) == {"propose": 1}
    bench.act(CLERK, entry, "propose", note="拟办")
    assert (waiting(bench, LEADER), waiting(bench, CLERK)) == ({"instruct": 1}, {})
    bench.act(LEADER, entry, "instruct", note="同意")
    assert (waiting(bench, CLERK), waiting(bench, LEADER)) == ({"hand_to": 1}, {})
    bench.act(CLERK, entry, "hand_to", lead=bench.box("gd-office-zh2").owner, due=date(2013, 1, 9))
    assert waiting(bench, OFFICER) == {"conclude": 1}
    assert waiting(bench, HEAD) == {"oversee": 1}
    assert waiting(bench, RECEIVER) == {"sign": 1}, "the copy for the division"
    assert [waiting(bench, login) for login in (CLERK, LEADER, "zh1.officer", "zh1.head", "auditor")] == [{}] * 5
    clock.travel(local("2013-01-10 09:00"))
    assert waiting(bench, CLERK) == waiting(bench, "office.registry2") == {"late": 1}
    entry.urger = bench.person(CLERK)
    assert waiting(bench, "office.registry2") == {}
    bench.act(OFFICER, entry, "conclude", note="已办")
    assert (waiting(bench, OFFICER), waiting(bench, CLERK), waiting(bench, HEAD)) == ({"file": 1}, {"file": 1}, {})
    archivist = bench.as_role(bench.person("office.duty"), "archivist@unit:gd-office")
    (kind,) = (kind for kind in KINDS if kind.key == "archive")
    assert count_of(kind, archivist, bench.root) == 1
    bench.act(CLERK, entry, "file")
    assert waiting(bench, OFFICER) == waiting(bench, CLERK) == {}


def test_tl12_24_7_a_reply_that_is_asked_for_comes_before_filing(bench):
    entry = registered(bench)
    entry.facts = entry.facts._replace(reply_due=date(2013, 1, 18))
    handed(bench, entry)
    bench.act(OFFICER, entry, "conclude", note="已办")
    assert (waiting(bench, OFFICER), waiting(bench, CLERK)) == ({"reply": 1}, {})


def test_5_5_what_one_asks_another_decides(bench):
    entry = registered(bench)
    bench.act(CLERK, entry, "ask_cancel", note="登错")
    assert waiting(bench, CLERK) == {"propose": 1}
    assert waiting(bench, "office.registry2") == {"propose": 1, "cancel": 1}
    second = registered(bench, number="江府〔2013〕3号")
    handed(bench, second)
    bench.act(OFFICER, second, "conclude", note="已办")
    bench.act(CLERK, second, "file")
    bench.act(CLERK, second, "ask_reopen", note="新情况")
    assert waiting(bench, HEAD) == {"reopen": 1}


def test_tl12_24_5_a_reader_has_it_until_it_is_read(bench):
    entry = enter_in_register(bench.box("gd-office"), PAPER._replace(handling=Handling.READING), bench.actor(CLERK))
    bench.act(CLERK, entry, "circulate", readers=(bench.person(LEADER),))
    assert waiting(bench, LEADER) == {"read": 1}
    bench.act(LEADER, entry, "read", note="已阅")
    assert waiting(bench, LEADER) == {}


def test_a_division_keeps_its_own_register(bench):
    own = registered(bench, RECEIVER, "gd-office-zh2")
    assert (waiting(bench, RECEIVER), waiting(bench, CLERK)) == ({"propose": 1}, {})
    bench.act(RECEIVER, own, "propose", note="拟办")
    assert waiting(bench, HEAD) == {"instruct": 1}
    bench.act(HEAD, own, "instruct", note="同意")
    bench.act(RECEIVER, own, "hand_to", lead=bench.person(OFFICER), due=None)
    assert waiting(bench, OFFICER) == {"conclude": 1, "assigned": 1}
    assert waiting(bench, HEAD) == {"oversee": 1}


def test_5_2_and_5_3_each_step_of_a_sending(bench):
    dispatch = bench.draft()
    assert waiting(bench, "jm.clerk") == {"draft": 1}
    bench.act("jm.clerk", dispatch, "submit")
    assert (waiting(bench, "jm.approver"), waiting(bench, "jm.clerk")) == ({"release": 1}, {})
    bench.act("jm.approver", dispatch, "send_back", reason="缺附件")
    assert waiting(bench, "jm.clerk") == {"sent_back": 1}
    bench.act("jm.clerk", dispatch, "submit")
    bench.act("jm.approver", dispatch, "release")
    assert waiting(bench, "jm.clerk") == {"send": 1}
    bench.act("jm.clerk", dispatch, "send")
    bench.fan_out(dispatch)
    assert (waiting(bench, "jm.clerk"), waiting(bench, CLERK), waiting(bench, "office.duty")) == (
        {},
        {"sign": 1},
        {"sign": 1},
    )
    clock.travel(local("2013-01-09 17:00"))
    assert waiting(bench, "jm.clerk") == {"check": 1}
    bench.act("jm.clerk", dispatch, "check")
    assert waiting(bench, "jm.clerk") == {}
    (delivery,) = dispatch.tracking.deliveries.values()
    bench.act(CLERK, delivery, "open")
    bench.act(CLERK, delivery, "sign_for")
    assert waiting(bench, CLERK) == {"distribute": 1}


def test_p_39_what_came_back_lies_with_the_sender(bench):
    bench.returned()
    assert waiting(bench, "jm.clerk") == {"returned": 1}
    assert waiting(bench, "jm.approver") == waiting(bench, "gz.clerk") == {}


def test_p_41_a_request_to_give_it_back_waits_for_an_answer(bench):
    delivery = bench.opened()
    bench.act("jm.clerk", delivery, "ask_recall", note="发错")
    assert waiting(bench, CLERK) == {"sign": 1, "recall": 1}
    bench.act(CLERK, delivery, "refuse_recall", note="已在办理")
    assert waiting(bench, CLERK) == {"sign": 1}


def test_p_58_a_request_to_print_waits_for_the_head(bench):
    delivery = bench.signed()
    now = clock.now()
    bench.root.rules.add("print_needs_consent", RuleValue(1, now, now, "", "", "厅办〔2013〕1号"))
    bench.act(CLERK, delivery, "ask_print", kind="formal", copies="1", note="呈阅")
    assert waiting(bench, LEADER) == {"print": 1}
    bench.act(LEADER, delivery, "grant_print")
    assert waiting(bench, LEADER) == {}


def test_s_10_a_request_to_pass_on_waits_for_the_issuer(bench):
    entry = handed(bench, registered(bench))
    bench.act(OFFICER, entry, "conclude", note="已办")
    bench.act(OFFICER, entry, "send_on", what="document")
    draft = entry.sent_on[-1]
    draft.recipients = (Recipient(bench.box("shenzhen"), Address.MAIN),)
    bench.act(OFFICER, draft, "ask_circulation", reason="请配合")
    assert waiting(bench, "jm.approver") == {"circulation": 1}
    assert waiting(bench, "jm.clerk").get("circulation") is None
    bench.act("jm.approver", entry.delivery, "grant_circulation")
    assert waiting(bench, "jm.approver") == {}


def test_r_24_5_a_case_officers_sending_is_his_own(bench):
    dispatch = bench.released("zh1.officer", "gd-office-zh1", ("gd-office-zh2",), by="zh1.head", informal=True)
    assert waiting(bench, "zh1.officer") == {"send": 1}
    dispatch.document.case_officer = bench.person(OFFICER)
    assert waiting(bench, "zh1.officer") == {}


@pytest.mark.parametrize("login", ["admin", "security", "tech", "liaison", "auditor"])
def test_sod_3_the_officers_of_the_system_have_no_business_of_the_exchange(bench, login):
    registered(bench)
    bench.delivery(number="江府〔2013〕9号")
    assert waiting(bench, login) == {}


def test_r_n2_2_overdue_paper_is_the_receivers_and_the_senders_to_see_to(bench):
    item = bench.paper(bench.delivered(), "gd-office")
    keys = ("paper", "paper_chase")
    assert [
        rows_of(kind(key), bench.actor(login), bench.root)
        for key, login in zip(keys, ("office.registry1", "jm.clerk"), strict=True)
    ] == [(), ()]
    clock.travel(clock.day_start(date(2013, 1, 17)))
    assert rows_of(kind("paper"), bench.actor("office.registry1"), bench.root) == (item,)
    assert rows_of(kind("paper_chase"), bench.actor("jm.clerk"), bench.root) == (item,)
    for login in ("gz.clerk", "office.leader", "zh2.officer"):
        assert [rows_of(kind(key), bench.actor(login), bench.root) for key in keys] == [(), ()]
    bench.act("office.registry1", item, "report_lost", note="丢失")
    assert rows_of(kind("paper"), bench.actor("office.registry1"), bench.root) == ()
    assert rows_of(kind("paper_chase"), bench.actor("jm.clerk"), bench.root) == (item,)


def test_part_6_paper_without_a_twin_is_a_task_until_it_is_matched_or_kept(bench):
    paper = found(bench)
    assert rows_of(kind("paper_match"), bench.actor("office.registry1"), bench.root) == (paper,)
    bench.act("office.registry1", paper, "keep", note="只有纸质件")
    assert rows_of(kind("paper_match"), bench.actor("office.registry1"), bench.root) == ()
