"""The unit's life (domain.md 5.8; P-10 to P-12, R-N5.1, R-N6.1)."""

from dataclasses import replace

import pytest

from content_types.appointment import Appointment
from content_types.person import Person
from govrepo import clock
from policies.engine import Refused
from policies.person import add_person
from policies.unit import Application, apply, units

FORM = Application(
    "zhongshan-port", "中山港管理局", "中山港局", "other", "organ", "中港", "其他单位", "甲某", "0760-0000000", "粤府函〔2013〕9号"
)  # fmt: skip


def refused(call):
    with pytest.raises(Refused) as caught:
        call()
    return {(reason.article, reason.field) for reason in caught.value.reasons}


@pytest.fixture
def unit(bench):
    return apply(bench.actor("liaison"), bench.root, FORM)


def staff(bench, unit):
    for number, role in enumerate(("unit_administrator", "unit_clerk")):
        person = Person(f"px{number}", f"port.{number}", "港某", unit=unit)
        add_person(bench.root, person, bench.registry)
        person.appoint(Appointment(role, unit.scope, clock.now(), basis="test"))


def test_p_10_an_application_is_entered_approved_and_opened(bench, unit):
    assert (unit.state, unit.connection, unit.contacts[0].name, unit.names) == ("applied", "none", "甲某", ())
    assert "zhongshan-port" not in bench.root["exchange"]
    bench.act("office.leader", unit, "approve", note="同意")
    assert refused(lambda: bench.act("admin", unit, "activate")) == {("5.8", "")}
    staff(bench, unit)
    bench.act("admin", unit, "activate")
    box = bench.box("zhongshan-port")
    assert (unit.state, unit.connection, box.title, box.is_open) == ("active", "connected", "中山港局", True)
    assert bench.actor("port.1").allowed("exchange:delivery:sign_for", box)


def test_5_8_nothing_is_approved_or_opened_by_the_wrong_hands(bench, unit):
    for login in ("admin", "liaison", "auditor"):
        assert refused(lambda login=login: bench.act(login, unit, "approve")) == {("5.8", "")}
    assert refused(lambda: bench.act("office.leader", unit, "reject", note="")) == {("R-7.4", "note")}
    bench.act("office.leader", unit, "reject", note="不属接入范围")
    assert unit.state == "rejected"


@pytest.mark.parametrize("login", ["tech", "office.leader", "jm.clerk", "auditor"])
def test_p_10_only_the_operators_enter_applications(bench, login):
    assert refused(lambda: apply(bench.actor(login), bench.root, FORM)) == {("P-10", "")}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "jiangmen"}, "code"),
        ({"code": "gd-government"}, "code"),
        ({"code": "Big Port"}, "code"),
        ({"code": "港"}, "code"),
        ({"code": ""}, "code"),
        ({"code": "x" * 41}, "code"),
        ({"name": " "}, "name"),
        ({"contact": ""}, "contact"),
        ({"letter": ""}, "letter"),
        ({"kind": "province"}, "kind"),
        ({"form": "?"}, "form"),
    ],
)
def test_what_lacks_is_named_at_its_field(bench, change, field):
    assert {
        found for _article, found in refused(lambda: apply(bench.actor("admin"), bench.root, replace(FORM, **change)))
    } == {field}
    assert "zhongshan-port" not in bench.root["units"]


def test_p_12_a_renaming_needs_the_leader_and_keeps_the_old_name_with_its_day(bench):
    unit, box = bench.root["units"]["jiangmen"], bench.box("jiangmen")
    old = unit.name
    assert refused(lambda: bench.act("liaison", unit, "ask_rename", new_name=old, note="")) == {
        ("P-12", "new_name"),
        ("P-12", "note"),
    }
    bench.act(
        "liaison", unit, "ask_rename", new_name="江门新市人民政府", new_short_name="江门新市", note="粤府函〔2013〕3号"
    )
    assert refused(lambda: bench.act("admin", unit, "rename")) == {("P-12", "")}
    assert refused(lambda: bench.act("liaison", unit, "ask_rename", new_name="又一名", note="x")) == {("P-12", "")}
    bench.act("office.leader", unit, "agree_rename")
    assert refused(lambda: bench.act("office.leader", unit, "agree_rename")) == {("P-12", "")}
    bench.act("admin", unit, "rename")
    assert (unit.name, box.title, unit.renaming) == ("江门新市人民政府", "江门新市", None)
    assert [(each.name, each.until) for each in unit.names] == [(old, unit.history[-1].at)]
    assert bench.actor("jm.clerk").allowed("exchange:delivery:sign_for", box), "nobody's rights hang on a name"


def test_p_12_a_declined_renaming_leaves_the_name(bench):
    unit = bench.root["units"]["jiangmen"]
    old = unit.name
    bench.act("admin", unit, "ask_rename", new_name="新名", note="x")
    bench.act("office.leader", unit, "decline_rename", note="不同意")
    assert (unit.name, unit.renaming) == (old, None)


def test_5_8_a_suspended_unit_takes_nothing_and_the_sender_is_told(bench):
    unit, box = bench.root["units"]["zhuhai"], bench.box("zhuhai")
    assert refused(lambda: bench.act("admin", unit, "suspend", note="")) == {("R-7.4", "note")}
    sent = bench.sent("sz.clerk", "shenzhen", ("zhuhai",), by="sz.approver", number="深府〔2013〕8号")
    bench.act("admin", unit, "suspend", note="机构调整")
    bench.fan_out(sent)
    assert (box.is_open, sent.tracking.deliveries["zhuhai"].state) == (False, "failed")
    bench.act("admin", unit, "resume")
    assert box.is_open


def test_whom_the_list_shows(bench, unit):
    assert unit in units(bench.root, bench.actor("liaison"))
    assert units(bench.root, bench.actor("office.leader"))[-1] is unit
    assert units(bench.root, bench.actor("jm.clerk")) == []
