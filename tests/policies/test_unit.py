"""The life of a unit (domain.md 5.8; P-10 to P-14, P-18 to P-21, R-N1.1, R-N2.3, R-N2.4, R-N5.1, R-N6.1)."""

from datetime import date

import pytest
import transaction

from content_types.unit import ChangeOfUnit, Connection, Contact, Pending
from govrepo import clock
from govrepo.catalog import EVERYTHING, Eq, register
from policies import unit as policy
from policies.engine import Refused, may
from policies.exchange_box import boxes_of
from tests.policies import expected, units
from tests.policies.bench import later
from tests.policies.test_matrix import compare
from tests.policies.units import why


def refused(bench, login, context, name, **data):
    with pytest.raises(Refused) as caught:
        bench.act(login, context, name, **data)
    return {reason.article for reason in caught.value.reasons}


def codes(bench, query):
    transaction.savepoint()
    return {unit.code for unit in register(bench.root, "units").query(query, sort="order", limit=500).objects}


def test_r_n1_1_an_activated_unit_sends_to_and_receives_from_the_office(bench):
    unit = units.active(bench)
    assert unit.state == "active"
    assert [box.__name__ for box in boxes_of(bench.actor("hq.clerk"), bench.root)] == ["hengqin"]
    delivery = bench.delivery("hengqin")
    bench.act("hq.clerk", delivery, "open")
    bench.act("hq.clerk", delivery, "sign_for")
    assert delivery.state == "signed"
    units.employ(bench, unit, "hq.approver", "unit_approver", "丁卯安")
    sent = bench.delivered(
        "hq.clerk", "hengqin", ("gd-government", "gd-office"), by="hq.approver", number="珠横新〔2013〕1号"
    )
    assert {each.state for each in sent.tracking.deliveries.values()} == {"pending"}


def test_p_10_only_the_leader_approves_and_only_the_administrator_activates(bench):
    unit = units.applied(bench)
    for login in ("liaison", "admin", "auditor", "jm.admin", "zh1.head"):
        assert why(may(unit, "approve", bench.actor(login))) == {"P-10"}
    assert refused(bench, "office.leader", unit, "reject", note=" ") == {"5.8"}
    bench.act("office.leader", unit, "approve")
    assert why(may(unit, "activate", bench.actor("office.leader"))) == {"5.8"}
    assert why(may(unit, "activate", bench.actor("liaison"))) == {"5.8"}


def test_5_8_activation_needs_administrator_clerk_and_code_and_makes_the_box(bench):
    unit = units.approved(bench)
    unit.document_codes = ()
    words = [reason.text for reason in may(unit, "activate", bench.actor("admin")).reasons]
    assert words == ["尚未任命单位管理员。", "尚未任命单位收发员。", "还没有登记机关代字。"]
    unit.document_codes = ("珠横新",)
    units.employ(bench, unit, "hq.admin", "unit_administrator", "乙丑安")
    units.employ(bench, unit, "hq.clerk", "unit_clerk", "丙寅安")
    assert "hengqin" not in bench.root["exchange"]
    bench.act("admin", unit, "activate")
    assert (unit.connection, unit.connection_actual) == (Connection.CONNECTED, date(2013, 1, 7))
    assert bench.box("hengqin").is_open


def test_p_12_a_renaming_is_asked_approved_and_carried_out_and_the_old_name_keeps_its_dates(bench):
    unit = bench.root["units"]["jiangmen"]
    unit.has_plate = unit.has_seal = True
    old = unit.name
    sent = bench.delivered("sz.clerk", "shenzhen", ("jiangmen",), by="sz.approver", number="深府〔2013〕1号")
    assert why(may(unit, "rename", bench.actor("admin"))) == {"5.8"}
    bench.act(
        "jm.admin",
        unit,
        "request_rename",
        letter="江府函〔2013〕9号",
        new_name="新江门市人民政府",
        new_short_name="新江门",
    )
    assert why(may(unit, "rename", bench.actor("admin"))) == {"5.8"}
    assert why(may(unit, "request_cancel", bench.actor("jm.admin"))) == {"5.8"}
    assert codes(bench, policy.WAITING) == {"jiangmen"}
    bench.act("office.leader", unit, "approve_change")
    assert codes(bench, policy.WAITING) == set()
    bench.act("admin", unit, "rename")
    assert (unit.name, unit.short_name, bench.box("jiangmen").title) == ("新江门市人民政府", "新江门", "新江门")
    assert (unit.name_on(date(2013, 1, 6)), unit.name_on(date(2013, 1, 7))) == (old, "新江门市人民政府")
    assert (unit.has_plate, unit.has_seal, unit.pending) == (False, False, None)
    bench.act("jm.clerk", sent.tracking.deliveries["jiangmen"], "open")  # 5.8: open deliveries follow.
    assert codes(bench, Eq("words", old)) == codes(bench, Eq("words", "新江门")) == {"jiangmen"}


def test_p_12_a_name_is_given_once_and_in_writing(bench):
    unit, ask = bench.root["units"]["jiangmen"], "request_rename"
    assert refused(bench, "liaison", unit, ask, letter="", new_name="江", new_short_name="") == {"P-12"}
    taken = {"letter": "x", "new_name": "广州市人民政府", "new_short_name": "广州市"}
    assert refused(bench, "liaison", unit, ask, **taken) == {"P-12"}
    assert refused(bench, "liaison", unit, ask, letter="x", new_name=unit.name, new_short_name="") == {"P-12"}


def test_sod_4_nobody_approves_the_own_request(bench):
    unit = bench.root["units"]["jiangmen"]
    leader = bench.person("office.leader")
    both = bench.as_role(leader, "office_leader@unit:gd-office", "liaison@site")
    policy.ask_cancel(policy.Act(unit, both, clock.now(), {"letter": "x"}))
    assert why(may(unit, "approve_change", both)) == {"SOD-4"}
    assert why(may(unit, "reject_change", both)) == {"SOD-4"}


def test_sod_4_nobody_decides_on_an_application_keyed_in_by_oneself(bench):
    leader = bench.person("office.leader")
    unit = units.applied(bench)
    unit.created_by = leader.principal
    for name in ("approve", "reject"):
        assert why(may(unit, name, bench.actor("office.leader"))) == {"SOD-4"}


def test_5_8_what_cannot_be_carried_out_any_more_is_withdrawn_even_when_approved(bench):
    unit, heir = bench.root["units"]["caizheng"], bench.root["units"]["fagai"]
    units.asked(bench, unit, "merge", successor=heir)
    heir.state = "suspended"
    assert refused(bench, "admin", unit, "merge_into") == {"P-14"}
    assert refused(bench, "office.leader", unit, "reject_change", note="x") == {"5.8"}
    assert refused(bench, "liaison", unit, "withdraw_change", note=" ") == {"5.8"}
    bench.act("liaison", unit, "withdraw_change", note="承接单位停用")
    assert unit.pending is None
    assert may(unit, "request_rename", bench.actor("caizheng.admin"))
    assert why(may(unit, "withdraw_change", bench.actor("liaison"))) == {"5.8"}


def test_p_12_of_two_who_ask_for_one_name_the_first_gets_it(bench):
    first, second = (bench.root["units"][code] for code in ("jiangmen", "foshan"))
    for unit in (first, second):
        units.asked(bench, unit, "rename", new_name="西江市人民政府", new_short_name="西江市")
    bench.act("admin", first, "rename")
    assert why(may(second, "rename", bench.actor("admin"))) == {"P-12"}


def test_5_8_a_rejected_change_is_gone(bench):
    unit = bench.root["units"]["jiangmen"]
    bench.act("liaison", unit, "request_cancel", letter="x")
    assert why(may(unit, "approve_change", bench.actor("admin"))) == {"5.8"}
    bench.act("office.leader", unit, "reject_change", note="不同意")
    assert unit.pending is None
    assert why(may(unit, "approve_change", bench.actor("office.leader"))) == {"5.8"}


def test_5_8_a_suspended_unit_gets_no_new_deliveries_and_the_sender_is_told(bench):
    unit = bench.root["units"]["shenzhen"]
    assert refused(bench, "admin", unit, "suspend", note="") == {"5.8"}
    bench.act("admin", unit, "suspend", note="机房搬迁")
    delivery = bench.delivery("shenzhen")
    assert (delivery.state, "停用" in delivery.failure) == ("failed", True)
    bench.act("admin", unit, "resume", note="搬迁完成")
    assert bench.delivery("shenzhen", number="江府〔2013〕3号").state == "pending"


def test_5_8_a_division_of_a_suspended_unit_gets_none_either(bench):
    bench.act("admin", bench.root["units"]["caizheng"], "suspend", note="x")
    assert not bench.box("cz-budget").is_open


def test_the_government_its_office_and_the_operator_stay(bench):
    for code in ("gd-government", "gd-office"):
        unit = bench.root["units"][code]
        for name in ("suspend", "request_merge", "request_cancel"):
            assert why(may(unit, name, bench.actor("admin"))) == {"5.8"}


def test_r_n5_1_the_list_of_units_past_the_deadline(bench, shared_app):
    settings = shared_app.registry.govrepo_settings
    assert policy.past_deadline(bench.root, settings) is None
    later(days=90)
    assert codes(bench, policy.past_deadline(bench.root, settings)) == {"canshi", "shebao"}
    unit = bench.root["units"]["shebao"]
    equip = {"connection": "connected", "planned": date(2013, 3, 1), "actual": date(2013, 4, 2), "has_plate": True}
    bench.act("admin", unit, "equip", **equip)
    assert codes(bench, policy.past_deadline(bench.root, settings)) == {"canshi"}
    assert (unit.has_plate, unit.has_seal, bench.box("shebao").is_open) == (True, False, True)
    bench.act("admin", unit, "equip", connection="building", planned=None, actual=None)
    assert not bench.box("shebao").is_open


def test_r_n5_1_who_is_connected_was_so_by_today(bench):
    unit = bench.root["units"]["shebao"]
    assert refused(bench, "admin", unit, "equip", connection="x") == {"R-N5.1"}
    assert refused(bench, "admin", unit, "equip", connection="connected", actual=None) == {"R-N5.1"}
    assert refused(bench, "admin", unit, "equip", connection="connected", actual=date(2013, 1, 8)) == {"R-N5.1"}


def test_r_n2_3_r_n2_4_the_dual_track_ends_for_one_unit(bench):
    unit, other = bench.root["units"]["jiangmen"], bench.root["units"]["shenzhen"]
    assert refused(bench, "admin", unit, "end_dual_track", day=None, basis="") == {"R-N2.3"}
    bench.act("admin", unit, "end_dual_track", day=date(2013, 7, 1), basis="粤办函〔2013〕100号")
    assert (unit.is_dual_track(date(2013, 6, 30)), unit.is_dual_track(date(2013, 7, 1))) == (True, False)
    assert other.is_dual_track(date(2013, 7, 1))
    assert why(may(unit, "end_dual_track", bench.actor("admin"))) == {"R-N2.3"}


def test_p_19_contacts_are_kept_by_the_unit_administrator_of_the_own_unit(bench):
    unit = bench.root["units"]["jiangmen"]
    assert refused(bench, "jm.admin", unit, "set_contacts", contacts=[]) == {"P-19"}
    assert refused(bench, "jm.admin", unit, "set_contacts", contacts=[Contact("甲", "")]) == {"P-19"}
    assert refused(bench, "jm.admin", unit, "set_contacts", contacts=[Contact("甲", "0750-1", "x")]) == {"P-19"}
    bench.act("jm.admin", unit, "set_contacts", contacts=[Contact("甲子安", "0750-0000000")])
    assert unit.contacts[0].name == "甲子安"
    assert why(may(unit, "set_contacts", bench.actor("gz.admin"))) == {"P-19"}
    assert why(may(unit, "set_contacts", bench.actor("jm.clerk"))) == {"P-19"}


def test_p_21_who_has_not_looked_today(bench):
    unit = bench.root["units"]["jiangmen"]
    assert unit in policy.unchecked_today(bench.root)
    assert why(may(unit, "check", bench.actor("admin"))) == {"P-21"}
    bench.act("jm.admin", unit, "check")
    assert unit not in policy.unchecked_today(bench.root)
    later(days=1)
    assert unit in policy.unchecked_today(bench.root)
    later(days=4)  # A Saturday.
    assert policy.unchecked_today(bench.root) == []


def test_who_sees_which_units(bench):
    for login in ("admin", "liaison", "auditor", "tech", "office.leader"):
        assert policy.visible_to(bench.actor(login), bench.root) is EVERYTHING
    assert codes(bench, policy.visible_to(bench.actor("jm.admin"), bench.root)) == {"jiangmen"}
    assert policy.visible_to(bench.actor("jm.clerk"), bench.root) is None


def test_every_cell_of_the_unit(bench):
    """5.8, 7.2: who may what, in every state; the facts of each act speak for it."""
    unit = units.active(bench)
    bench.ends = (bench.box("gd-office"), bench.box("hengqin"))
    heir, requester = bench.root["units"]["jiangmen"], bench.person("gz.clerk")
    wanted = {
        "rename": "rename",
        "merge_into": "merge",
        "cancel": "cancel",
        "approve_change": "rename",
        "reject_change": "rename",
        "withdraw_change": "rename",
    }

    def prepare(context, name):
        decider = bench.person("office.leader") if name in ("rename", "merge_into", "cancel") else None
        pending = Pending(
            ChangeOfUnit(wanted.get(name, "rename")), "x", requester, clock.now(), "某某某", "某某", heir, decider
        )
        context.pending = pending if name in wanted else None
        for login in ("hq.admin", "hq.clerk"):
            bench.person(login).state = "closed" if name == "cancel" else "active"

    def allowed(row, role, place, _relation):
        if expected.ROLE_SCOPES[role] == "site":
            return role in row.who["site"]
        return role in row.who[{"sending": "office", "receiving": "own"}.get(place, "site")]

    compare(bench, unit, expected.UNIT_TABLE, expected.UNIT_STATES, prepare, allowed)
