"""The preview of a permission change: gained and lost, where and over how much, before anybody decides (R-7.4)."""

from content_types.exchange_box import ExchangeBox
from govrepo import clock
from policies.permission_change import request_change
from policies.permission_effect import effect
from policies.permissions import Permission as P
from policies.roles import RECEIVE, REGISTER


def preview(bench, person, kind="grant", **more):
    change = request_change(bench.actor("admin"), bench.person(person), kind, reason="试验", **more)
    return change, effect(change, bench.registry.govrepo_settings)


def test_a_grant_shows_what_is_gained_where_and_over_how_many_objects(bench):
    bench.delivered(mains=("gd-office-zh1",))
    change, found = preview(bench, "zh1.officer", role="receiver", scope="division:zh1")
    assert found.lost == found.reasons == ()
    assert [cell.title for cell in found.gained] == [bench.box("gd-office-zh1").title]
    (cell,) = found.gained
    assert cell.objects == 1
    assert set(cell.permissions) == {*RECEIVE, *REGISTER} - {P.BOX_REPORT_FAULT}, "reporting faults was allowed before"
    assert change.state == "submitted"


def test_the_preview_is_what_really_happens(bench):
    """Every cell of it, compared with the ACLs after the execution."""
    change, found = preview(bench, "zh1.officer", role="registry_clerk", scope="unit:gd-office")
    before = {box: _held(bench, box) for box in bench.root["exchange"].values()}
    bench.act("auditor", change, "approve")
    bench.act("admin", change, "execute")
    after = {box: _held(bench, box) for box in before}
    really = {box.title: after[box] - before[box] for box in before if after[box] - before[box]}
    assert {cell.title: set(cell.permissions) for cell in found.gained} == really
    assert len(really) == 2, "the office's and the government's box"


def _held(bench, box: ExchangeBox):
    actor = bench.actor("zh1.officer")
    return {each for each in P if actor.allowed(each, box)}


def test_a_revocation_shows_what_is_lost_and_a_suspension_everything(bench):
    (held,) = bench.person("zh1.receiver").appointments(clock.now())
    _change, found = preview(bench, "zh1.receiver", "revoke", appointment=held)
    assert found.gained == ()
    assert {P.DELIVERY_SIGN_FOR, P.DELIVERY_READ} <= set(found.lost[0].permissions)
    assert preview(bench, "zh1.receiver", "suspend")[1].lost == found.lost


def test_a_change_shows_both_sides(bench):
    (held,) = bench.person("zh1.officer").appointments(clock.now())
    _change, found = preview(bench, "zh1.officer", "change", appointment=held, role="receiver", scope="division:zh1")
    lost = {permission for cell in found.lost for permission in cell.permissions}
    gained = {permission for cell in found.gained for permission in cell.permissions}
    assert P.DISPATCH_SEND in lost
    assert P.DELIVERY_SIGN_FOR in gained


def test_a_site_role_reaches_the_site(bench):
    _change, found = preview(bench, "liaison", role="technician", scope="site")
    assert [str(cell.title) for cell in found.gained] == ["全站"]
    assert found.gained[0].objects is None
    assert P.WORK_VIEW in found.gained[0].permissions


def test_a_unit_administrator_gains_the_units_people(bench):
    _change, found = preview(bench, "jm.clerk", role="unit_administrator", scope="unit:jiangmen")
    assert P.TRAINING_RECORD in {permission for cell in found.gained for permission in cell.permissions}


def test_a_desk_in_the_offices_box_has_its_own_line(bench):
    bench.draft("zh1.officer", "gd-government", ["jiangmen"])
    _change, found = preview(bench, "zh2.officer", role="case_officer", scope="division:zh1")
    assert [
        cell.objects
        for cell in found.gained
        if "综合一处" in str(cell.title.mapping if hasattr(cell.title, "mapping") else "")
    ] == [1]


def test_the_verdict_stands_beside_the_effect(bench):
    change, _found = preview(bench, "office.registry2", role="liaison", scope="site")
    bench.person("office.registry2").division = None
    assert [reason.article for reason in effect(change, bench.registry.govrepo_settings).reasons] == ["R-4.1"]
