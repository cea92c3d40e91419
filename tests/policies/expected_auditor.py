"""What domain.md gives the auditor, written by hand from it (R-7.1 to R-7.6, SOD-12, 7.2)."""

from tests.policies.expected_row import Row, states

# SOD-12, R-7.2, R-7.5: the auditor countersigns a checkpoint, once, and records what was found out about a gap.
AUDITOR = {"site": {"auditor"}, "unit": set()}
COUNTERSIGNATURE = (Row("sign", states("waiting"), AUDITOR, "SOD-12"),)
ALARM = (Row("acknowledge", states("open"), AUDITOR, "R-7.1"),)
JOURNAL_GAP = (Row("explain", states("open"), AUDITOR, "R-7.5"),)

# 7.2 "export evidence, record finding": the auditor's alone; a finding is noted by a leader of the operating office.
EVIDENCE_STATES = ("ordered", "assembled", "sealed")
EVIDENCE_PACKAGE = (
    Row("seal", states("assembled"), AUDITOR, "R-7.3"),
    Row("download", states("sealed"), AUDITOR, "R-7.1"),
)
FINDING_STATES = ("draft", "issued", "noted")
FINDING = (
    Row("revise", states("draft"), AUDITOR, "R-7.5"),
    Row("issue", states("draft"), AUDITOR, "R-7.5"),
    Row("note", states("issued"), {"site": set(), "unit": {"office_leader"}}, "R-7.5"),
)

# 7.2: "opening the content needs a separate, logged release by an office leader".
RELEASE_STATES = ("asked", "granted", "refused", "ended")
LEADER = {"site": set(), "unit": {"office_leader"}}
CONTENT_RELEASE = (Row("grant", states("asked"), LEADER, "7.2"), Row("refuse", states("asked"), LEADER, "7.2"))

AUDITOR_TABLES = {
    "content_release": (RELEASE_STATES, CONTENT_RELEASE),
    "countersignature": (("waiting", "signed"), COUNTERSIGNATURE),
    "alarm": (("open", "acknowledged"), ALARM),
    "journal_gap": (("open", "explained"), JOURNAL_GAP),
    "evidence_package": (EVIDENCE_STATES, EVIDENCE_PACKAGE),
    "finding": (FINDING_STATES, FINDING),
}
