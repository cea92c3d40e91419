"""The paper item's workflow: received, waived, lost, matched (R-N2.2, R-N2.3, domain.md part 6)."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content_types.paper_item import Claim, PaperKind
from govrepo import clock
from govrepo.catalog import Eq, register
from policies.engine import Refused, act, possible
from policies.paper_item import KINDS, STATES, candidates, due_day, enter, is_late, items_of
from tests.policies.bench import later

CLERK = "office.registry1"
TODAY = date(2013, 1, 7)
CAME = {"day": TODAY, "copies": 1, "note": ""}


@pytest.fixture
def item(bench):
    return bench.paper(bench.delivered(), "gd-office")


def found(bench, number="江府〔2013〕2号", **given):
    claim = Claim("江门市人民政府", number, "关于春运工作的通知")
    return enter(bench.box("gd-office"), claim, CAME | given, bench.actor(CLERK))


def test_r_n2_2_received_with_date_person_copies_and_condition(bench, item):
    bench.act(CLERK, item, "receive", day=TODAY, copies=2, note="封套破损")
    assert (item.state, item.received_on, item.received_by) == ("received", TODAY, bench.person(CLERK))
    assert (item.copies_received, item.condition, item.received_at) == (2, "封套破损", item.history[-1].at)
    [entry] = bench.journaled("paper_item.receive")
    assert (entry.details["copies"], entry.details["facts"]) == (2, {"received_on": "2013-01-07", "copies": 2})


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"day": None, "copies": 1}, "day"),
        ({"day": date(2013, 1, 8), "copies": 1}, "day"),
        ({"day": TODAY, "copies": 0}, "copies"),
        ({"day": TODAY, "copies": 1000}, "copies"),
        ({"day": TODAY, "copies": None}, "copies"),
        ({"day": TODAY, "copies": 1, "note": "字" * 501}, "note"),
    ],
)
def test_r_n2_2_a_receipt_that_cannot_be_is_refused_at_its_field(bench, item, given, field):
    with pytest.raises(Refused) as caught:
        act(item, "receive", bench.actor(CLERK), **given)
    assert set(caught.value.fields) == {field}
    assert item.state == "expected"


@pytest.mark.parametrize(("name", "state"), [("waive", "waived"), ("report_lost", "lost")])
def test_r_n2_2_waived_and_lost_say_why(bench, item, name, state):
    assert bench.refusal(CLERK, item, name, note=" ") == ["R-N2.2"]
    bench.act(CLERK, item, name, note="已当面核对")
    assert (item.state, item.history[-1].note) == (state, "已当面核对")


def test_r_n2_2_a_mark_set_by_mistake_is_taken_back_and_both_stay_in_the_history(bench, item):
    bench.act(CLERK, item, "receive", **CAME)
    bench.act(CLERK, item, "reopen", note="扫错")
    assert (item.state, item.received_on, item.received_by, item.copies_received) == ("expected", None, None, 0)
    assert [each.transition for each in item.history] == ["expect", "receive", "reopen"]


def test_what_was_lost_is_sent_again_by_the_sender_alone_and_due_anew(bench, item):
    bench.act(CLERK, item, "report_lost", note="机要交通未送到")
    later(days=2)
    assert bench.refusal("gz.clerk", item, "send_again", note="补送")
    bench.act("jm.clerk", item, "send_again", note="补送")
    assert (item.state, item.due) == ("expected", date(2013, 1, 18))


def test_what_was_lost_may_turn_up(bench, item):
    bench.act(CLERK, item, "report_lost", note="未送到")
    bench.act(CLERK, item, "receive", **CAME)
    assert item.state == "received"


def test_r_n2_2_the_limit_is_a_rule_in_working_days(bench, item):
    assert due_day(item, bench.registry) == item.due == date(2013, 1, 16)
    clock.travel(clock.day_start(date(2013, 1, 16)))
    assert not is_late(item)
    clock.travel(clock.day_start(date(2013, 1, 17)))
    assert is_late(item)
    bench.act(CLERK, item, "receive", **CAME)
    assert not is_late(item)


def test_paper_without_a_twin_is_entered_and_listed(bench):
    item = found(bench)
    assert (item.state, item.kind, item.received_on, item.copies_received) == ("unmatched", PaperKind.FOUND, TODAY, 1)
    assert register(bench.root, "paper_items").query(Eq("missing", "electronic"), sort="order").objects == (item,)
    assert candidates(item) == []


@pytest.mark.parametrize(
    ("claim", "fields"),
    [
        (Claim("", "", ""), {"sender", "title"}),
        (Claim("某", "号" * 101, "某"), {"number"}),
        (Claim("某" * 101, "", "某" * 501), {"sender", "title"}),
    ],
)
def test_paper_without_a_twin_names_its_sender_and_title(bench, claim, fields):
    with pytest.raises(Refused) as caught:
        enter(bench.box("gd-office"), claim, CAME, bench.actor(CLERK))
    assert set(caught.value.fields) == fields


def test_only_the_boxs_clerk_enters_paper(bench):
    with pytest.raises(Refused):
        enter(bench.box("gd-office"), Claim("某", "", "某"), CAME, bench.actor("gz.clerk"))


def test_part_6_paper_that_came_first_is_matched_with_the_item_that_is_made_later(bench):
    paper = found(bench, number="江府[2013]2号", copies=2, note="早到")
    item = bench.paper(bench.delivered(), "gd-office")
    assert candidates(paper) == [item]
    bench.act(CLERK, paper, "match", target=item)
    assert (paper.state, item.state) == ("matched", "received")
    assert (item.received_on, item.copies_received, item.condition) == (TODAY, 2, "早到")
    assert (paper.delivery, paper.matched_with, item.matched_with) == (item.delivery, item, paper)
    assert bench.refusal(CLERK, item, "reopen", note="配错") == ["R-N2.2"]


def test_part_6_a_wrong_match_is_undone_on_both_sides(bench):
    paper, item = found(bench), bench.paper(bench.delivered(), "gd-office")
    bench.act(CLERK, paper, "match", target=item)
    bench.act(CLERK, paper, "unmatch", note="配错")
    assert (paper.state, item.state, paper.delivery, paper.matched_with, item.matched_with) == (
        "unmatched",
        "expected",
        None,
        None,
        None,
    )
    assert paper.received_on == TODAY
    assert candidates(paper) == [item]


def test_part_6_a_delivery_without_paper_of_its_own_takes_the_paper(bench):
    bench.act("admin", bench.root["units"]["gd-office"], "end_dual_track", day=TODAY, basis="函")
    paper, delivery = found(bench), bench.delivery()
    assert candidates(paper) == [delivery]
    bench.act(CLERK, paper, "match", target=delivery)
    assert (paper.delivery, items_of(delivery), paper.title) == (delivery, [paper], delivery.title)
    bench.act(CLERK, paper, "unmatch", note="配错")
    assert (paper.delivery, items_of(delivery)) == (None, [])


def test_part_6_paper_is_matched_with_nothing_else(bench):
    paper = found(bench)
    other = bench.paper(bench.delivered(mains=("guangzhou",)), "guangzhou")
    for target in (None, other, bench.delivery(number="江府〔2013〕9号")):
        assert bench.refusal(CLERK, paper, "match", target=target) == ["R-N2.2"]
    assert candidates(found(bench, number="函")) == candidates(found(bench, number="")) == []


def test_part_6_paper_that_has_no_twin_is_kept_as_it_is(bench):
    paper = found(bench)
    bench.act(CLERK, paper, "keep", note="对方只发纸质")
    assert paper.state == "kept"


def test_every_kind_and_state_has_words():
    assert set(KINDS) == set(PaperKind)
    assert all(str(words) for words in (*KINDS.values(), *STATES.values()))


WAYS = (
    "receive",
    "waive",
    "report_lost",
    "reopen",
    "send_again",
    "match",
    "unmatch",
    "keep",
    "enter",
    "deliver",
    "nothing",
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(WAYS), st.integers(0, 5)), max_size=25))
def test_every_paper_is_matched_or_listed_whatever_happens(bench, ways):
    """Whatever clerks do: no parcel vanishes, what lacks a half is listed with that half, what came says when and by whom."""
    for name, which in ways:
        happen(bench, name, which)
    items = register(bench.root, "paper_items").query(sort="order", limit=500).objects
    listed = {
        half: set(register(bench.root, "paper_items").query(Eq("missing", half), sort="order", limit=500).objects)
        for half in ("paper", "electronic")
    }
    assert set(items) == set(everything(bench))
    for item in items:
        assert (item in listed["paper"]) == (item.state in ("expected", "lost"))
        assert (item in listed["electronic"]) == (item.state == "unmatched")
        came = item.state in ("received", "unmatched", "matched", "kept")
        assert came == (item.received_on is not None) == (item.received_by is not None) == (item.copies_received > 0)
        assert item.matched_with is None or item.matched_with.matched_with is item
        assert (item.state == "matched") <= (item.delivery is not None)


def everything(bench):
    """Every parcel in the box, by walking."""
    months = bench.box("gd-office").get("paper_items", {})
    return [item for month in months.values() for item in month.values()]


def happen(bench, name, which):
    """One thing that may happen, if it may."""
    last = len(bench.journaled("dispatch.send"))  # Paper may bear the number of what comes next.
    if name == "deliver":
        bench.paper(bench.delivered(number=f"江府〔2013〕{last + 1}号"))
        return
    if name == "enter":
        found(bench, number=f"江府〔2013〕{max(last + 1 - which, 1)}号")
        return
    items = everything(bench)
    if not items:
        return
    item = items[which % len(items)]
    login = "jm.clerk" if name == "send_again" else CLERK
    if name in {each.transition.name for each in possible(item, bench.actor(login)) if each.allowed}:
        target = next(iter(candidates(item)), None)
        if name != "match" or target is not None:
            bench.act(login, item, name, **(CAME if name == "receive" else {"note": "说明", "target": target}))
