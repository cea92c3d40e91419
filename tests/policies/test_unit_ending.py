"""Merging and cancelling a unit (P-13, P-14, R-7.4; domain.md 5.8)."""

import pytest

from content_types.assignment import Part
from govrepo import clock
from policies.engine import Refused, may
from policies.exchange_box import boxes_of
from policies.permission_change import request_change
from policies.permissions import Permission as P
from policies.scopes import divisions_of
from tests.policies import units
from tests.policies.bench import later
from tests.policies.units import why


def refused(bench, login, context, name, **data):
    with pytest.raises(Refused) as caught:
        bench.act(login, context, name, **data)
    return {reason.article for reason in caught.value.reasons}


def test_p_14_people_divisions_box_and_open_work_go_to_the_successor(bench):
    unit, heir = bench.root["units"]["caizheng"], bench.root["units"]["fagai"]
    waiting = bench.delivery("caizheng")
    office = unit["cz-office"]
    units.asked(bench, unit, "merge", successor=heir)
    bench.act("admin", unit, "merge_into")
    clerk, officer = bench.person("caizheng.clerk"), bench.person("cz-office.officer")
    assert (unit.state, unit.successor, unit.pending) == ("merged", heir, None)
    assert (clerk.unit, clerk.appointments(clock.now())) == (heir, ())
    assert (office.unit, heir["cz-office"], officer.unit) == (heir, office, heir)
    assert [each.scope for each in officer.appointments(clock.now())] == ["division:cz-office"]
    box = bench.box("caizheng")
    assert (box.owner, box.inherited_from, box.is_open) == (heir, unit, False)
    assert boxes_of(bench.actor("caizheng.clerk"), bench.root) == []

    bench.act("fagai.clerk", waiting, "open")
    bench.act("fagai.clerk", waiting, "sign_for")
    assert waiting.state == "signed"
    assert bench.box("cz-budget").is_open


def test_p_14_nothing_new_is_sent_in_a_name_that_is_gone(bench):
    unit, heir = bench.root["units"]["caizheng"], bench.root["units"]["fagai"]
    sent = bench.delivered("caizheng.clerk", "caizheng", by="caizheng.approver", number="粤财〔2013〕1号")
    units.asked(bench, unit, "merge", successor=heir)
    bench.act("admin", unit, "merge_into")
    box, clerk = bench.box("caizheng"), bench.actor("fagai.clerk")
    assert not clerk.allowed(P.DISPATCH_COMPOSE, box)
    assert clerk.allowed(P.DISPATCH_READ, sent)
    late = bench.delivery("caizheng", number="江府〔2013〕7号")
    assert (late.state, heir.name in late.failure) == ("failed", True)  # The sender is told whom to send to.


def test_p_14_drafts_are_sent_or_withdrawn_first(bench):
    unit, heir = bench.root["units"]["caizheng"], bench.root["units"]["fagai"]
    draft = bench.draft("caizheng.clerk", "caizheng", number="粤财〔2013〕1号")
    units.asked(bench, unit, "merge", successor=heir)
    assert refused(bench, "admin", unit, "merge_into") == {"P-14"}
    bench.act("caizheng.clerk", draft, "withdraw", reason="机构合并")
    assert may(unit, "merge_into", bench.actor("admin"))


def test_p_14_the_successor_is_another_unit_in_service(bench):
    unit, heir = bench.root["units"]["caizheng"], bench.root["units"]["fagai"]
    for other in (None, unit, bench.root["units"]["canshi"]):
        assert refused(bench, "liaison", unit, "request_merge", letter="x", successor=other) == {"P-14"}
    units.asked(bench, unit, "merge", successor=heir)
    heir.state = "suspended"
    assert refused(bench, "admin", unit, "merge_into") == {"P-14"}


def test_p_13_a_cancellation_needs_everything_finished(bench):
    unit = units.active(bench, has_seal=True)
    delivery = bench.delivery("hengqin")
    draft = bench.draft("hq.clerk", "hengqin", number="珠横新〔2013〕1号")
    assert why(may(unit, "cancel", bench.actor("admin"))) >= {"5.8"}
    units.asked(bench, unit, "cancel")
    words = [str(reason.text.interpolate()) for reason in may(unit, "cancel", bench.actor("admin")).reasons]
    assert words == [
        "还有 1 件来文没有签收或者分办。",
        "还有 1 件发文没有发送，请先发送或者撤销。",
        "还有 2 个账号没有注销。",
        "请先销毁印章，并在联通情况中去掉“盖章系统”。",
    ]
    bench.act("hq.clerk", draft, "withdraw", reason="x")
    for name in ("open", "sign_for"):
        bench.act("hq.clerk", delivery, name)
    assert "P-13" in why(may(unit, "cancel", bench.actor("admin")))  # Signed for, and nobody has it yet.
    bench.act("hq.clerk", delivery, "distribute", targets=((bench.person("hq.admin"), Part.READ),))
    for name in ("open", "close"):
        bench.act("hq.admin", delivery.assignments[0], name)
    bench.act("admin", unit, "equip", connection="connected", actual=clock.today(), has_seal=False)
    for login in ("hq.clerk", "hq.admin"):
        units.leave(bench, bench.person(login))
    bench.act("admin", unit, "cancel")

    assert (unit.state, unit.connection, unit.pending) == ("cancelled", "none", None)
    box = bench.box("hengqin")
    assert not box.is_open
    assert bench.actor("office.registry1").allowed(P.DELIVERY_READ, delivery)
    assert not bench.actor("office.registry1").allowed(P.DELIVERY_NOTE, delivery)
    for login in ("admin", "auditor", "jm.clerk"):
        assert not bench.actor(login).allowed(P.DELIVERY_READ, delivery)
    assert [each.__name__ for each in boxes_of(bench.actor("office.registry1"), bench.root)] == [
        "gd-government", "gd-office", "hengqin",
    ]  # fmt: skip


def test_p_13_the_divisions_close_with_their_unit(bench):
    unit = bench.root["units"]["caizheng"]
    for person in list(bench.root["people"].values()):
        if person.unit is unit:
            person.state = "closed"
    units.asked(bench, unit, "cancel")
    bench.act("admin", unit, "cancel")
    assert unit["cz-budget"].state == "closed"
    assert unit["cz-budget"].history[-1].transition == "close"
    assert bench.box("cz-budget").state == "closed"


def merged(bench, unit, heir):
    units.asked(bench, unit, "merge", successor=heir)
    bench.act("admin", unit, "merge_into")


def test_p_14_a_box_inherited_once_is_inherited_again(bench):
    """A unit merged into one that is merged in its turn: what came in for the first is finished by the last."""
    first, second, last = (bench.root["units"][code] for code in ("caizheng", "fagai", "jiangmen"))
    waiting = bench.delivery("caizheng")
    merged(bench, first, second)
    assert "P-13" in why(may(second, "cancel", bench.actor("admin")))
    merged(bench, second, last)
    box = bench.box("caizheng")
    assert (box.owner, box.inherited_from, box.is_open) == (last, first, False)
    for name in ("open", "sign_for"):
        bench.act("jm.clerk", waiting, name)
    bench.act("jm.clerk", waiting, "distribute", targets=((bench.person("jm.approver"), Part.LEAD),))
    assert waiting.assignments[-1].person is bench.person("jm.approver")


def test_p_14_what_an_office_inherits_its_registry_finishes(bench):
    unit, office = bench.root["units"]["caizheng"], bench.root["units"]["gd-office"]
    waiting = bench.delivery("caizheng")
    sent = bench.delivered("caizheng.clerk", "caizheng", by="caizheng.approver", number="粤财〔2013〕1号")
    merged(bench, unit, office)
    for name in ("open", "sign_for"):
        bench.act("office.registry1", waiting, name)
    registry, leader, box = bench.actor("office.registry1"), bench.actor("office.leader"), bench.box("caizheng")
    assert registry.allowed(P.DISPATCH_ACKNOWLEDGE, sent)
    assert leader.allowed(P.DISPATCH_READ, sent)
    assert not registry.allowed(P.DISPATCH_COMPOSE, box)
    assert not leader.allowed(P.DISPATCH_RELEASE, box)
    assert not bench.actor("jm.clerk").allowed(P.BOX_VIEW, box)
    officer = bench.actor("cz-office.officer")  # The division is one of the office's now.
    assert officer.allowed(P.DISPATCH_COMPOSE, bench.box("gd-office"))


def test_p_14_divisions_stand_behind_the_heirs_own(bench):
    unit, heir = bench.root["units"]["caizheng"], bench.root["units"]["gd-office"]
    came = [division.code for division in divisions_of(unit)]
    merged(bench, unit, heir)
    assert [division.code for division in divisions_of(heir)][-len(came) :] == came


def test_p_14_nobody_keeps_a_role_in_a_unit_that_is_gone(bench):
    """Neither the unit's own people nor a helper from elsewhere; who has left stays where he was."""
    unit, heir = bench.root["units"]["caizheng"], bench.root["units"]["fagai"]
    helper, gone = bench.person("fagai.clerk"), bench.person("caizheng.approver")
    units.grant(bench, helper, "unit_archivist", unit.scope)
    gone.state = "closed"
    merged(bench, unit, heir)
    assert [each.scope for each in helper.appointments(clock.now())] == [heir.scope]
    assert gone.unit is unit
    assert not [each for each in bench.root["people"].values() if f"@{unit.scope}" in str(each.principals(clock.now()))]


def test_5_8_a_request_for_a_unit_that_is_gone_is_void(bench):
    """What was approved before a merger or a cancellation is not executed after it."""
    unit, heir = bench.root["units"]["caizheng"], bench.root["units"]["fagai"]
    person = bench.person("caizheng.clerk")
    wanted = {"role": "unit_archivist", "scope": unit.scope, "reason": "x"}
    change = request_change(bench.actor("admin"), person, "grant", **wanted)
    bench.act("auditor", change, "approve")
    merged(bench, unit, heir)
    assert why(may(change, "execute", bench.actor("admin"))) == {"5.7"}


def test_p_39_what_came_back_is_acknowledged_before_a_cancellation(bench):
    unit = units.active(bench)
    units.employ(bench, unit, "hq.approver", "unit_approver", "丁卯安")
    sent = bench.delivered("hq.clerk", "hengqin", by="hq.approver", number="珠横新〔2013〕1号")
    delivery = sent.tracking.deliveries["gd-office"]
    bench.act("office.registry1", delivery, "open")
    bench.act("office.registry1", delivery, "return", reason="misdirected")
    units.asked(bench, unit, "cancel")
    words = [str(reason.text.interpolate()) for reason in may(unit, "cancel", bench.actor("admin")).reasons]
    assert "还有 1 件退件没有签收。" in words
    bench.act("hq.clerk", delivery, "acknowledge")
    words = [str(reason.text.interpolate()) for reason in may(unit, "cancel", bench.actor("admin")).reasons]
    assert "还有 1 件退件没有签收。" not in words


def test_what_closes_a_box_meets_what_comes_in(bench):
    """Both write the box's bell, so that of two at once one is tried again and sees the other."""
    unit, heir = bench.root["units"]["caizheng"], bench.root["units"]["fagai"]
    bell, before = bench.box("caizheng").bell, bench.box("caizheng").bell.serial
    bench.act("admin", unit, "equip", connection="building")
    assert bell.serial == before + 1
    bench.act("admin", unit, "equip", connection="connected", actual=clock.today())
    merged(bench, unit, heir)
    assert bell.serial > before + 2


def test_s_13_what_a_merged_unit_sent_is_looked_after_and_handed_over(bench):
    """The case officer went over with the unit, and leaves: a clerk of the successor takes the sending, and looks who has signed."""
    unit, heir = bench.root["units"]["caizheng"], bench.root["units"]["fagai"]
    sent = bench.delivered("caizheng.clerk", "caizheng", by="caizheng.approver", number="粤财〔2013〕1号")
    merged(bench, unit, heir)
    leaver, taker = bench.person("caizheng.clerk"), bench.person("fagai.clerk")
    bench.act("fagai.admin", leaver, "begin_handover", note="退休")
    bench.act("fagai.admin", sent, "hand_over", taker=taker)
    assert sent.document.case_officer is taker
    later(hours=24)
    bench.act("fagai.clerk", sent, "check")
    bench.act("fagai.admin", leaver, "close")


def test_p_12_what_was_issued_bears_the_name_of_its_day(bench):
    unit = bench.root["units"]["jiangmen"]
    old, sent = unit.name, bench.sent()
    units.asked(bench, unit, "rename", new_name="西江市人民政府", new_short_name="西江市")
    bench.act("admin", unit, "rename")
    assert sent.document.issuer == old
    draft = bench.draft(number="江府〔2013〕9号")
    assert draft.document.issuer == "西江市人民政府"
