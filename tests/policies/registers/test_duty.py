"""What is indexed of calls about urgent documents."""

from datetime import UTC

from content_types.phone_notice import Call
from govrepo import clock
from govrepo.catalog import Eq, register
from policies.division_call import tasks_about
from policies.registers.duty import boxes_of
from tests.policies.bench import local
from tests.policies.duty import distributed, shift


def test_r_16_3_a_senders_notice_is_found_in_the_boxes_of_both_sides(bench):
    dispatch = bench.released(mains=("gd-office",), copies=("foshan",), urgency="urgent")
    clock.travel(local("2013-01-12 22:13"))
    at = local("2013-01-12 22:12").astimezone(UTC)
    bench.act("jm.clerk", dispatch, "send", call=Call(at, "江门 甲", "省政府值班室 乙"))
    notice = dispatch.phone_notice
    assert boxes_of(notice) == ["jiangmen", "gd-office", "foshan"]
    found = register(bench.root, "phone_notices")
    for name in ("jiangmen", "gd-office", "foshan"):
        assert found.query(Eq("boxes", name), sort="at", limit=2).objects == (notice,)
    assert found.count(Eq("boxes", "guangzhou")) == 0
    assert (
        found.count(Eq("unit", "jiangmen") & Eq("carrier", dispatch.carrier) & Eq("box_state", "jiangmen:recorded"))
        == 1
    )


def test_r_16_1_shifts_and_calls_are_found_by_desk_and_time(bench):
    night = shift(bench, "2013-01-07 17:30", "2013-01-08 08:30")
    task = tasks_about(distributed(bench))[0]
    shifts, calls = (register(bench.root, name) for name in ("duty_shifts", "division_calls"))
    assert shifts.count(Eq("box", "gd-office") & Eq("valid", 1) & Eq("person", night.officer.id)) == 1
    assert calls.query(Eq("box_state", "gd-office:due"), sort="due", limit=2).objects == (task,)
