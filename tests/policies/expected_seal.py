"""What domain.md allows with seals, written by hand from its sections 5.9, 7.2 and P-70 to P-73 (see expected.py).

``own`` are roles at the unit that keeps the seal, ``office`` at the office that runs the system, ``site`` those of the site. ``side`` narrows a
row to the named keeper (``own``) or to everybody else (``other``).
"""

from tests.policies.expected_row import Row, states

STATES = ("applied", "rejected", "approved", "made", "active", "suspended", "replaced", "destroyed")
PRESENT = "made active suspended"
KEEPERS = {"unit_seal_keeper", "seal_keeper"}
# P-18, P-71: the unit's administrator, or its keeper, applies.
APPLY = {"own": {"unit_administrator"} | KEEPERS}
LEADER = {"office": {"office_leader"}}  # P-70: centrally, after approval
MAKER = {"site": {"security_officer"}}  # P-70: made, changed and destroyed centrally
SEAL = (
    Row("approve", states("applied"), LEADER, "P-70; nobody approves the own one", "other"),
    Row("reject", states("applied"), LEADER, "P-70", "any"),
    Row("make", states("approved"), MAKER, "P-70: nobody makes own ones", "other"),
    Row("activate", states("made"), {"own": KEEPERS}, "P-72", "own"),
    Row("report_loss", states("active"), {"own": KEEPERS, "site": {"security_officer"}}, "P-73; 5.9", "any"),
    Row("note", states("suspended"), {"site": {"auditor"}}, "5.6, as with certificates", "any"),
    Row("restore", states("suspended"), MAKER, "5.9; SOD-4", "other"),
    Row("change_keeper", states("made active"), APPLY, "P-72", "any"),
    Row("ask_destroy", states(PRESENT), APPLY, "P-70: by written application", "any"),
    Row("approve_destroy", states(PRESENT), LEADER, "P-70", "any"),
    Row("refuse_destroy", states(PRESENT), LEADER, "P-70", "any"),
    Row("destroy", states(PRESENT), MAKER, "P-70; 5.9", "any"),
)
SEAL_TABLES = {
    "seal": (STATES, SEAL),
    # 5.9: create-only records (correct by a new record).
    "seal_use": (("recorded",), ()),
}
# At the site: who answers for seals sees all of them; the liaison looks after the units.
SEAL_PERMISSIONS = {
    "trust:seal:read": {"security_officer", "auditor", "liaison"},
    "trust:seal:make": {"security_officer"},
    "trust:seal:report_loss": {"security_officer"},
    "trust:seal:note": {"auditor"},
}
# On each unit: the applicants', the keepers', the operating office's leaders'; what was sealed is read in the unit only (R-8.3).
SEAL_PERSONAL = {"trust:seal:apply", "trust:seal:approve", "trust:seal:use", "trust:seal_uses:read"}
