"""Boxes: who may do what in them, and the index from principal to boxes (R-11.2, R-35.1)."""

import pytest

from content_types.division import Division
from content_types.exchange_box import BoxKind
from policies.engine import Refused
from policies.exchange_box import (
    boxes_of,
    exclude_kinds,
    make_box,
    readable_carriers,
    refresh_acl,
    sees_inbox,
    sees_outbox,
)
from policies.permissions import Permission


def names(bench, login):
    return [box.__name__ for box in boxes_of(bench.actor(login), bench.root)]


def test_everybody_finds_the_own_boxes(bench):
    assert names(bench, "gz.clerk") == ["guangzhou"]
    assert names(bench, "office.registry1") == ["gd-government", "gd-office"]
    assert names(bench, "zh1.receiver") == ["gd-office-zh1"]
    assert names(bench, "zh1.officer") == ["gd-government", "gd-office", "gd-office-zh1"]
    assert names(bench, "auditor") == []


def test_inbox_and_outbox_are_seen_by_their_own(bench):
    office, officer, clerk = bench.box("gd-office"), bench.actor("zh1.officer"), bench.actor("office.registry1")
    assert (sees_inbox(officer, office), sees_outbox(officer, office)) == (False, True)
    assert (sees_inbox(clerk, office), sees_outbox(clerk, office)) == (True, False)


def test_a_new_division_sends_through_the_office_once_its_boxes_are_refreshed(bench):
    office = bench.root["units"]["gd-office"]
    division = Division("new", "新处")
    office.add("new", division, registry=bench.registry)
    box = make_box(division, "gd-office-new", "新处", BoxKind.DIVISION, bench.registry)
    assert division.box_name == "gd-office-new"
    actor = bench.as_role(bench.person("zh1.officer"), "case_officer@division:new")
    assert boxes_of(actor, bench.root) == [box]
    refresh_acl(bench.box("gd-office"), bench.registry)
    assert boxes_of(actor, bench.root) == [bench.box("gd-office"), box]


def test_the_index_forgets_whom_the_acl_forgets(bench):
    box = bench.box("guangzhou")
    box.kind = BoxKind.OFFICE
    refresh_acl(box, bench.registry)
    assert names(bench, "gz.clerk") == []
    assert "guangzhou" in bench.root.box_index["registry_clerk@unit:guangzhou"]


def test_the_governments_box_is_worked_by_the_office_and_sends_as_the_government(bench):
    box = bench.box("gd-government")
    assert (box.owner, box.unit) == (bench.root["units"]["gd-office"], bench.root["units"]["gd-government"])
    assert bench.root["units"]["gd-government"].box_name == "gd-government"


def test_the_own_desk(bench):
    """7.2, own scope: in the office's boxes a case officer reaches the own division's sendings, a leader all of them."""
    office = {"number": "粤办函〔2013〕5号", "mains": ("jiangmen",)}
    dispatch = bench.draft("zh1.officer", "gd-office", **office)
    reads = {
        name: bench.actor(name).allowed(Permission.DISPATCH_READ, dispatch)
        for name in ("zh1.officer", "zh2.officer", "office.leader")
    }
    assert reads == {"zh1.officer": True, "zh2.officer": False, "office.leader": True}
    assert dispatch.carrier == "gd-office/zh1"
    assert readable_carriers(bench.actor("zh2.officer"), dispatch.box) == []
    assert readable_carriers(bench.actor("zh1.officer"), dispatch.box) == ["gd-office/zh1"]
    assert readable_carriers(bench.actor("office.leader"), dispatch.box) == ["gd-office", "gd-office/zh1"]


def test_p_4_a_kind_that_a_box_does_not_take_is_not_sent_to_it(bench):
    box = bench.box("foshan")
    dispatch = bench.draft(mains=("foshan",))
    assert exclude_kinds(box, {"通知"}, "秘书处通知", bench.actor("admin"))
    assert "P-4" in bench.refusal("jm.clerk", dispatch, "submit")
    assert not exclude_kinds(box, {"通知"}, "秘书处通知", bench.actor("admin"))
    assert [entry.details for entry in bench.journaled("box.exclude_kinds")] == [{"before": [], "after": ["通知"]}]


@pytest.mark.parametrize("login", ["auditor", "tech", "security", "fs.clerk", "fs.approver"])
def test_r_8_1_nobody_but_the_administrator_says_what_a_box_takes(bench, login):
    with pytest.raises(Refused):
        exclude_kinds(bench.box("foshan"), {"通知"}, "秘书处通知", bench.actor(login))
    assert bench.box("foshan").excluded_kinds == ()


def test_p_4_only_kinds_of_the_list_and_on_a_basis(bench):
    with pytest.raises(Refused) as caught:
        exclude_kinds(bench.box("foshan"), {"便条"}, " ", bench.actor("admin"))
    assert list(caught.value.fields) == ["kinds", "basis"]
