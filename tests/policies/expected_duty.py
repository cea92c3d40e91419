"""What domain.md allows at the duty desk, written by hand from R-16, R-20.3, its sections 5.9 and 7.2 (see expected.py)."""

from tests.policies.expected_row import Row
from tests.policies.expected_row import states as _states

KINDS = ("unit", "office", "government", "division")
SITE = {
    # 7.2 "incidents, duty roster": auditor r, admin x, security officer r, liaison x, tech x.
    "exchange:duty:read": {"auditor", "administrator", "security_officer", "liaison", "technician"},
    "exchange:duty:keep": {"administrator", "liaison", "technician"},
}
# the section whose roster it is; leader r.: the section and whoever is on duty.
BOX = {
    "exchange:duty:read": {"registry_clerk", "duty_officer", "office_leader"},
    "exchange:duty:keep": {"registry_clerk"},
    "exchange:duty:work": {"registry_clerk", "duty_officer"},
}
DESK = {"office": {"registry_clerk", "duty_officer"}}
ROSTER = {"office": {"registry_clerk"}, "site": SITE["exchange:duty:keep"]}

# 5.9: create-only.: what was told before the document arrived waits for it, and is put to it, by hand too.
PHONE_STATES = ("recorded", "awaiting", "matched", "dropped")
PHONE = (
    Row("match", _states("awaiting"), DESK, "R-16.4"),
    Row("part", _states("matched"), DESK, "R-16.4: a wrong match"),
    Row("drop", _states("awaiting"), DESK, "R-16.4: no document came"),
)
# a task, completed by time, person called, result.
CALL_STATES = ("due", "told", "dropped")
CALL = (
    Row("tell", _states("due"), DESK, "R-20.3"),
    Row("miss", _states("due"), DESK, "R-20.3: the result may be that nobody answered"),
    Row("drop", _states("due"), DESK, "R-20.3: the division has signed for it, or has it no more"),
)
# 5.9: create-only, corrected by a new one; the note goes from one shift to the next.
SHIFT_STATES = ("planned", "noted", "taken", "cancelled")
SHIFT = (
    Row("hand_on", _states("planned"), DESK, "R-16.1: who was on duty", "own"),
    Row("take", _states("noted"), DESK, "R-16.1: who is on duty next", "next"),
    Row("cancel", _states("planned"), ROSTER, "7.2 duty roster; 5.9"),
)

DUTY_TABLES = {
    "phone_notice": (PHONE_STATES, PHONE),
    "division_call": (CALL_STATES, CALL),
    "duty_shift": (SHIFT_STATES, SHIFT),
}
