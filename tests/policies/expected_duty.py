"""What domain.md allows at the duty desk, written by hand from R-16, R-20.3, its sections 5.9 and 7.2 (see expected.py)."""

from tests.policies.expected_row import Row

# 5.9: create-only.: what was told before the document arrived waits for it.
PHONE_STATES = ("recorded", "awaiting", "matched", "dropped")
PHONE: tuple[Row, ...] = ()

DUTY_TABLES = {
    "phone_notice": (PHONE_STATES, PHONE),
}
