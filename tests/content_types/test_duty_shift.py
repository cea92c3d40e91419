"""A shift has its span and its people (domain.md 4.16)."""

from datetime import timedelta

from content_types.duty_shift import DutyShift, Planned
from govrepo import clock


def test_4_16_from_until_officer_substitute_and_telephone():
    now = clock.now()
    shift = DutyShift("box", Planned(now, now + timedelta(hours=8), "甲", "乙", "020-1"), "丙")
    assert (shift.officer, shift.substitute, shift.phone, shift.planned_by) == ("甲", "乙", "020-1", "丙")
    assert shift.people == ("甲", "乙")
    assert shift.is_on(now)
    assert not shift.is_on(shift.ends)
    assert DutyShift("box", Planned(now, now, "甲"), "丙").people == ("甲",)
