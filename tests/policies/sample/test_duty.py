"""The sample duty roster has no gap, and the calls to divisions have been made but for one at most (R-16.1, R-20.3)."""

import pytest

from govrepo import clock
from govrepo.catalog import Eq, register
from policies.duty_shift import desk_box, gaps_ahead, on_now
from policies.sample.duty import OFFICERS

pytestmark = pytest.mark.timeout(600)


def test_r_16_1_somebody_is_on_duty_now_and_in_the_days_ahead(root, sample):
    box = desk_box(root)
    shift = on_now(box)
    assert shift.officer.login in OFFICERS
    assert shift.is_on(clock.now())
    assert gaps_ahead(box, sample.registry.govrepo_settings) == []


def test_r_20_3_calls_have_been_made(root):
    found = register(root, "division_calls")
    told = register(root, "phone_notices").count(Eq("direction", "out") & Eq("result", "told"))
    assert found.count(Eq("box_state", "gd-office:due")) <= 1
    assert told == found.count(Eq("box_state", "gd-office:told"))
