"""What domain.md allows with faults, written by hand from R-12.1 to R-12.4, 5.3 (reroute), 5.9 and 7.2 (see expected.py).

``own`` are roles at the box in trouble, ``office`` those at the office that runs the system, ``site`` those of the site.
"""

from tests.policies.expected_row import Row, states

STATES = ("reported", "confirmed", "fallback", "restored", "closed")
# 7.2 "incidents, duty roster": admin x, liaison x, tech x.
HANDLERS = {"site": {"administrator", "liaison", "technician"}}
# 5.3 reroute: registry clerk or the box's receiver.
MOVERS = {"own": {"receiver", "unit_clerk", "registry_clerk"}, "office": {"registry_clerk"}}
INCIDENT = (
    Row("confirm", states("reported"), HANDLERS, "5.9; R-12.2"),
    Row("dismiss", states("reported"), HANDLERS, "5.9"),
    Row("fall_back", states("confirmed"), MOVERS, "R-12.3; 5.3 reroute"),
    Row("restore", states("confirmed fallback"), HANDLERS, "5.9; R-12.4"),
    Row("close", states("restored"), HANDLERS, "5.9; R-12.4"),
)
OUTAGE = (Row("explain", states("noticed explained"), HANDLERS, "R-N3.1"),)
INCIDENT_TABLES = {"incident": (STATES, INCIDENT), "outage": (("noticed", "explained"), OUTAGE)}
INCIDENT_PERMISSIONS = {
    # 7.2: auditor r, security officer r.
    "exchange:incident:read": {"auditor", "administrator", "security_officer", "liaison", "technician"},
    "exchange:incident:handle": HANDLERS["site"],
}
# On each incident, of the box in trouble and of the office.
INCIDENT_PERSONAL = {"exchange:incident:fall_back"}
