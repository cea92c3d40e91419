"""Which paper is expected (R-N2.1, R-N2.3, R-N2.4, P-6, P-34, R-N4.4, R-12.5): one parcel a recipient and kind, made once, by the worker."""

from datetime import date

from pyramid.traversal import resource_path

from content_types.dispatch import DispatchKind, Recipient
from content_types.official_document import SpecialAttachment
from content_types.paper_item import PaperKind
from content_types.unit import Connection
from policies import paper_making, sending
from policies.paper_item import items_of
from tests.policies.bench import EDITABLE, SCAN, later, papers

BOOK = SpecialAttachment("规划图册", 2, "messenger")


def end_track(bench, code, day):
    bench.act("admin", bench.root["units"][code], "end_dual_track", day=day, basis="粤办函〔2013〕100号")


def test_r_n2_1_each_recipient_on_the_dual_track_is_to_get_one_paper(bench):
    dispatch = bench.delivered(mains=("gd-office",), copies=("guangzhou", "shenzhen"))
    found = bench.paper(dispatch)
    assert set(found) == {(name, "twin") for name in ("gd-office", "guangzhou", "shenzhen")}
    item = found["guangzhou", "twin"]
    assert (item.state, item.copies, item.delivery) == ("expected", 1, dispatch.tracking.deliveries["guangzhou"])
    assert (item.expected_on, item.due) == (date(2013, 1, 7), date(2013, 1, 16))  # Seven working days.
    assert [each.transition for each in item.history] == ["expect"]
    assert len({each.code for each in found.values()}) == 3


def test_r_n2_1_the_senders_commit_makes_none_and_the_worker_makes_none_twice(bench):
    dispatch = bench.sent(mains=("gd-office", "guangzhou"))
    assert papers(bench.root, dispatch) == ()
    bench.fan_out(dispatch)
    assert bench.work().count("paper_item.make") == 1
    for _round in range(3):
        bench.paper(dispatch)
    assert len(papers(bench.root, dispatch)) == len(bench.journaled("paper_item.expect")) == 2


def test_what_is_much_is_made_in_several_commits(bench, monkeypatch):
    monkeypatch.setitem(bench.registry.govrepo_settings._values, "fan_out_batch", 2)
    dispatch = bench.sent(mains=("gd-office", "guangzhou", "shenzhen"))
    for _round in range(2):
        bench.fan_out(dispatch)
    asked = bench.work().count("paper_item.make")
    bench.paper(dispatch)
    assert (len(papers(bench.root, dispatch)), bench.work().count("paper_item.make")) == (2, asked + 1)
    bench.paper(dispatch)
    assert len(papers(bench.root, dispatch)) == 3


def test_r_n2_3_r_n2_4_after_the_end_nothing_new_is_expected_and_what_is_open_stays_open(bench):
    before = bench.delivered(mains=("gd-office", "guangzhou"))
    old = bench.paper(before, "guangzhou")
    end_track(bench, "guangzhou", date(2013, 1, 8))
    later(days=1)
    after = bench.delivered(mains=("gd-office", "guangzhou"), number="江府〔2013〕3号")
    assert set(bench.paper(after)) == {("gd-office", "twin")}
    assert old.state == "expected"
    bench.act("gz.clerk", old, "receive", day=date(2013, 1, 8), copies=1)
    assert old.state == "received"


def test_p_6_a_sending_to_the_single_track_alone_asks_the_worker_for_nothing(bench):
    end_track(bench, "guangzhou", date(2013, 1, 7))
    dispatch = bench.delivered(mains=("guangzhou",))
    assert not paper_making.is_needed(dispatch)
    assert "paper_item.make" not in bench.work()
    assert bench.paper(dispatch) == {}


def test_p_34_special_attachments_go_on_paper_on_either_track_with_their_copies(bench):
    end_track(bench, "guangzhou", date(2013, 1, 7))
    dispatch = bench.delivered(mains=("gd-office", "guangzhou"), special_attachments=(BOOK, "样品"))
    found = bench.paper(dispatch)
    assert set(found) == {("gd-office", "twin"), ("gd-office", "special"), ("guangzhou", "special")}
    item = found["guangzhou", "special"]
    assert item.attachments == (BOOK, SpecialAttachment("样品", 1, "confidential"))
    assert item.copies == 3


def test_what_was_recalled_brings_no_paper_nor_does_what_goes_to_a_unit_that_is_gone(bench):
    dispatch = bench.delivered(mains=("gd-office", "guangzhou", "shenzhen"))
    bench.act("jm.clerk", dispatch.tracking.deliveries["guangzhou"], "recall", note="发错")
    bench.root["units"]["shenzhen"].state = "cancelled"
    assert set(bench.paper(dispatch)) == {("gd-office", "twin")}


def resent(bench, dispatch):
    bench.act("jm.clerk", dispatch, "resend", boxes=sending.resendable(dispatch))
    again = dispatch.linked[-1]
    bench.act("jm.approver", again, "release")
    bench.act("jm.clerk", again, "send")
    bench.fan_out(again)
    return again


def test_5_2_what_is_sent_again_takes_over_the_paper_that_is_looked_for(bench):
    delivery = bench.returned()
    item = bench.paper(delivery.dispatch, "gd-office")
    again = resent(bench, delivery.dispatch)
    assert bench.paper(again, "gd-office") is item
    assert item.delivery is again.tracking.deliveries["gd-office"]
    assert (item.state, items_of(delivery), items_of(item.delivery)) == ("expected", [], [item])


def test_5_2_paper_that_was_lost_or_waived_is_looked_for_once_more_when_it_is_sent_again(bench):
    delivery = bench.returned()
    item = bench.paper(delivery.dispatch, "gd-office")
    bench.act("office.registry1", item, "waive", note="退文，不再送")
    again = resent(bench, delivery.dispatch)
    later(days=1)
    bench.paper(again)
    assert (item.state, item.due) == ("expected", date(2013, 1, 17))
    assert [each.transition for each in item.history] == ["expect", "waive", "expect_again"]


def test_r_n4_4_the_paper_of_an_off_line_entry_is_an_item_received_at_once(bench):
    unit = bench.root["units"]["maoming"]
    unit.connection = Connection.NONE
    dispatch = sending.new_draft(
        bench.box("gd-office"), bench.actor("office.registry1"), kind=DispatchKind.OFFLINE, unit=unit
    )
    document = dispatch.document
    document.title, document.kind, document.number, document.date = (
        "关于某事的函",
        "函",
        "茂府函〔2013〕1号",
        date(2013, 1, 5),
    )
    document.files = tuple(bench.file(*each) for each in (SCAN, EDITABLE))
    dispatch.channel, dispatch.recipients = "paper", (Recipient(bench.box("gd-office"), "main"),)
    bench.act("office.registry1", dispatch, "enter_offline")
    end_track(bench, "gd-office", date(2013, 1, 7))
    bench.fan_out(dispatch)
    item = bench.paper(dispatch, "gd-office")
    assert (item.state, item.received_on, item.copies_received) == ("received", date(2013, 1, 7), 1)
    assert item.received_by is bench.person("office.registry1")
    assert [each.transition for each in item.history] == ["expect", "receive"]


def fallback(bench, delivery):
    paper_making.ask_fallback(delivery, "综合一处故障，改送纸质")
    assert "paper_item.fallback" in bench.work()
    payload = {"path": resource_path(delivery), "note": "综合一处故障，改送纸质"}
    for _round in range(2):
        bench.registry.work_handlers["paper_item.fallback"](bench.job(**payload))


def test_r_12_5_paper_in_a_fault_is_recorded_against_the_sending(bench):
    end_track(bench, "guangzhou", date(2013, 1, 7))
    dispatch = bench.delivered(mains=("guangzhou",))
    fallback(bench, dispatch.tracking.deliveries["guangzhou"])
    [item] = papers(bench.root, dispatch)
    assert (item.kind, item.state, item.history[0].note) == (PaperKind.FALLBACK, "expected", "综合一处故障，改送纸质")


def test_r_12_5_on_the_dual_track_the_paper_that_comes_anyway_is_enough(bench):
    dispatch = bench.delivered(mains=("guangzhou",))
    twin = bench.paper(dispatch, "guangzhou")
    fallback(bench, dispatch.tracking.deliveries["guangzhou"])
    assert papers(bench.root, dispatch) == (twin,)
    bench.act("gz.clerk", twin, "waive", note="单位已联通")
    fallback(bench, dispatch.tracking.deliveries["guangzhou"])
    assert {each.kind for each in papers(bench.root, dispatch)} == {PaperKind.TWIN, PaperKind.FALLBACK}
